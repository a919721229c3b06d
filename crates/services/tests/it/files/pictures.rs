//! The picture that somebody shows of themselves.

use domain::Span;
use domain::id::FileId;
use domain::password::Password;
use services::Actor;
use services::identity::SignedIn;
use storage::Limit;

use super::{JPEG, PDF, key, upload};
use crate::world::{PASSWORD, World};

async fn show(world: &World, who: &SignedIn, bytes: &[u8]) -> FileId {
    let upload = upload("me.jpg", bytes);
    let shown = world.show_picture(&who.actor(), upload, None).await;
    shown.unwrap().id
}

async fn is_shown(world: &World, file: FileId) -> bool {
    world.open_file(&Actor::Visitor, file).await.is_ok()
}

async fn sweep_later(world: &World) {
    world.advance(Span::days(2));
    let swept = world.sweep_files(&Actor::System, Limit::MAX).await;
    swept.unwrap();
}

#[tokio::test]
async fn the_last_picture_is_shown_to_everybody_and_the_one_before_is_swept() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let first = show(&world, &sara, JPEG).await;
    assert!(is_shown(&world, first).await);
    let mut other = JPEG.to_vec();
    other.push(b'!');
    let second = show(&world, &sara, &other).await;
    sweep_later(&world).await;
    assert!(is_shown(&world, second).await);
    assert!(world.open_file(&sara.actor(), first).await.is_err());
    let kept = world.blobs.ids();
    assert!(!kept.contains(&first) && kept.contains(&second));
}

#[tokio::test]
async fn the_same_picture_under_the_same_key_is_one_and_a_document_is_none() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let once = key("picture");
    let send = async |bytes: &[u8]| {
        let upload = upload("me.jpg", bytes);
        let shown = world.show_picture(&sara.actor(), upload, Some(&once)).await;
        shown.map(|shown| shown.id)
    };
    let first = send(JPEG).await.unwrap();
    assert_eq!(send(JPEG).await.unwrap(), first);
    let document = send(PDF).await.unwrap_err();
    assert_eq!(document.code(), "FILE_TYPE");
}

#[tokio::test]
async fn a_hidden_picture_and_that_of_a_closed_account_are_swept() {
    let world = World::new();
    let (sara, omid) = (world.sign_up("sara").await, world.sign_up("omid").await);
    let hidden = show(&world, &sara, JPEG).await;
    for _ in 0..2 {
        world.hide_picture(&sara.actor()).await.unwrap();
    }
    let left = show(&world, &omid, JPEG).await;
    let password = Password::typed(PASSWORD);
    let client = world.client();
    let closed = world.close_account(&omid.actor(), &client, password).await;
    closed.unwrap();
    for file in [hidden, left] {
        assert!(!is_shown(&world, file).await);
    }
    sweep_later(&world).await;
    assert!(world.blobs.ids().is_empty());
}
