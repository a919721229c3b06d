//! Late money: after the deal expired, was cancelled, or its outcome was fixed.

use domain::deal::{Actor, Command, DeadlineKind as D, LegId, LegState, Rejection, State};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{MS, World, deposit, paid, person, usd};

fn late_leg(name: &str, n: u32) -> LegId {
    LegId::late(&deposit(name), n)
}

/// Expired, with the price there and 72 hours to decide.
fn offered() -> World {
    let mut world = World::expired();
    world.give_refund_address();
    world.pays("a", usd(100)).expect(State::Expired);
    assert_eq!(world.left(D::LateFunds), Span::hours(72));
    world
}

#[test]
fn both_may_go_on_with_the_price_that_came_late() {
    let mut cancelled = World::new();
    cancelled.buyer(Command::Cancel).pays("a", usd(100));
    for mut world in [offered(), cancelled] {
        world.refuses(Actor::System, Command::Reopen, Rejection::NotAgreed);
        world.buyer(Command::AgreeToReopen);
        world.ignores(person("buyer"), Command::AgreeToReopen);
        world.refuses(Actor::System, Command::Reopen, Rejection::NotAgreed);
        world.seller(Command::AgreeToReopen);
        world.refuses(person("buyer"), Command::Reopen, Rejection::SystemOnly);
        world.system(Command::Reopen).expect(State::Funded);
        assert_eq!(world.left(D::ShipBy), Span::days(7));
        assert!(!world.runs(D::LateFunds));
    }
}

#[test]
fn what_the_price_does_not_need_is_surplus_of_the_reopened_deal() {
    let mut world = World::expired();
    world.pays("a", usd(103));
    world.buyer(Command::AgreeToReopen);
    world.seller(Command::AgreeToReopen).system(Command::Reopen);
    assert_eq!(world.balance(Account::Surplus), usd(3));
    assert_eq!(world.balance(Account::Late), Units::ZERO);
}

#[test]
fn a_reopened_deal_can_lose_its_funding_like_any_other() {
    let mut world = World::expired();
    world.pays("a", usd(103)).buyer(Command::AgreeToReopen);
    world.seller(Command::AgreeToReopen).system(Command::Reopen);
    world.takes_back("a").expect(State::Suspended);
    world.wait_for(D::Suspension).expect(State::AwaitingPayment);
    world.wait_for(D::Quote).expect(State::Expired);
    world.pays("a", usd(103)).expect(State::Expired);
    assert!(world.runs(D::LateFunds), "it may be reopened again");
}

#[test]
fn after_72_hours_it_goes_back() {
    let mut world = offered();
    world.wait_until_just_before(D::LateFunds);
    world.buyer(Command::AgreeToReopen).wait(MS);
    assert_eq!(world.leg(&late_leg("a", 1)).gross, usd(100));
    assert_eq!(world.deal.next_at(), None);
    world.refuses(
        person("seller"),
        Command::AgreeToReopen,
        Rejection::NoLateFunds,
    );
    world.pay_out().expect(State::Expired);
}

#[test]
fn after_72_hours_it_goes_back_also_where_both_agreed_and_the_request_went_another_way() {
    let mut world = offered();
    world.buyer(Command::AgreeToReopen);
    world.seller(Command::AgreeToReopen);
    world.wait_for(D::LateFunds).pay_out();
    world.expect(State::Expired);
    assert_eq!(world.leg(&late_leg("a", 1)).state, LegState::Paid);
}

#[test]
fn either_party_may_have_it_sent_back_at_once() {
    for name in ["buyer", "seller"] {
        let mut world = offered();
        world.act(person(name), Command::RefundLate);
        assert_eq!(world.leg(&late_leg("a", 1)).state, LegState::Planned);
        world.refuses(person(name), Command::RefundLate, Rejection::NoLateFunds);
    }
}

#[test]
fn less_than_the_price_goes_back_at_once() {
    let mut world = World::expired();
    world.pays("a", usd(100).less(Units::new(1)));
    assert!(!world.runs(D::LateFunds));
    assert_eq!(world.leg(&late_leg("a", 1)).state, LegState::NeedsAddress);
}

#[test]
fn what_comes_while_they_decide_goes_back_at_once() {
    let mut world = offered();
    world.pays("b", usd(100));
    assert_eq!(world.leg(&late_leg("b", 1)).gross, usd(100));
    assert_eq!(world.balance(Account::Late), usd(100));
    world.buyer(Command::AgreeToReopen);
    world.seller(Command::AgreeToReopen).system(Command::Reopen);
    world.expect(State::Funded);
    assert_eq!(world.balance(Account::Surplus), Units::ZERO);
    let leg = late_leg("b", 1);
    world.approve(&leg).send(&leg).report(&leg, paid("x"));
    world.expect(State::Funded);
}

#[test]
fn nothing_is_decided_on_late_money_where_there_is_none() {
    let mut world = World::expired();
    for command in [Command::AgreeToReopen, Command::RefundLate] {
        world.refuses(person("buyer"), command, Rejection::NoLateFunds);
    }
    world.refuses(Actor::System, Command::Reopen, Rejection::NoLateFunds);
    let mut funded = World::funded();
    funded.refuses(
        person("buyer"),
        Command::AgreeToReopen,
        Rejection::WrongState,
    );
}

#[test]
fn money_after_the_outcome_was_fixed_goes_back_and_changes_nothing() {
    for mut world in [World::settling(), World::released()] {
        let state = world.deal.state;
        world.pays("b", usd(250)).expect(state);
        assert_eq!(world.leg(&late_leg("b", 1)).gross, usd(250));
        assert!(!world.runs(D::LateFunds));
    }
}

#[test]
fn a_late_leg_does_not_keep_a_deal_from_its_end() {
    let mut world = World::settling();
    world.pays("b", usd(50));
    let leg = LegId::Seller;
    world.approve(&leg).send(&leg).report(&leg, paid("x"));
    world.expect(State::Released);
    world.pay_out().expect(State::Released);
}

#[test]
fn late_money_that_is_gone_closes_the_window() {
    let mut world = offered();
    world.takes_back("a").expect(State::Expired);
    assert!(!world.runs(D::LateFunds));
    assert_eq!(world.balance(Account::Received), Units::ZERO);
    world.pays("a", usd(100)).expect(State::Expired);
    assert!(world.runs(D::LateFunds), "and opens it again");
}

#[test]
fn a_late_leg_whose_deposit_is_gone_is_void_until_it_comes_again() {
    let mut world = World::released();
    world.pays("b", usd(50)).takes_back("b");
    assert_eq!(world.leg(&late_leg("b", 1)).state, LegState::Void);
    world.pays("b", usd(50)).expect(State::Released);
    assert_eq!(world.leg(&late_leg("b", 2)).gross, usd(50));
}

#[test]
fn a_late_leg_that_was_sent_and_whose_deposit_is_gone_is_a_loss() {
    let mut world = World::expired();
    world.give_refund_address();
    world.pays("a", usd(50)).pay_out();
    world.takes_back("a").expect(State::Loss);
    world.pays("a", usd(50)).expect(State::Expired);
    assert_eq!(world.balance(Account::Late), Units::ZERO);
}

#[test]
fn a_deposit_that_comes_back_after_another_made_good_its_loss_is_late_again() {
    let mut world = World::expired();
    world.give_refund_address();
    world
        .pays("a", usd(100))
        .buyer(Command::RefundLate)
        .pay_out();
    world.takes_back("a").expect(State::Loss);
    world.pays("b", usd(100)).expect(State::Expired);
    world.pays("a", usd(100)).expect(State::Expired);
    world.wait_for(D::LateFunds).expect(State::Expired);
    assert_eq!(world.leg(&late_leg("a", 2)).gross, usd(100));
    world.takes_back("a").expect(State::Expired);
    assert_eq!(world.leg(&late_leg("a", 2)).state, LegState::Void);
}

#[test]
fn late_money_is_taken_back_from_what_it_is_and_not_from_another() {
    let mut world = offered();
    // "b" came while "a" waits for a decision, and has a leg of its own.
    world.pays("b", usd(70)).takes_back("b");
    assert_eq!(world.balance(Account::Late), usd(100));
    assert_eq!(world.leg(&late_leg("b", 1)).state, LegState::Void);
}

#[test]
fn the_window_closes_when_its_money_goes_during_a_loss() {
    let mut world = World::expired();
    world.give_refund_address();
    world.pays("b", usd(50)).pay_out().pays("a", usd(100));
    world.buyer(Command::AgreeToReopen);
    world.seller(Command::AgreeToReopen);
    world.takes_back("b").expect(State::Loss);
    world.takes_back("a").expect(State::Loss);
    world.pays("b", usd(50)).expect(State::Expired);
    world.refuses(Actor::System, Command::Reopen, Rejection::NoLateFunds);
}

#[test]
fn late_money_serves_a_shortfall_first_and_the_rest_goes_back() {
    let mut world = World::released();
    world.takes_back("a").expect(State::Loss);
    world.pays("b", usd(130)).expect(State::Released);
    assert_eq!(world.leg(&late_leg("b", 1)).gross, usd(30));
    world.takes_back("b").expect(State::Loss);
    assert_eq!(world.balance(Account::Shortfall), usd(100));
    assert_eq!(world.leg(&late_leg("b", 1)).state, LegState::Void);
}

#[test]
fn late_money_that_serves_part_of_a_shortfall_leaves_a_loss() {
    let mut world = World::released();
    world.takes_back("a").pays("b", usd(40)).expect(State::Loss);
    assert_eq!(world.balance(Account::Shortfall), usd(60));
    assert_eq!(world.deal.legs.len(), 1, "nothing is left to send back");
    world.settle_loss(usd(60)).expect(State::Released);
}

#[test]
fn late_money_of_a_deal_that_another_took_the_place_of_goes_back_at_once() {
    let mut world = offered();
    world.system(Command::RefundLate).expect(State::Expired);
    assert_eq!(world.leg(&late_leg("a", 1)).state, LegState::Planned);
    assert!(!world.runs(D::LateFunds));
    world.refuses(Actor::System, Command::RefundLate, Rejection::NoLateFunds);
}
