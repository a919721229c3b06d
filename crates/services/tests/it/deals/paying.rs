//! From the address to the money, in every way that people pay.

use domain::Span;
use domain::deal::{Command, Rejection, State};
use domain::ledger::Account;
use services::deals::DealError;
use storage::{Limit, PageRequest};

use crate::bank::Bank;

fn usd(cents: u64) -> domain::Units {
    let asset = domain::Asset::new(domain::Network::Polygon, domain::Token::Usdt).unwrap();
    asset.cents(cents)
}

#[tokio::test]
async fn paid_delivered_accepted_and_released_to_the_last_unit() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.expect(State::Funded).await;
    bank.deliver().await;
    bank.expect(State::Inspection).await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;

    let deal = bank.expect(State::Released).await;
    assert_eq!(
        deal.balance(Account::Released),
        usd(9_890),
        "less 1 % and 0.10 for gas"
    );
    let version = deal.version;
    bank.settle().await;
    assert_eq!(bank.now().await.version, version, "nothing is done twice");
    let page = PageRequest::first(Limit::MAX);
    let waiting = bank.store().deals().list_undispatched(page).await;
    assert_eq!(waiting.unwrap().items, [], "everybody has heard everything");
}

#[tokio::test]
async fn too_little_is_topped_up_and_too_much_comes_back() {
    let bank = Bank::new().await;
    bank.pay("60").await;
    bank.settle().await;
    bank.expect(State::Underpaid).await;
    bank.pay("45").await;
    bank.settle().await;
    bank.expect(State::Funded).await;
    bank.name_refund_address().await;
    bank.buyer_does(Command::TakeSurplus).await;
    bank.settle().await;

    let deal = bank.expect(State::Funded).await;
    assert_eq!(
        deal.balance(Account::Refunded),
        usd(490),
        "5.00 less 0.10 for gas"
    );
}

#[tokio::test]
async fn nothing_arrives_and_the_deal_expires_after_its_address_was_read_again() {
    let bank = Bank::new().await;
    bank.wait(Span::minutes(61)).await;
    bank.expect(State::Expired).await;
}

#[tokio::test]
async fn money_that_comes_late_is_refunded_when_nobody_decides() {
    let bank = Bank::new().await;
    bank.name_refund_address().await;
    bank.wait(Span::minutes(61)).await;
    bank.pay("100").await;
    bank.wait(Span::minutes(10)).await;
    bank.expect(State::Expired).await;
    bank.wait(Span::hours(73)).await;

    let deal = bank.expect(State::Expired).await;
    assert_eq!(deal.balance(Account::Refunded), usd(9_990));
    assert_eq!(deal.balance(Account::Late), usd(0));
}

#[tokio::test]
async fn both_agree_and_late_money_goes_on_serving_the_deal() {
    let bank = Bank::new().await;
    bank.wait(Span::minutes(61)).await;
    bank.pay("100").await;
    bank.wait(Span::minutes(10)).await;
    bank.buyer_does(Command::AgreeToReopen).await;
    bank.seller_does(Command::AgreeToReopen).await;
    bank.settle().await;
    bank.expect(State::Funded).await;
}

#[tokio::test]
async fn time_that_is_made_to_pass_runs_timers_on_its_way_and_is_no_downtime() {
    let bank = Bank::new().await;
    let hour = bank.pass_time(&*bank.clock, Span::hours(1)).await.unwrap();
    assert_eq!(hour.failed, 0);
    bank.expect(State::Expired).await;

    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank.expect(State::Inspection).await;
    // The reminder is written on the way, and has its 24 hours before the release.
    bank.pass_time(&*bank.clock, Span::days(7)).await.unwrap();
    bank.settle().await;
    bank.expect(State::Released).await;
    let gaps = bank
        .store()
        .heartbeats()
        .list_gaps(PageRequest::first(Limit::MAX))
        .await
        .unwrap();
    assert!(gaps.items.is_empty(), "{gaps:?}");
}

#[tokio::test]
async fn while_the_gateway_is_away_nothing_expires() {
    let bank = Bank::new().await;
    bank.control("outage", serde_json::json!({ "down": true }))
        .await;
    bank.wait(Span::hours(3)).await;
    bank.expect(State::AwaitingPayment).await;
    bank.control("outage", serde_json::json!({ "down": false }))
        .await;
    bank.settle().await;
    bank.expect(State::Expired).await;
}

#[tokio::test]
async fn a_form_that_was_shown_before_something_happened_does_nothing() {
    let bank = Bank::new().await;
    let seen = bank.now().await.version;
    bank.pay("60").await;
    bank.settle().await;
    let order = services::deals::ActOnDeal {
        deal: bank.deal,
        expected_version: Some(seen),
        key: Some(bank.key()),
        step: Command::WithdrawPayment,
    };
    let refused = bank.act_on_deal(&bank.buyer.actor(), order).await;
    assert!(
        matches!(refused, Err(DealError::Rejected(Rejection::Stale))),
        "{refused:?}"
    );
    bank.expect(State::Underpaid).await;
}

#[tokio::test]
async fn a_stranger_learns_nothing_of_a_deal() {
    let bank = Bank::new().await;
    let stranger = bank.buyer("Nobody").await;
    let refused = bank.try_as(&stranger, Command::Cancel).await;
    assert!(matches!(refused, Err(DealError::NotFound)), "{refused:?}");
    let hidden = bank.view_deal(&stranger.actor(), bank.deal).await;
    assert!(matches!(hidden, Err(DealError::NotFound)), "{hidden:?}");
}
