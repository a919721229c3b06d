//! A request hears how its deal ended, wherever the relay was cut off, and nobody waits for what
//! cannot be relayed.

use std::sync::Arc;

use domain::Span;
use domain::deal::{Command, State};
use services::deals::ActOnDeal;
use services::jobs::Job;
use storage::{LedgerEntry, LedgerFilter, Limit, PageRequest, Store};

use crate::dealt::{Dealt, People, stored, usd};
use crate::failing_store::{Crash, FailingStore};
use crate::jobs::give_up;
use crate::market::{Market, accept};
use crate::world::World;

#[tokio::test]
async fn a_crash_after_the_last_event_does_not_keep_the_end_from_the_request() {
    let crash = Arc::new(Crash::default());
    let in_store = Arc::clone(&crash);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::crashing(store, in_store)) as _;
    let market = Market::over(|_| {}, wrap).await;
    let (sara, omid) = (market.buyer("sara").await, market.seller("omid").await);
    let request = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, request, "100").await;
    let shown = market.terms(&sara, request, offer).await;
    let deal = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await
        .unwrap();
    market.run_job(Job::Relay, "a").await.unwrap();
    let order = ActOnDeal {
        deal,
        expected_version: None,
        key: Some(market.key()),
        step: Command::Cancel,
    };
    let cancelled = market.act_on_deal(&sara.actor(), order).await.unwrap().deal;
    assert_eq!(cancelled.state, State::Cancelled);

    crash.after_mark(cancelled.last_seq());
    tokio::select! {
        _ = market.run_job(Job::Relay, "a") => panic!("the relay survived"),
        () = crash.happened() => {}
    }
    market.advance(Span::minutes(5));
    market.run_job(Job::Relay, "b").await.unwrap().unwrap();
    let request = market.store().requests().find(request).await.unwrap();
    assert_eq!(request.unwrap().attempts[0].deal_state, State::Cancelled);
}

#[tokio::test]
async fn more_events_than_a_page_that_cannot_be_relayed_hold_nobody_up() {
    let world = World::new();
    let people = People::meet(&world).await;
    let mut stuck = Vec::new();
    for number in 1..=u32::try_from(Limit::MAX.get()).unwrap() + 1 {
        let deal = Dealt::open(&world, &people, number, usd(100));
        let deal = deal.keep_untold(&world).await;
        give_up(&world, Job::Relay, &format!("deal:{deal}")).await;
        stuck.push(deal);
    }
    // Who waits longest is relayed first.
    world.advance(Span::minutes(1));
    let last = Dealt::open(&world, &people, 200, usd(100));
    let last = last.keep_untold(&world).await;
    let report = world.run_job(Job::Relay, "a").await.unwrap().unwrap();
    assert_eq!((report.done, report.failed), (1, 0));

    let deals = world.store().deals();
    let page = PageRequest::first(Limit::MAX);
    let first = deals.list_undispatched(page).await.unwrap();
    let page = PageRequest::after(first.next.unwrap(), Limit::MAX);
    let rest = deals.list_undispatched(page).await.unwrap();
    let waiting = first.items.iter().chain(&rest.items);
    assert!(waiting.clone().all(|waits| waits.id != last));
    assert_eq!(waiting.count(), stuck.len());
}

#[tokio::test]
async fn one_run_takes_so_many_of_a_kind_that_the_others_have_their_turn() {
    let market = Market::new().await;
    let maryam = market.buyer("maryam").await;
    for _ in 0..105 {
        market.request(&maryam, "A camera").await;
    }
    let people = People::meet(&market).await;
    let deal = Dealt::open(&market, &people, 1, usd(100));
    deal.keep_untold(&market).await;
    for done in [101, 5, 0] {
        let report = market.run_job(Job::Relay, "a").await.unwrap().unwrap();
        assert_eq!((report.done, report.failed), (done, 0));
    }
}

#[tokio::test]
async fn the_list_of_all_ledgers_follows_every_deal_once() {
    let world = World::new();
    let people = People::meet(&world).await;
    let dealt = Dealt::funded(&world, &people, 1, usd(100));
    let id = dealt.keep_untold(&world).await;
    world.run_job(Job::Relay, "a").await.unwrap().unwrap();
    let page = PageRequest::first(Limit::MAX);
    let list = async || {
        let entries = world.store().ledger_entries();
        let listed = entries.list(LedgerFilter::OfDeal(id), page).await;
        listed.unwrap().items.len()
    };
    let expected = LedgerEntry::of_deal(&dealt.deal, 0).len();
    assert!(expected > 0, "what arrived was booked");
    assert_eq!(list().await, expected);
    let mut again = Dealt::again(&world, stored(&world, id).await);
    again.ship();
    again.commit(&world).await;
    world.advance(Span::minutes(1));
    world.run_job(Job::Relay, "a").await.unwrap().unwrap();
    assert_eq!(list().await, expected, "nothing is listed twice");
}
