//! Nobody loses time that we were away for: it is given back before anything else is decided.

use std::sync::Arc;

use domain::Span;
use domain::deal::{Claim, Command, DisputeCategory, EventBody, State};
use services::jobs::Job;

use crate::bank::Bank;
use crate::dealt::{Dealt, People, stored, usd};
use crate::failing_store::{FailingStore, Harm, Harmful};
use crate::world::World;

fn dispute() -> Command {
    let claim = Claim {
        category: DisputeCategory::WrongItem,
        statement: "Another camera came.".to_owned(),
        wanted: None,
    };
    Command::OpenDispute { claim }
}

/// A deal whose inspection ended while nobody was there.
async fn inspection_ended_in_an_outage() -> Bank {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    // A day before the end the buyer is reminded: without that nothing is released.
    bank.pass(Span::hours(49)).await;
    bank.settle().await;
    bank.advance(Span::days(5));
    bank
}

#[tokio::test]
async fn a_dispute_after_an_outage_comes_before_the_release_it_is_to_stop() {
    let bank = inspection_ended_in_an_outage().await;
    bank.buyer_does(dispute()).await;
    bank.expect(State::Disputed).await;
    // What the first sign of life then gives back has been given back.
    bank.run(Job::Heartbeat).await;
    bank.run(Job::Deadlines).await;
    let deal = bank.expect(State::Disputed).await;
    let credited = deal
        .events
        .iter()
        .filter(|event| matches!(event.body, EventBody::DowntimeCredited { .. }));
    assert!(credited.count() >= 1);
}

#[tokio::test]
async fn what_somebody_decided_on_before_the_outage_is_not_stale_for_it() {
    let bank = inspection_ended_in_an_outage().await;
    let seen = bank.now().await.version;
    let order = services::deals::ActOnDeal {
        deal: bank.deal,
        expected_version: Some(seen),
        key: Some(bank.key()),
        step: dispute(),
    };
    bank.act_on_deal(&bank.buyer.actor(), order).await.unwrap();
    bank.expect(State::Disputed).await;
}

#[tokio::test]
async fn a_timer_that_runs_before_the_first_sign_of_life_takes_nothing_away() {
    let bank = inspection_ended_in_an_outage().await;
    bank.run(Job::Deadlines).await;
    bank.expect(State::Inspection).await;
}

#[tokio::test]
async fn a_node_gives_back_what_it_missed_before_it_serves() {
    let bank = inspection_ended_in_an_outage().await;
    bank.wake_up().await.unwrap();
    let deal = bank.expect(State::Inspection).await;
    assert!(deal.next_at().unwrap() > bank.services().now());
}

#[tokio::test]
async fn a_broken_deal_keeps_no_other_from_its_time_and_its_timers() {
    let harm = Arc::new(Harm::default());
    let over = Arc::clone(&harm);
    let world = World::over(|_| {}, |store| Arc::new(FailingStore::harmed(store, over)));
    let people = People::meet(&world).await;
    let broken = Dealt::funded(&world, &people, 1, usd(100));
    let broken = broken.keep(&world).await;
    harm.begin(broken, Harmful::Unsound);
    let sound = Dealt::funded(&world, &people, 2, usd(100));
    let sound = sound.keep(&world).await;
    world.run_job(Job::Heartbeat, "a").await.unwrap();
    world.advance(Span::days(1));
    let report = world.run_job(Job::Heartbeat, "a").await.unwrap().unwrap();
    assert_eq!((report.done, report.failed), (1, 1));
    let has_time = |deal: &domain::deal::Deal| deal.downtime_until == world.now();
    assert!(has_time(&stored(&world, sound).await));
    assert!(!has_time(&stored(&world, broken).await));
    let retry = world
        .store()
        .retries()
        .find("heartbeat", &format!("deal:{broken}"))
        .await;
    assert!(retry.unwrap().is_some());

    for _ in 0..24 * 30 * 7 {
        world.advance(Span::minutes(9));
        world.store().heartbeats().beat(world.now()).await.unwrap();
    }
    world.run_job(Job::Deadlines, "a").await.unwrap();
    let sound = stored(&world, sound).await;
    assert!(sound.settlement.is_some(), "its time to ship is over");
}
