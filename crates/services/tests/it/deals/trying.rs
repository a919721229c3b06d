//! A deal that a job cannot move does not stop the others, and ends before a person.

use std::sync::Arc;

use domain::deal::{Command, LegState, State};
use domain::id::DealId;
use domain::text::Line;
use domain::{Role, Span};
use services::dead_letters::RetryDeadLetterError;
use services::jobs::Job;
use storage::{DeadLetter, DeadLetterSource, Limit, PageRequest};

use crate::bank::Bank;
use crate::failing_store::{FailingStore, Harm, Harmful};

/// A bank whose deals can come to harm.
async fn harmable() -> (Bank, Arc<Harm>) {
    let harm = Arc::new(Harm::default());
    let over = Arc::clone(&harm);
    let bank = Bank::over(|store| Arc::new(FailingStore::harmed(store, over))).await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    (bank, harm)
}

/// Released but not paid, and unsound as only a fault of ours could make it: whatever is decided in
/// it breaks an invariant.
async fn unsound() -> (Bank, Arc<Harm>) {
    let (bank, harm) = harmable().await;
    bank.buyer_does(Command::Accept).await;
    harm.begin(bank.deal, Harmful::Unsound);
    (bank, harm)
}

async fn letters(bank: &Bank) -> Vec<DeadLetter> {
    let page = PageRequest::first(Limit::MAX);
    let listed = bank.store().dead_letters().list(true, page).await;
    listed.unwrap().items
}

fn subject(deal: DealId) -> String {
    format!("deal:{deal}")
}

#[tokio::test]
async fn what_fails_is_tried_again_ever_later() {
    let (bank, _harm) = unsound().await;
    let mut failed = Vec::new();
    for _ in 0..6 {
        failed.push(bank.run(Job::Payouts).await.failed);
    }
    // Half a minute apart: the fourth pause is the first that is longer.
    assert_eq!(failed, [1, 1, 1, 1, 0, 1]);
    let retries = bank.store().retries();
    let retry = retries.find("payouts", &subject(bank.deal)).await;
    let retry = retry.unwrap().unwrap();
    assert_eq!(retry.attempts, 5);
    assert!(retry.error.contains("invariant"), "{}", retry.error);
}

#[tokio::test]
async fn what_fails_again_and_again_waits_for_a_person_who_has_it_tried_again() {
    let (bank, harm) = unsound().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    for _ in 0..30 {
        bank.advance(Span::minutes(15));
        bank.run(Job::Payouts).await;
    }
    let letter = letters(&bank).await.pop().expect("it was given up");
    assert_eq!(letter.source, DeadLetterSource::Payouts);
    assert_eq!(letter.subject, subject(bank.deal));
    assert_eq!(letter.times, 1, "and is left alone since");
    assert_eq!(bank.status().await.unwrap().dead_letters, 1);
    assert_eq!(bank.heard(&ada).await, ["Work waits for a person"]);

    harm.end();
    assert_eq!(bank.run(Job::Payouts).await.done, 0);
    let why = || Line::new("The deal was mended").unwrap();
    bank.retry_dead_letter(&ada.actor(), letter.id, why())
        .await
        .unwrap();
    let twice = bank.retry_dead_letter(&ada.actor(), letter.id, why()).await;
    assert!(matches!(twice, Err(RetryDeadLetterError::NotOpen)));
    bank.settle().await;
    bank.expect(State::Released).await;
    assert!(letters(&bank).await.is_empty());
    let retries = bank.store().retries();
    let left = retries.find("payouts", &subject(bank.deal)).await;
    assert_eq!(left.unwrap(), None);
}

#[tokio::test]
async fn what_went_well_after_all_is_forgotten() {
    let (bank, harm) = unsound().await;
    bank.run(Job::Payouts).await;
    harm.end();
    bank.run(Job::Payouts).await;
    let retries = bank.store().retries();
    let left = retries.find("payouts", &subject(bank.deal)).await;
    assert_eq!(left.unwrap(), None);
    assert_eq!(bank.now().await.legs[0].state, LegState::Sending);
}

#[tokio::test]
async fn what_stops_in_the_middle_is_tried_again_like_any_failure() {
    let (bank, harm) = harmable().await;
    bank.buyer_does(Command::Accept).await;
    harm.begin(bank.deal, Harmful::Panic);
    assert_eq!(bank.run(Job::Payouts).await.failed, 1);
    let retries = bank.store().retries();
    let retry = retries.find("payouts", &subject(bank.deal)).await;
    let error = retry.unwrap().unwrap().error;
    assert!(error.starts_with("stopped in the middle"), "{error}");
    harm.end();
    bank.settle().await;
    bank.expect(State::Released).await;
}

#[tokio::test]
async fn a_step_that_would_break_an_invariant_is_refused_and_nothing_is_written() {
    let (bank, harm) = harmable().await;
    let before = bank.now().await;
    harm.begin(bank.deal, Harmful::Unsound);
    let refused = bank.try_as(&bank.buyer, Command::Accept).await.unwrap_err();
    assert_eq!(refused.code(), "INTERNAL");
    harm.end();
    assert_eq!(bank.now().await, before);
}

#[tokio::test]
async fn an_event_that_cannot_be_relayed_holds_up_its_own_deal_alone() {
    let (bank, harm) = harmable().await;
    // A day before the inspection ends the relay notes the reminder in the deal, which cannot be.
    bank.pass(Span::hours(49)).await;
    bank.run(Job::Deadlines).await;
    harm.begin(bank.deal, Harmful::Unsound);
    let report = bank.run(Job::Relay).await;
    assert_eq!(report.failed, 1);
    harm.end();
    bank.settle().await;
    let deal = bank.expect(State::Inspection).await;
    assert!(deal.inspection.unwrap().reminded_at.is_some());
}
