//! Small unclaimed legs that a joint payout takes over.

use domain::Units;
use domain::deal::{Command, LegFault, LegId, LegResult, LegState, Rejection, State};
use domain::id::JointPayoutId;
use domain::ledger::Account;

use crate::world::{World, address, admin, asset, cents, hold, join, joint, paid, release, usd};
use domain::deal::Actor::System;

const CRUMB: LegId = LegId::Buyer;

fn another() -> JointPayoutId {
    JointPayoutId::derived(&[b"another"])
}

#[test]
fn taking_a_leg_over_is_one_write_that_reserves_it() {
    let mut world = World::with_crumb();
    assert_eq!(world.balance(Account::Unclaimed), cents(99));
    world.system(join(&CRUMB, joint(), 1)).expect(State::Split);
    let leg = world.leg(&CRUMB);
    assert_eq!(leg.state, LegState::Joined);
    assert_eq!(leg.sends, 1);
    assert_eq!(leg.destination, Some(address('9')));
    assert_eq!(leg.net(), cents(69), "it bears the fee that it was given");
    assert_eq!(world.balance(Account::Payable), cents(99));
    assert_eq!(world.balance(Account::Unclaimed), Units::ZERO);
}

#[test]
fn a_leg_bears_no_more_of_the_fee_than_it_is_worth() {
    let mut world = World::with_crumb();
    world.system(Command::JoinLeg {
        leg: CRUMB,
        joint: joint(),
        sending: 1,
        destination: address('9'),
        network_fee: usd(3),
    });
    assert_eq!(world.leg(&CRUMB).net(), Units::ZERO);
    world.report(&CRUMB, paid("tx")).expect(State::Split);
    assert_eq!(world.balance(Account::Refunded), Units::ZERO);
}

#[test]
fn the_same_joint_payout_takes_a_leg_once_and_another_not_at_all() {
    let mut world = World::joined();
    world.ignores(System, join(&CRUMB, joint(), 1));
    for late in [join(&CRUMB, another(), 1), join(&CRUMB, another(), 2)] {
        world.refuses(System, late, Rejection::WrongLegState);
    }
    world.report(&CRUMB, paid("tx"));
    world.ignores(System, join(&CRUMB, joint(), 1));
}

#[test]
fn a_joint_payout_that_gave_a_leg_back_does_not_get_it_again_by_an_old_question() {
    let mut world = World::joined();
    world.system(release(&CRUMB, joint())).expect(State::Split);
    world.refuses(System, join(&CRUMB, joint(), 1), Rejection::WrongLegState);
    world.system(join(&CRUMB, another(), 2));
    assert_eq!(world.leg(&CRUMB).joint, Some(another()));
    assert_eq!(world.leg(&CRUMB).sends, 2);
}

#[test]
fn a_leg_is_taken_over_where_nothing_stops_it_and_too_small_to_be_claimed_alone() {
    World::settling().refuses(
        System,
        join(&LegId::Seller, joint(), 1),
        Rejection::WrongState,
    );
    World::released().refuses(
        System,
        join(&LegId::Seller, joint(), 2),
        Rejection::WrongLegState,
    );
    let mut lost = World::with_crumb();
    lost.takes_back("a").expect(State::Loss);
    lost.refuses(System, join(&CRUMB, joint(), 1), Rejection::WrongState);
}

#[test]
fn a_leg_of_a_held_deal_is_not_taken_over() {
    let mut world = World::with_crumb();
    world.pays("late", usd(5)).act(admin("joe"), hold());
    world.refuses(System, join(&CRUMB, joint(), 1), Rejection::OnHold);
    world.lift().system(join(&CRUMB, joint(), 1));
}

#[test]
fn after_it_was_taken_over_a_hold_comes_too_late_and_a_reversal_is_a_loss() {
    let mut world = World::joined();
    world.refuses(admin("joe"), hold(), Rejection::TooLate);
    world.takes_back("a").expect(State::Loss);
    assert_eq!(world.leg(&CRUMB).gross, cents(99), "it is not cut any more");
    world.report(&CRUMB, paid("tx"));
    assert_eq!(world.leg(&CRUMB).state, LegState::Paid);
    world.settle_loss(usd(100)).expect(State::Split);
}

#[test]
fn a_leg_that_is_given_back_is_unclaimed_as_before_also_in_a_loss() {
    let mut world = World::joined();
    world.takes_back("a").system(release(&CRUMB, joint()));
    world.expect(State::Loss);
    let leg = world.leg(&CRUMB);
    assert_eq!(leg.state, LegState::Unclaimed);
    assert_eq!(leg.network_fee, asset().network_fee());
    assert_eq!(world.balance(Account::Unclaimed), cents(99));
    world.ignores(System, release(&CRUMB, joint()));
    world.system(Command::Tick);
}

#[test]
fn only_the_joint_payout_that_has_a_leg_gives_it_back() {
    let mut world = World::joined();
    world.ignores(System, release(&CRUMB, another()));
    world.report(&CRUMB, paid("tx"));
    world.ignores(System, release(&CRUMB, joint()));
    assert_eq!(world.leg(&CRUMB).state, LegState::Paid);
}

#[test]
fn of_a_joined_leg_only_paid_is_taken() {
    let mut world = World::joined();
    for result in [
        LegResult::Unclear,
        LegResult::Taken { task: "7".into() },
        LegResult::Failed(LegFault::Operator),
        LegResult::Failed(LegFault::Address),
    ] {
        let report = Command::LegReported {
            leg: CRUMB,
            sending: 1,
            result,
        };
        world.ignores(System, report);
    }
    world.report(&CRUMB, paid("tx")).expect(State::Split);
    assert_eq!(world.balance(Account::Refunded), cents(69));
    assert_eq!(world.balance(Account::Payable), Units::ZERO);
}

#[test]
fn a_leg_is_not_taken_over_for_ever() {
    let mut world = World::with_crumb();
    for sending in 1..=20 {
        world.system(join(&CRUMB, joint(), sending));
        world.system(release(&CRUMB, joint()));
    }
    world.refuses(System, join(&CRUMB, joint(), 21), Rejection::Full);
}
