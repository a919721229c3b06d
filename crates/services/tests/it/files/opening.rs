//! Who may open evidence.

use domain::Role;
use domain::deal::Command;
use domain::id::FileId;
use services::Actor;
use services::files::{AddEvidence, EvidenceFile, OpenFileError};

use super::{Desk, JPEG, PDF, brought, upload};
use crate::dealt::stored;

async fn add(desk: &Desk, by: &Actor, name: &str, bytes: &[u8]) -> FileId {
    let added = desk
        .world
        .add_evidence(by, brought(desk.deal, name, bytes))
        .await
        .unwrap();
    added.deal.evidence.last().unwrap().file
}

#[tokio::test]
async fn both_parties_open_the_very_bytes_that_came() {
    let desk = Desk::new().await;
    let (buyer, seller) = (desk.people.buyer.actor(), desk.people.seller.actor());
    let file = add(&desk, &seller, "parcel.jpg", JPEG).await;
    for party in [&buyer, &seller] {
        let opened = desk.world.open_file(party, file).await.unwrap();
        assert_eq!(
            (opened.name.as_str(), opened.mime.as_str()),
            ("parcel.jpg", "image/jpeg")
        );
        assert_eq!(opened.bytes, JPEG);
        let preview = desk.world.open_preview(party, file).await.unwrap();
        assert_eq!(preview.mime, "image/jpeg");
        assert_ne!(preview.bytes, JPEG, "a picture drawn anew");
    }
}

#[tokio::test]
async fn others_do_not_even_learn_that_it_exists() {
    let desk = Desk::new().await;
    let file = add(&desk, &desk.people.seller.actor(), "parcel.jpg", JPEG).await;
    for (name, role) in [
        ("omid", Role::Buyer),
        ("daniel", Role::Seller),
        ("lena", Role::Support),
        ("ruth", Role::Resolver),
        ("ada", Role::Admin),
    ] {
        let stranger = desk.world.person(name, &[Role::Buyer, role]).await.actor();
        for opened in [
            desk.world.open_file(&stranger, file).await,
            desk.world.open_preview(&stranger, file).await,
            desk.world
                .open_file(&stranger, FileId::derived(&[b"missing"]))
                .await,
        ] {
            assert!(matches!(opened, Err(OpenFileError::NotFound)), "{role}");
        }
    }
    let visitor = desk.world.open_file(&Actor::Visitor, file).await;
    assert!(matches!(visitor, Err(OpenFileError::Failed(_))));
}

#[tokio::test]
async fn whoever_was_drawn_for_the_dispute_opens_it_and_no_other_resolver_does() {
    let desk = Desk::new().await;
    let file = add(&desk, &desk.people.seller.actor(), "parcel.jpg", JPEG).await;
    let drawn = desk
        .world
        .person("ruth", &[Role::Buyer, Role::Resolver])
        .await;
    let other = desk
        .world
        .person("kaveh", &[Role::Buyer, Role::Resolver])
        .await;

    let deal = stored(&desk.world, desk.deal).await;
    let mut dealt = crate::dealt::Dealt::again(&desk.world, deal);
    dealt.dispute().system(Command::DrawResolver {
        resolver: drawn.user.id,
    });
    dealt.commit(&desk.world).await;

    assert!(desk.world.open_file(&drawn.actor(), file).await.is_ok());
    let refused = desk.world.open_file(&other.actor(), file).await;
    assert!(matches!(refused, Err(OpenFileError::NotFound)));
}

#[tokio::test]
async fn what_is_only_staged_is_its_owners_alone() {
    let desk = Desk::new().await;
    let (buyer, seller) = (desk.people.buyer.actor(), desk.people.seller.actor());
    let file = upload("parcel.jpg", JPEG);
    let staged = desk
        .world
        .stage_evidence(&seller, desk.deal, file, None)
        .await
        .unwrap();
    assert!(desk.world.open_file(&seller, staged.id).await.is_ok());
    let refused = desk.world.open_file(&buyer, staged.id).await;
    assert!(matches!(refused, Err(OpenFileError::NotFound)));
    let add = AddEvidence {
        file: EvidenceFile::Staged(staged.id),
        ..brought(desk.deal, "", b"")
    };
    desk.world.add_evidence(&seller, add).await.unwrap();
    assert!(desk.world.open_file(&buyer, staged.id).await.is_ok());
}

#[tokio::test]
async fn a_file_that_cannot_be_drawn_has_no_preview() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let file = add(&desk, &seller, "receipt.pdf", PDF).await;
    let refused = desk.world.open_preview(&seller, file).await;
    assert!(matches!(refused, Err(OpenFileError::NotFound)));
    let listed = desk.world.list_evidence(&seller, desk.deal).await.unwrap();
    assert!(!listed[0].has_preview);
    assert_eq!(listed[0].size, u64::try_from(PDF.len()).unwrap());
}

#[tokio::test]
async fn bytes_that_were_altered_are_not_handed_out() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let file = add(&desk, &seller, "parcel.jpg", JPEG).await;
    desk.world
        .blobs
        .spoil(file, b"\xff\xd8\xff\xe0 another photograph");
    let refused = desk.world.open_file(&seller, file).await;
    assert!(matches!(refused, Err(OpenFileError::Altered(id)) if id == file));
}
