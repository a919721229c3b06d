//! What people are told, once, in the ways they chose, in the language they read.

use domain::notification::{Channels, NotificationKind, NotificationTopic};
use domain::{Language, Span};
use services::Actor;
use services::identity::SignedIn;
use services::notifications::{MarkReadError, Message, Notice, NotificationView, Shown};
use services::people::EditPreferences;
use storage::{Limit, PageRequest};

use crate::world::World;

fn offer(to: &SignedIn, number: u32) -> Notice {
    Notice {
        to: to.user.id,
        event_key: format!("request:1:{number}"),
        message: Message::OfferReceived {
            title: "Film camera <b>".into(),
            seller: "Omid".into(),
            amount: "1,240.00 USDT".into(),
        },
        related: None,
        action_path: Some("/requests/1/offers".into()),
    }
}

async fn tell(world: &World, notice: &Notice) {
    world.notify(&Actor::System, notice).await.unwrap();
}

async fn list(world: &World, person: &SignedIn, shown: Shown) -> Vec<NotificationView> {
    let page = PageRequest::first(Limit::MAX);
    let listed = world
        .list_notifications(&person.actor(), shown, Language::En, page)
        .await;
    listed.unwrap().items
}

async fn choose(world: &World, person: &SignedIn, channels: Channels) {
    let edit = EditPreferences {
        notifications: vec![(NotificationTopic::Offer, channels)],
        ..EditPreferences::default()
    };
    world.edit_preferences(&person.actor(), edit).await.unwrap();
}

#[tokio::test]
async fn an_event_that_is_relayed_twice_is_told_once() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    for _ in 0..3 {
        tell(&world, &offer(&sara, 1)).await;
    }
    assert_eq!(list(&world, &sara, Shown::All).await.len(), 1);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn preferences_choose_the_ways() {
    for (channels, listed, mailed) in [
        (
            Channels {
                in_app: true,
                email: true,
            },
            1,
            1,
        ),
        (
            Channels {
                in_app: true,
                email: false,
            },
            1,
            0,
        ),
        (
            Channels {
                in_app: false,
                email: true,
            },
            0,
            1,
        ),
        (
            Channels {
                in_app: false,
                email: false,
            },
            0,
            0,
        ),
    ] {
        let world = World::new();
        let sara = world.sign_up("sara").await;
        choose(&world, &sara, channels).await;
        tell(&world, &offer(&sara, 1)).await;
        assert_eq!(
            list(&world, &sara, Shown::All).await.len(),
            listed,
            "{channels:?}"
        );
        assert_eq!(world.mails().await.len(), mailed, "{channels:?}");
    }
}

#[tokio::test]
async fn a_notification_is_worded_in_the_language_it_is_read_in() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    tell(&world, &offer(&sara, 1)).await;
    let page = PageRequest::first(Limit::MAX);
    for (language, title) in [(Language::En, "New offer"), (Language::Fa, "پیشنهاد تازه")]
    {
        let listed = world
            .list_notifications(&sara.actor(), Shown::All, language, page)
            .await;
        let one = listed.unwrap().items.remove(0);
        assert_eq!(one.title, title);
        assert!(one.message.contains("1,240.00 USDT"));
        assert_eq!(one.kind, NotificationKind::Info);
    }
}

#[tokio::test]
async fn a_mailed_one_is_in_the_persons_own_language_and_escaped() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let persian = EditPreferences {
        language: Some(Language::Fa),
        ..EditPreferences::default()
    };
    world
        .edit_preferences(&sara.actor(), persian)
        .await
        .unwrap();
    tell(&world, &offer(&sara, 1)).await;
    let letter = world.only_mail().await;
    assert_eq!(letter.subject, "پیشنهاد تازه");
    assert!(letter.html.contains("Film camera &lt;b&gt;"));
    assert!(
        letter
            .text
            .contains("https://amn.example/requests/1/offers")
    );
}

#[tokio::test]
async fn reading_one_or_all_empties_the_count() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    for number in 0..3 {
        tell(&world, &offer(&sara, number)).await;
        world.advance(Span::seconds(1));
    }
    let count = async || {
        world
            .count_unread_notifications(&sara.actor())
            .await
            .unwrap()
    };
    assert_eq!(count().await, 3);
    let newest = list(&world, &sara, Shown::Unread).await.remove(0);
    let leads_to = world
        .mark_notification_read(&sara.actor(), newest.id)
        .await
        .unwrap();
    assert_eq!(leads_to.as_deref(), Some("/requests/1/offers"));
    assert_eq!(count().await, 2);
    assert_eq!(
        world
            .mark_all_notifications_read(&sara.actor())
            .await
            .unwrap(),
        2
    );
    assert_eq!(count().await, 0);
    assert!(list(&world, &sara, Shown::Unread).await.is_empty());
    assert_eq!(list(&world, &sara, Shown::All).await.len(), 3);
}

#[tokio::test]
async fn nobody_reads_marks_or_removes_those_of_another() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    let omid = world.sign_up("omid").await;
    tell(&world, &offer(&sara, 1)).await;
    assert!(list(&world, &omid, Shown::All).await.is_empty());
    let id = list(&world, &sara, Shown::All).await.remove(0).id;
    let marked = world.mark_notification_read(&omid.actor(), id).await;
    assert!(matches!(marked, Err(MarkReadError::NotFound)));
    let removed = world.remove_notification(&omid.actor(), id).await;
    assert!(matches!(removed, Err(MarkReadError::NotFound)));
    assert_eq!(
        world
            .count_unread_notifications(&sara.actor())
            .await
            .unwrap(),
        1
    );
}

#[tokio::test]
async fn a_removed_one_does_not_come_back_when_the_event_is_relayed_again() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    tell(&world, &offer(&sara, 1)).await;
    let id = list(&world, &sara, Shown::All).await.remove(0).id;
    world.remove_notification(&sara.actor(), id).await.unwrap();
    tell(&world, &offer(&sara, 1)).await;
    assert!(list(&world, &sara, Shown::All).await.is_empty());
}

#[tokio::test]
async fn only_the_system_tells() {
    let world = World::new();
    let sara = world.sign_up("sara").await;
    assert!(world.notify(&sara.actor(), &offer(&sara, 1)).await.is_err());
}
