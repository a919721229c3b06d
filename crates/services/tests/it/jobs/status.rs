//! What everybody may see of how the place is doing.

use domain::Span;
use services::Actor;
use services::jobs::Job;
use services::paging::{Limit, PageRequest};
use services::status::{Health, Part, Status};

use crate::bank::Bank;
use crate::world::World;

async fn status(world: &World) -> Status {
    let gaps = PageRequest::first(Limit::MAX);
    world.view_status(&Actor::Visitor, gaps).await.unwrap()
}

fn health(status: &Status, part: Part) -> Health {
    let mut parts = status.parts.iter();
    parts.find(|one| one.part == part).unwrap().health
}

#[tokio::test]
async fn a_place_that_runs_is_well_and_says_until_when_that_can_be_believed() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.run(Job::Heartbeat).await;
    bank.run(Job::Reconciliation).await;
    let status = status(&bank).await;
    for part in [Part::Clocks, Part::Money, Part::Payouts, Part::Gateway] {
        assert_eq!(health(&status, part), Health::Well, "{part:?}");
    }
    assert!(status.is_well());
    assert!(
        status
            .holds_until
            .is_some_and(|until| until > bank.services().now())
    );
}

#[tokio::test]
async fn clocks_that_stand_are_seen_before_anybody_comes_back() {
    let world = World::new();
    assert_eq!(health(&status(&world).await, Part::Clocks), Health::Unknown);
    world.wake_up().await.unwrap();
    assert_eq!(health(&status(&world).await, Part::Clocks), Health::Well);
    world.advance(Span::minutes(11));
    let standing = status(&world).await;
    assert_eq!(health(&standing, Part::Clocks), Health::Ailing);
    assert_eq!(standing.holds_until, None, "it may read otherwise at once");
    assert!(standing.gaps.items.is_empty(), "its end is not known yet");
    world.wake_up().await.unwrap();
    let back = status(&world).await;
    assert_eq!(health(&back, Part::Clocks), Health::Well);
    let spans: Vec<Span> = back.gaps.items.iter().map(|gap| gap.span()).collect();
    assert_eq!(spans, [Span::minutes(11)]);
    assert!(back.gaps.items[0].applied_at.is_some());
}

#[tokio::test]
async fn letters_that_wait_for_long_are_told_of() {
    let world = World::new();
    world.start_sign_up(&world.client(), "omid").await;
    assert_eq!(health(&status(&world).await, Part::Mail), Health::Well);
    world.advance(Span::minutes(11));
    assert_eq!(health(&status(&world).await, Part::Mail), Health::Ailing);
    world.mails().await;
    assert_eq!(health(&status(&world).await, Part::Mail), Health::Well);
}

#[tokio::test]
async fn stopped_payouts_are_told_of_and_why_is_not() {
    let world = World::new();
    let ada = world.person("ada", &[domain::Role::Admin]).await;
    let reason = domain::text::Line::new("A check of the wallet").unwrap();
    let stop = world.stop_payouts(&ada.actor(), reason).await.unwrap();
    let seen = status(&world).await;
    assert_eq!(health(&seen, Part::Payouts), Health::Ailing);
    let mut parts = seen.parts.iter();
    let payouts = parts.find(|one| one.part == Part::Payouts).unwrap();
    assert_eq!(payouts.at, Some(stop.at));
    assert!(!seen.is_well());
}
