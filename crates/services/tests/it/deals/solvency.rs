//! What is owed is compared with what is there, and payouts stop when it is not.

use domain::deal::{Command, LegState, State};
use domain::id::UserId;
use domain::policy::Denied;
use domain::text::Line;
use domain::{Role, Span};
use serde_json::json;
use services::identity::SignedIn;
use services::jobs::Job;
use services::solvency::{PayoutsNow, Solvency, SwitchPayoutsError};
use services::{Actor, Failure};
use storage::{AuditFilter, Limit, PageRequest, StoppedBy};

use crate::bank::Bank;

async fn admin(bank: &Bank) -> SignedIn {
    bank.person("ada", &[Role::Admin]).await
}

fn reason(text: &str) -> Line<200> {
    Line::new(text).unwrap()
}

/// Paid and delivered: the wallet has its opening 10,000 and 100 of Omid's.
async fn delivered() -> Bank {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank
}

async fn seen(bank: &Bank, admin: &SignedIn) -> Solvency {
    let seen = bank.view_solvency(&admin.actor(), Limit::MAX).await;
    seen.unwrap()
}

#[tokio::test]
async fn a_wallet_that_lacks_what_is_owed_stops_payouts_and_every_admin_is_told_once() {
    let bank = delivered().await;
    let (ada, bob) = (admin(&bank).await, bank.person("bob", &[Role::Admin]).await);
    bank.somebody_takes("10050").await;
    bank.run(Job::Reconciliation).await;

    let found = seen(&bank, &ada).await;
    let stop = found.stop.expect("payouts are stopped");
    assert_eq!(stop.by, StoppedBy::Reconciliation);
    let line = &found.comparisons[0].lines[0];
    assert_eq!(line.owed, line.asset.cents(10_000));
    assert_eq!(line.missing(), line.asset.cents(5_000));
    let status = bank.status().await.unwrap();
    assert_eq!(status.payouts, PayoutsNow::Stopped { since: stop.at });
    assert_eq!(status.reconciled_at, Some(found.comparisons[0].at));

    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    let leg = &bank.expect(State::Settling).await.legs[0];
    assert_eq!((leg.state, leg.sends), (LegState::Planned, 0));
    for admin in [&ada, &bob] {
        let heard = bank.heard(admin).await;
        let told = heard
            .iter()
            .filter(|word| *word == "Less is there than is owed");
        assert_eq!(told.count(), 1, "{heard:?}");
    }
}

#[tokio::test]
async fn payouts_that_a_breach_stopped_go_on_only_by_a_person_and_stop_again_while_it_lasts() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    bank.somebody_takes("10050").await;
    bank.run(Job::Reconciliation).await;
    let stop = seen(&bank, &ada).await.stop.unwrap();
    let resume = async || {
        let words = reason("Counted by hand");
        bank.resume_payouts(&ada.actor(), stop.at, words).await
    };
    let early = resume().await;
    assert!(matches!(early, Err(SwitchPayoutsError::MoneyMissing)));
    let found = seen(&bank, &ada).await;
    assert_eq!(found.stop.as_ref(), Some(&stop));

    // What comes back to the wallet lifts nothing by itself.
    let filled = json!({ "crypto": "POLYGON-USDT", "amount": "200" });
    bank.control("wallet", filled).await;
    bank.settle().await;
    let found = seen(&bank, &ada).await;
    assert_eq!(found.stop.as_ref(), Some(&stop));
    resume().await.unwrap();
    assert_eq!(seen(&bank, &ada).await.stop, None);

    bank.somebody_takes("170").await;
    bank.run(Job::Reconciliation).await;
    let second = seen(&bank, &ada).await.stop.unwrap();
    assert!(second.at > stop.at);
}

#[tokio::test]
async fn a_breach_is_told_though_an_admin_had_stopped_payouts_before() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    bank.stop_payouts(&ada.actor(), reason("A drill"))
        .await
        .unwrap();
    bank.somebody_takes("10050").await;
    bank.run(Job::Reconciliation).await;
    let heard = bank.heard(&ada).await;
    for word in ["Payouts are stopped", "Less is there than is owed"] {
        assert!(heard.iter().any(|told| told == word), "{heard:?}");
    }
}

#[tokio::test]
async fn a_wallet_with_little_beyond_what_is_owed_is_told_of_once_a_day() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    bank.somebody_takes("9950").await;
    bank.run(Job::Reconciliation).await;
    bank.run(Job::Reconciliation).await;
    assert_eq!(seen(&bank, &ada).await.stop, None);
    let heard = bank.heard(&ada).await;
    let low = heard.iter().filter(|told| *told == "The wallet runs low");
    assert_eq!(low.count(), 1, "{heard:?}");
}

#[tokio::test]
async fn an_admin_stops_payouts_and_lets_them_go_on() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    let stop = bank.stop_payouts(&ada.actor(), reason("A drill")).await;
    let stop = stop.unwrap();
    let again = bank.stop_payouts(&ada.actor(), reason("Another")).await;
    assert!(matches!(again, Err(SwitchPayoutsError::AlreadyStopped)));

    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    assert_eq!(bank.expect(State::Settling).await.legs[0].sends, 0);

    let other = stop.at.plus(Span::from_ms(1));
    let unseen = bank
        .resume_payouts(&ada.actor(), other, reason("Over"))
        .await;
    assert!(matches!(unseen, Err(SwitchPayoutsError::NoSuchStop)));
    bank.resume_payouts(&ada.actor(), stop.at, reason("Over"))
        .await
        .unwrap();
    bank.settle().await;
    bank.expect(State::Released).await;
    assert_eq!(
        reasons_in_log(&bank, ada.user.id).await,
        ["Over", "A drill"]
    );
}

async fn reasons_in_log(bank: &Bank, admin: UserId) -> Vec<String> {
    let page = PageRequest::first(Limit::MAX);
    let filter = AuditFilter::By(admin);
    let log = bank.store().audit().list(&filter, page).await.unwrap();
    let entries = log.items.into_iter();
    entries.filter_map(|line| line.entry.reason).collect()
}

#[tokio::test]
async fn nobody_but_an_admin_turns_the_switch_and_the_system_lifts_no_stop() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    let stop = bank.stop_payouts(&ada.actor(), reason("A drill")).await;
    let at = stop.unwrap().at;
    for actor in [bank.buyer.actor(), Actor::Visitor, Actor::System] {
        let refused = bank.resume_payouts(&actor, at, reason("Over")).await;
        assert!(
            matches!(refused, Err(SwitchPayoutsError::Failed(Failure::Denied(_)))),
            "{actor:?}"
        );
    }
    let refused = bank.view_solvency(&bank.seller.actor(), Limit::MAX).await;
    assert!(matches!(refused, Err(Failure::Denied(Denied::Forbidden))));
}

#[tokio::test]
async fn money_that_is_under_way_is_missing_on_neither_side() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    // To the last unit: what is there is what is owed.
    bank.somebody_takes("10000").await;
    bank.run(Job::Reconciliation).await;
    assert_eq!(seen(&bank, &ada).await.stop, None);

    bank.control("payout-faults", json!({ "fault": "error_after" }))
        .await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    let deal = bank.expect(State::Settling).await;
    assert_eq!(deal.legs[0].state, LegState::Unknown);
    let found = seen(&bank, &ada).await;
    assert_eq!(found.stop, None);
    let line = &found.comparisons[0].lines[0];
    assert_eq!(line.sending, deal.legs[0].gross);
}

#[tokio::test]
async fn of_a_gateway_that_does_not_answer_nothing_is_concluded() {
    let bank = delivered().await;
    let ada = admin(&bank).await;
    bank.somebody_takes("10050").await;
    bank.control("outage", json!({ "down": true })).await;
    bank.run(Job::Reconciliation).await;
    let found = seen(&bank, &ada).await;
    assert_eq!(found.stop, None);
    assert!(!found.comparisons[0].is_complete());
}

#[tokio::test]
async fn everybody_sees_the_last_comparison_once_there_is_one() {
    let bank = Bank::new().await;
    assert_eq!(bank.last_comparison().await.unwrap(), None);
    bank.pay("100").await;
    bank.settle().await;
    bank.run(Job::Reconciliation).await;
    let seen = seen(&bank, &admin(&bank).await).await;
    let last = bank.last_comparison().await.unwrap();
    assert!(last.is_some());
    assert_eq!(last.as_ref(), seen.comparisons.first());
}
