//! How letters leave.

use domain::Span;
use services::Actor;
use services::mail::Delivery;
use services::ports::MailError;
use storage::{KeepBody, Limit, PageRequest};

use crate::world::World;

fn unavailable() -> MailError {
    MailError::Unavailable("greylisted".into())
}

async fn deliver(world: &World) -> Delivery {
    world
        .deliver_mail(&Actor::System, Limit::MAX)
        .await
        .unwrap()
}

#[tokio::test]
async fn no_answer_waits_for_the_mail_server() {
    let world = World::new();
    world.mailer.fail_with(Some(unavailable()));
    world.start_sign_up(&world.client(), "sara").await;
}

#[tokio::test]
async fn a_letter_that_cannot_go_now_is_tried_again_later_and_later() {
    let world = World::new();
    world.mailer.fail_with(Some(unavailable()));
    world.start_sign_up(&world.client(), "sara").await;
    let postponed = Delivery {
        postponed: 1,
        ..Delivery::default()
    };
    assert_eq!(deliver(&world).await, postponed);
    assert_eq!(deliver(&world).await, Delivery::default(), "not at once");
    world.advance(Span::seconds(75));
    assert_eq!(deliver(&world).await, postponed);
    world.advance(Span::seconds(75));
    assert_eq!(
        deliver(&world).await,
        Delivery::default(),
        "the second pause is longer"
    );

    world.mailer.fail_with(None);
    world.advance(Span::seconds(75));
    assert_eq!(
        deliver(&world).await,
        Delivery {
            sent: 1,
            ..Delivery::default()
        }
    );
    assert_eq!(world.mailer.take().len(), 1);
    world.advance(Span::days(1));
    assert_eq!(deliver(&world).await, Delivery::default(), "once");
}

#[tokio::test]
async fn a_letter_that_was_refused_or_failed_ten_times_is_given_up() {
    let refused = World::new();
    refused
        .mailer
        .fail_with(Some(MailError::Refused("no such mailbox".into())));
    refused.start_sign_up(&refused.client(), "sara").await;
    assert_eq!(deliver(&refused).await.given_up, 1);

    let down = World::new();
    down.mailer.fail_with(Some(unavailable()));
    down.start_sign_up(&down.client(), "sara").await;
    let mut rounds = 0;
    while deliver(&down).await.given_up == 0 {
        rounds += 1;
        assert!(rounds < 20, "given up some day");
        down.advance(Span::hours(4));
    }
    assert_eq!(rounds, 9);
}

#[tokio::test]
async fn production_forgets_what_a_letter_said_once_it_is_gone() {
    let world = World::new();
    world.start_sign_up(&world.client(), "sara").await;
    world.mails().await;
    let page = PageRequest::first(Limit::MAX);
    let kept = world
        .services()
        .store()
        .mails()
        .list(None, page)
        .await
        .unwrap();
    assert!(
        kept.items
            .iter()
            .all(|mail| mail.text.is_empty() && mail.html.is_empty())
    );
    assert!(
        world
            .demo_mailbox(None, page)
            .await
            .unwrap()
            .items
            .is_empty()
    );
}

#[tokio::test]
async fn the_demo_keeps_letters_readable() {
    let world = World::with(|config| config.keep_mail = KeepBody::Yes);
    world.start_sign_up(&world.client(), "sara").await;
    world.mails().await;
    let page = PageRequest::first(Limit::MAX);
    let kept = world
        .demo_mailbox(Some("sara@example.com"), page)
        .await
        .unwrap();
    assert!(kept.items[0].text.contains("Enter this code"));
    let others = world
        .demo_mailbox(Some("omid@example.com"), page)
        .await
        .unwrap();
    assert!(others.items.is_empty());
}

#[tokio::test]
async fn only_the_system_sends() {
    let world = World::new();
    assert!(
        world
            .deliver_mail(&Actor::Visitor, Limit::MAX)
            .await
            .is_err()
    );
}
