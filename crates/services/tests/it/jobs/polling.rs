//! Every address is read again, whatever becomes of the others.

use std::sync::{Arc, Mutex};

use domain::Span;
use domain::deal::{Command, State};
use domain::id::IntentId;
use domain::intent::IntentState;
use services::jobs::Job;
use services::ports::gateway::GatewayError;
use storage::{DeadLetterSource, Limit, PageRequest};

use super::scripted::{Scripted, watch};
use crate::bank::Bank;
use crate::dealt::{Dealt, People, usd};
use crate::world::World;

async fn addresses(world: &World, count: u32) -> Vec<IntentId> {
    let people = People::meet(world).await;
    let mut watched = Vec::new();
    for number in 1..=count {
        let deal = Dealt::open(world, &people, number, usd(100));
        let deal = deal.keep(world).await;
        watched.push(watch(world, deal, number).await);
    }
    watched
}

async fn was_read(world: &World, id: IntentId) -> bool {
    let intent = world.store().intents().find(id).await.unwrap();
    intent.unwrap().last_read_at.is_some()
}

/// The first address, which no answer can be read of.
fn unreadable(address: &str) -> Result<(), GatewayError> {
    if address.ends_with("0001") {
        return Err(GatewayError::Unreadable("no list".to_owned()));
    }
    Ok(())
}

#[tokio::test]
async fn an_address_that_cannot_be_read_does_not_stop_the_others() {
    let world = Scripted::world(|watched, _| unreadable(&watched.address));
    let ids = addresses(&world, 3).await;
    let report = world.run_job(Job::Polling, "a").await.unwrap().unwrap();
    assert_eq!((report.done, report.failed), (2, 1));
    assert!(!was_read(&world, ids[0]).await);
    assert!(was_read(&world, ids[1]).await && was_read(&world, ids[2]).await);
}

#[tokio::test]
async fn an_address_that_is_never_read_waits_for_a_person() {
    let world = Scripted::world(|watched, _| unreadable(&watched.address));
    let ids = addresses(&world, 1).await;
    for _ in 0..30 {
        world.advance(Span::minutes(15));
        world.run_job(Job::Polling, "a").await.unwrap().unwrap();
    }
    let page = PageRequest::first(Limit::MAX);
    let letters = world.store().dead_letters().list(true, page).await.unwrap();
    let letter = &letters.items[0];
    assert_eq!(letter.source, DeadLetterSource::Polling);
    assert_eq!(letter.subject, format!("intent:{}", ids[0]));
    assert_eq!(letters.items.len(), 1);
}

#[tokio::test]
async fn a_gateway_that_is_away_is_asked_once_a_run_and_no_address_is_blamed() {
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let world = Scripted::world(move |_, _| {
        *count.lock().unwrap() += 1;
        Err(GatewayError::Unavailable("away".to_owned()))
    });
    addresses(&world, 3).await;
    for run in 1..=20 {
        world.advance(Span::minutes(10));
        world.run_job(Job::Polling, "a").await.unwrap().unwrap();
        assert_eq!(*asked.lock().unwrap(), run);
    }
    assert_eq!(world.status().await.unwrap().dead_letters, 0);
}

#[tokio::test]
async fn the_address_of_a_deal_that_is_over_is_closed_and_open_again_with_its_deal() {
    let bank = Bank::new().await;
    let state = async || {
        let intents = bank.store().intents().list_of_deal(bank.deal).await;
        intents.unwrap()[0].state
    };
    bank.settle().await;
    assert_eq!(state().await, IntentState::Open);
    bank.wait(Span::minutes(61)).await;
    bank.expect(State::Expired).await;
    assert!(matches!(state().await, IntentState::Closed { .. }));
    // Watched all the same.
    bank.pay("100").await;
    bank.wait(Span::minutes(10)).await;
    bank.buyer_does(Command::AgreeToReopen).await;
    bank.seller_does(Command::AgreeToReopen).await;
    bank.settle().await;
    bank.expect(State::Funded).await;
    assert_eq!(state().await, IntentState::Open);
}
