//! Timers run on time, whatever other deals wait for.

use domain::deal::{Command, LegState, State};
use domain::{Role, Span};
use services::jobs::Job;
use services::ports::gateway::GatewayError;

use super::give_up;
use super::scripted::{Scripted, watch};
use crate::bank::Bank;
use crate::dealt::{Dealt, People, stored, usd};
use crate::market::Market;

/// More than any page holds.
const MANY: u32 = 105;

#[tokio::test]
async fn quotes_that_wait_for_the_gateway_hold_up_no_other_timer() {
    let world = Scripted::world(|_, _| Err(GatewayError::Unavailable("away".to_owned())));
    let people = People::meet(&world).await;
    for number in 1..=MANY {
        let deal = Dealt::open(&world, &people, number, usd(100));
        let deal = deal.keep(&world).await;
        watch(&world, deal, number).await;
    }
    let unshipped = Dealt::funded(&world, &people, 1_000, usd(100));
    let unshipped = unshipped.keep(&world).await;
    world.advance(Span::days(30));
    world.run_job(Job::Deadlines, "a").await.unwrap();
    let deal = stored(&world, unshipped).await;
    assert!(deal.settlement.is_some(), "its time to ship is over");
}

#[tokio::test]
async fn requests_that_time_was_given_up_on_hold_up_no_other() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    for _ in 0..MANY {
        let stuck = market.request(&sara, "A camera").await;
        give_up(&market, Job::Deadlines, &format!("request:{stuck}")).await;
    }
    // Who is longest overdue comes first.
    market.advance(Span::minutes(1));
    let last = market.request(&sara, "A lens").await;
    market.advance(Span::days(15));
    let report = market.run_job(Job::Deadlines, "a").await.unwrap().unwrap();
    assert_eq!((report.done, report.failed), (1, 0));
    let last = market.store().requests().find(last).await.unwrap();
    assert!(last.unwrap().offers_closed);
}

#[tokio::test]
async fn payouts_that_wait_for_people_hide_none_that_may_go() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank.buyer_does(Command::Accept).await;
    assert_eq!(bank.now().await.legs[0].state, LegState::Planned);
    let people = People {
        buyer: bank.person("bahar", &[Role::Buyer]).await,
        seller: bank.person("nika", &[Role::Seller]).await,
    };
    bank.run(Job::Relay).await;
    for number in 1..=MANY {
        let mut newer = Dealt::funded(&bank, &people, number, usd(9_000));
        newer.seller(Command::Decline);
        newer.keep(&bank).await;
    }
    bank.run(Job::Payouts).await;
    assert_eq!(bank.now().await.legs[0].state, LegState::Sending);
    bank.settle().await;
    bank.expect(State::Released).await;
}
