//! Payouts: once, whatever the gateway does.

use domain::deal::{Command, LegState, State};
use serde_json::json;

use crate::bank::Bank;

async fn accepted() -> Bank {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank
}

#[tokio::test]
async fn a_payout_whose_answer_was_lost_stays_unclear_and_is_not_sent_again() {
    let bank = accepted().await;
    bank.control("payout-faults", json!({ "fault": "error_after" }))
        .await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;

    let deal = bank.expect(State::Settling).await;
    let leg = deal.legs.first().unwrap();
    assert_eq!((leg.state, leg.sends), (LegState::Unknown, 1));
    bank.settle().await;
    assert_eq!(bank.now().await.legs.first().unwrap().sends, 1);
}

#[tokio::test]
async fn a_gateway_that_is_away_delays_a_payout_until_it_is_back() {
    let bank = accepted().await;
    bank.control("outage", json!({ "down": true })).await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    let deal = bank.expect(State::Settling).await;
    assert!(deal.legs.first().unwrap().delayed);

    bank.control("outage", json!({ "down": false })).await;
    bank.settle().await;
    bank.expect(State::Released).await;
}
