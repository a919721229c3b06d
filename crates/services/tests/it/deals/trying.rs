//! A deal that a job cannot move does not stop the others, and ends before a person.

use domain::deal::{Command, Deal, LegState, State};
use domain::id::DealId;
use domain::text::Line;
use domain::{Role, Span};
use services::dead_letters::RetryDeadLetterError;
use services::jobs::Job;
use storage::{DeadLetter, DeadLetterSource, Limit, PageRequest};

use crate::bank::Bank;

/// Released but not paid, and broken as only a fault of ours could break it: whatever is decided in
/// it breaks an invariant.
async fn broken() -> Bank {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank.buyer_does(Command::Accept).await;
    rewrite(&bank, |deal| deal.proposals_made = 99).await;
    bank
}

/// Writes a deal past all rules.
async fn rewrite(bank: &Bank, change: impl FnOnce(&mut Deal)) {
    let mut deal = bank.now().await;
    let version = deal.version;
    change(&mut deal);
    deal.version += 1;
    bank.store().deals().commit(&deal, version).await.unwrap();
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
    let bank = broken().await;
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
    let bank = broken().await;
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

    rewrite(&bank, |deal| deal.proposals_made = 0).await;
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
    let bank = broken().await;
    bank.run(Job::Payouts).await;
    rewrite(&bank, |deal| deal.proposals_made = 0).await;
    bank.run(Job::Payouts).await;
    let retries = bank.store().retries();
    let left = retries.find("payouts", &subject(bank.deal)).await;
    assert_eq!(left.unwrap(), None);
    assert_eq!(bank.now().await.legs[0].state, LegState::Sending);
}

#[tokio::test]
async fn an_event_that_cannot_be_relayed_holds_up_its_own_deal_alone() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    // A day before the inspection ends the relay notes the reminder in the deal, which cannot be.
    bank.pass(Span::hours(49)).await;
    bank.run(Job::Deadlines).await;
    rewrite(&bank, |deal| deal.proposals_made = 99).await;
    let report = bank.run(Job::Relay).await;
    assert_eq!(report.failed, 1);
    rewrite(&bank, |deal| deal.proposals_made = 0).await;
    bank.settle().await;
    let deal = bank.expect(State::Inspection).await;
    assert!(deal.inspection.unwrap().reminded_at.is_some());
}
