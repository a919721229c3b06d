//! Payouts: once, whatever the gateway does.

use domain::Span;
use domain::deal::{Command, Destination, LegState, State};
use serde_json::json;
use services::deals::DealError;
use services::jobs::Job;

use crate::bank::Bank;
use crate::market::ADDRESS;

/// Another of Sara's, with nothing in common with the first.
const OTHER: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

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

#[tokio::test]
async fn money_goes_only_to_an_address_that_its_payee_has_confirmed() {
    let bank = Bank::new().await;
    let asset = bank.now().await.terms.asset;
    let destination = Destination::new(asset, OTHER).unwrap();
    let refused = bank
        .try_as(&bank.buyer, Command::SetRefundAddress { destination })
        .await;
    assert!(
        matches!(refused, Err(DealError::AddressNotConfirmed)),
        "{refused:?}"
    );
    bank.name_refund_address().await;
}

#[tokio::test]
async fn after_a_password_reset_payouts_wait_for_three_days() {
    let bank = accepted().await;
    bank.reset_password_of("Sara").await;
    bank.buyer_does(Command::Accept).await;
    bank.wait(Span::hours(71)).await;
    bank.expect(State::Settling).await;
    bank.wait(Span::hours(2)).await;
    bank.expect(State::Released).await;
}

#[tokio::test]
async fn a_payout_to_an_address_that_its_payee_removed_waits_for_another() {
    let bank = accepted().await;
    let asset = bank.now().await.terms.asset;
    let sara = bank.read_account(&bank.seller.actor()).await.unwrap();
    let removed = sara
        .listed()
        .find(|known| known.network == asset.network())
        .unwrap();
    bank.remove_payout_address(&bank.seller.actor(), removed.id)
        .await
        .unwrap();
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;

    let deal = bank.expect(State::Settling).await;
    let leg = deal.legs.first().unwrap().clone();
    assert_eq!((leg.state, &leg.tx), (LegState::Blocked, &None));
    let give = |address: &str| Command::GiveAddress {
        leg: leg.id.clone(),
        destination: Destination::new(asset, address).unwrap(),
    };
    let refused = bank.try_as(&bank.seller, give(ADDRESS)).await;
    assert!(
        matches!(refused, Err(DealError::AddressNotConfirmed)),
        "what was removed is not theirs any more: {refused:?}"
    );

    bank.mails().await;
    bank.add_address_at(&bank.seller, asset.network(), OTHER)
        .await;
    bank.seller_does(give(OTHER)).await;
    bank.settle().await;
    bank.expect(State::Settling).await;
    bank.wait(Span::hours(73)).await;
    let deal = bank.expect(State::Released).await;
    let paid = deal.legs.first().unwrap();
    let destination = paid.destination.as_ref().unwrap();
    assert_eq!(destination.as_str(), OTHER);
}

#[tokio::test]
async fn the_gateways_name_of_a_payout_is_kept_with_its_leg() {
    let bank = accepted().await;
    bank.buyer_does(Command::Accept).await;
    bank.run(Job::Payouts).await;
    let leg = &bank.expect(State::Settling).await.legs[0];
    assert_eq!(leg.state, LegState::Sending);
    assert!(leg.task.is_some());
    bank.settle().await;
    bank.expect(State::Released).await;
}
