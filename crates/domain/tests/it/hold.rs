//! Holds: an admin pauses a deal for review.

use domain::Span;
use domain::deal::{Actor, Command, DeadlineKind as D, LegId, Offer, Party, Rejection, State};

use crate::world::{MS, World, admin, hold, person, usd};

#[test]
fn a_hold_freezes_clocks_for_seven_days_and_lapses() {
    let mut world = World::shipped();
    world.wait(Span::days(9)).hold("joe");
    assert_eq!(world.left(D::Hold), Span::days(7));
    assert!(!world.runs(D::Delivery));
    world.wait_until_just_before(D::Hold);
    assert!(world.deal.hold.is_some());
    world.wait(MS).expect(State::InDelivery);
    assert!(world.deal.hold.is_none());
    assert_eq!(world.left(D::Delivery), Span::days(1), "what was left");
}

#[test]
fn afterwards_every_deadline_is_at_least_a_day_away() {
    let mut world = World::shipped();
    world.wait_until_just_before(D::Delivery);
    world.hold("joe").lift();
    assert_eq!(world.left(D::Delivery), Span::hours(24));
}

#[test]
fn people_may_act_while_held() {
    let mut world = World::funded();
    world.hold("joe").ship().buyer(Command::MakeCode);
    world.enter_right_code().expect(State::Inspection);
    world.propose(Party::Buyer, Offer::Split { buyer: usd(10) });
    world.agree(Party::Seller).expect(State::Settling);
}

#[test]
fn nothing_is_sent_while_held() {
    let leg = LegId::Seller;
    let mut world = World::settling();
    world.approve(&leg).hold("joe");
    let send = Command::StartSending { leg: leg.clone() };
    world.refuses(Actor::System, send.clone(), Rejection::OnHold);
    world.wait_until_just_before(D::Hold);
    world.refuses(Actor::System, send, Rejection::OnHold);
    world.wait(MS).send(&leg);
}

#[test]
fn lifting_takes_two_admins() {
    let mut world = World::funded();
    world.refuses(admin("joe"), Command::LiftHold, Rejection::NotHeld);
    world.hold("joe").act(admin("joe"), Command::LiftHold);
    world.refuses(admin("joe"), Command::LiftHold, Rejection::AnotherAdmin);
    assert!(world.deal.hold.is_some());
    world.act(admin("kim"), Command::LiftHold);
    assert!(world.deal.hold.is_none());
}

#[test]
fn each_further_period_is_another_admins_and_there_are_four() {
    let mut world = World::funded();
    world.hold("joe");
    world.refuses(admin("joe"), hold(), Rejection::AnotherAdmin);
    world.hold("kim");
    assert_eq!(world.left(D::Hold), Span::days(14), "it extends the first");
    world.hold("joe").hold("kim");
    world.refuses(admin("joe"), hold(), Rejection::NoMoreHolds);
    world.wait(Span::days(28)).expect(State::Funded);
    world.refuses(admin("lea"), hold(), Rejection::NoMoreHolds);
    world.wait_for(D::ShipBy).expect(State::Settling);
}

#[test]
fn a_ruling_that_was_held_again_and_again_is_carried_out() {
    let mut world = World::ruled();
    world.hold("joe").hold("kim").hold("joe").wait_for(D::Hold);
    world.wait_for(D::Appeal).expect(State::Settling);
}

#[test]
fn a_key_to_an_earlier_period_does_not_lift_a_later_one() {
    let mut world = World::funded();
    world.hold("joe").act(admin("kim"), Command::LiftHold);
    world.hold("kim").act(admin("joe"), Command::LiftHold);
    assert!(world.deal.hold.is_some());
    world.wait(Span::days(14)).hold("joe");
    world.act(admin("kim"), Command::LiftHold);
    assert!(world.deal.hold.is_some());
}

#[test]
fn a_hold_after_everything_was_sent_is_too_late() {
    let leg = LegId::Seller;
    let mut world = World::settling();
    world.approve(&leg).send(&leg);
    world.refuses(admin("joe"), hold(), Rejection::TooLate);
    let mut unpaid = World::new();
    unpaid.refuses(admin("joe"), hold(), Rejection::NothingToHold);
    unpaid
        .pays("a", usd(1))
        .hold("joe")
        .expect(State::Underpaid);
}

#[test]
fn a_dispute_during_a_hold_begins_with_stopped_clocks() {
    let mut world = World::shipped();
    world.hold("joe").open_dispute(Party::Buyer);
    world.wait_for(D::Hold).expect(State::Disputed);
    assert_eq!(world.left(D::Answer), Span::hours(72));
    world
        .buyer(Command::WithdrawDispute)
        .expect(State::InDelivery);
    assert_eq!(world.left(D::Delivery), Span::days(10));
}

#[test]
fn after_a_hold_the_buyer_is_reminded_anew() {
    let mut world = World::delivered();
    world.wait_for(D::Reminder).remind().hold("joe");
    world.wait_for(D::Hold).expect(State::Inspection);
    assert_eq!(world.left(D::Inspection), Span::hours(24));
    world.wait(Span::days(9)).expect(State::Inspection);
    world.remind().wait(Span::hours(24)).expect(State::Settling);
}

#[test]
fn a_leg_waits_for_its_payee_no_shorter_because_of_a_hold() {
    let mut world = World::new();
    world.pays("a", usd(100)).seller(Command::Decline);
    world.wait(Span::days(89)).hold("joe").wait_for(D::Hold);
    world.expect(State::Settling);
    let claim = D::Claim { leg: LegId::Buyer };
    assert_eq!(world.left(claim.clone()), Span::days(1));
    world.wait_for(claim).expect(State::Refunded);
}

#[test]
fn a_suspension_within_a_hold_stays_frozen_until_both_are_over() {
    let mut world = World::shipped();
    world.hold("joe").takes_back("a").pays("a", usd(100));
    world.expect(State::InDelivery);
    assert!(!world.runs(D::Delivery));
    world.wait(Span::days(6)).takes_back("a");
    world.lift().expect(State::Suspended);
    assert!(!world.runs(D::Delivery));
    world.pays("a", usd(100));
    assert!(world.runs(D::Delivery));
}

#[test]
fn a_hold_and_a_suspension_do_not_wait_for_each_other() {
    let mut world = World::ruled();
    world.hold("joe").takes_back("a");
    world.wait_for(D::Suspension).expect(State::Disputed);
    assert!(world.deal.hold.is_some());

    let mut world = World::ruled();
    world.hold("joe").wait_until_just_before(D::Hold);
    world.takes_back("a").wait_for(D::Hold);
    world.expect(State::Suspended);
    assert!(world.deal.hold.is_none());
}

#[test]
fn a_party_who_is_an_admin_holds_no_deal_of_their_own() {
    let mut world = World::funded();
    world.refuses(admin("seller"), hold(), Rejection::OwnDeal);
    world.refuses(person("buyer"), hold(), Rejection::StaffOnly);
}

#[test]
fn the_system_holds_as_an_admin_does_and_its_period_counts() {
    let mut world = World::funded();
    world.system(hold());
    let held = world.deal.hold.clone().unwrap();
    assert_eq!((held.by, world.left(D::Hold)), (None, Span::days(7)));
    assert!(!world.runs(D::ShipBy));
    world.ignores(Actor::System, hold());
    world.hold("joe").system(hold()).hold("kim");
    assert_eq!(world.deal.holds.len(), 4);
    world.wait(Span::days(28));
    assert!(world.deal.hold.is_none());
    world.refuses(Actor::System, hold(), Rejection::NoMoreHolds);
}

#[test]
fn a_hold_of_the_systems_is_lifted_by_two_admins() {
    let mut world = World::funded();
    world.system(hold()).lift();
    assert!(world.deal.hold.is_none());
    world.system(hold());
    assert!(world.deal.hold.is_some());
}

#[test]
fn a_period_of_the_systems_does_not_let_the_same_admin_hold_again() {
    let mut world = World::funded();
    world.hold("joe").system(hold());
    world.refuses(admin("joe"), hold(), Rejection::AnotherAdmin);
    world.hold("kim");
}

#[test]
fn the_system_holds_nothing_where_nothing_is_to_hold() {
    let mut unpaid = World::new();
    unpaid.refuses(Actor::System, hold(), Rejection::NothingToHold);
}
