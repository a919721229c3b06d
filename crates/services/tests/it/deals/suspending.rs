//! Suspending somebody holds what they have open.

use domain::deal::{Command, Rejection, State};
use domain::text::Line;
use domain::{Role, Span, UserStatus};
use services::deals::DealError;

use crate::bank::Bank;

fn reason() -> Line<200> {
    Line::new("Sold the same camera twice").unwrap()
}

async fn funded() -> Bank {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.expect(State::Funded).await;
    bank
}

#[tokio::test]
async fn the_deals_of_a_suspended_person_are_held_and_both_may_still_act_in_them() {
    let bank = funded().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    let sara = bank.seller.user.id;
    let suspended = bank.suspend_user(&ada.actor(), sara, reason()).await;
    assert_eq!(suspended.unwrap().status, UserStatus::Suspended);
    let held = bank.expect(State::Funded).await;
    assert_eq!(held.hold.unwrap().by, None, "by the house itself");

    bank.deliver().await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    let deal = bank.expect(State::Settling).await;
    assert_eq!(deal.legs[0].sends, 0, "nothing is sent while held");

    // A hold that nobody places anew lapses after its week, suspended or not.
    bank.wait(Span::days(8)).await;
    bank.expect(State::Released).await;
}

#[tokio::test]
async fn suspending_again_holds_nothing_twice() {
    let bank = funded().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    for _ in 0..2 {
        let (actor, sara) = (ada.actor(), bank.seller.user.id);
        bank.suspend_user(&actor, sara, reason()).await.unwrap();
    }
    let deal = bank.now().await;
    assert_eq!(deal.holds.len(), 1);
}

#[tokio::test]
async fn a_deal_without_money_goes_on_as_it_is() {
    let bank = Bank::new().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    let sara = bank.seller.user.id;
    bank.suspend_user(&ada.actor(), sara, reason())
        .await
        .unwrap();
    assert_eq!(bank.now().await.hold, None);
    bank.buyer_does(Command::Cancel).await;
    bank.expect(State::Cancelled).await;
}

#[tokio::test]
async fn a_deal_that_is_paid_after_its_party_was_suspended_is_held_then() {
    let bank = Bank::new().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    let omid = bank.buyer.user.id;
    let suspended = bank.suspend_user(&ada.actor(), omid, reason()).await;
    suspended.unwrap();
    bank.pay("100").await;
    bank.settle().await;
    let deal = bank.expect(State::Funded).await;
    assert!(deal.hold.is_some());
    bank.settle().await;
    assert_eq!(bank.now().await.holds.len(), 1);
}

#[tokio::test]
async fn lifting_a_suspension_lifts_no_hold() {
    let bank = funded().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    let (actor, sara) = (ada.actor(), bank.seller.user.id);
    bank.suspend_user(&actor, sara, reason()).await.unwrap();
    bank.reinstate_user(&actor, sara, reason()).await.unwrap();
    assert!(bank.now().await.hold.is_some());
    let by_party = bank.try_as(&bank.seller, Command::LiftHold).await;
    assert!(matches!(
        by_party,
        Err(DealError::Rejected(Rejection::StaffOnly) | DealError::Failed(_))
    ));
}
