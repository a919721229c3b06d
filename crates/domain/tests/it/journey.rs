//! Whole journeys, to the last unit.

use domain::deal::{Command, Offer, State};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{World, address, asset, usd};

fn funded() -> World {
    let mut world = World::new();
    world.buyer(Command::SetRefundAddress {
        destination: address('b'),
    });
    world.pays("a", usd(100)).expect(State::Funded);
    world
}

fn inspected() -> World {
    let mut world = funded();
    world
        .ship()
        .buyer(Command::MakeCode)
        .enter_right_code()
        .expect(State::Inspection);
    world
}

#[test]
fn paid_delivered_by_code_accepted_and_released_to_the_last_unit() {
    let mut world = inspected();
    world.buyer(Command::Accept).expect(State::Settling);
    world.pay_out().expect(State::Released);
    let balance = |account| world.deal.balance(account);
    assert_eq!(balance(Account::Fees), usd(1));
    assert_eq!(balance(Account::NetworkFees), asset().network_fee());
    assert_eq!(
        balance(Account::Released),
        usd(99).less(asset().network_fee())
    );
}

#[test]
fn silence_after_a_reminder_releases() {
    let mut world = inspected();
    world
        .wait(Span::days(2))
        .system(Command::ReminderWritten)
        .expect(State::Inspection);
    world.wait(Span::days(1)).expect(State::Settling);
}

#[test]
fn without_a_reminder_nothing_is_released() {
    let mut world = inspected();
    world.wait(Span::days(300)).expect(State::Inspection);
    world
        .system(Command::ReminderWritten)
        .wait(Span::hours(23))
        .expect(State::Inspection);
    world.wait(Span::hours(1)).expect(State::Settling);
}

#[test]
fn topped_up_after_paying_too_little() {
    let mut world = World::new();
    world.pays("a", usd(60)).expect(State::Underpaid);
    world.pays("b", usd(45)).expect(State::Funded);
    assert_eq!(world.deal.balance(Account::Surplus), usd(5));
    world.buyer(Command::SetRefundAddress {
        destination: address('b'),
    });
    world
        .buyer(Command::TakeSurplus)
        .pay_out()
        .expect(State::Funded);
    assert_eq!(
        world.deal.balance(Account::Refunded),
        usd(5).less(asset().network_fee())
    );
}

#[test]
fn both_may_waive_what_is_missing() {
    let mut world = World::new();
    world.pays("a", usd(60));
    world.buyer(Command::Propose {
        offer: Offer::Waiver { arrived: usd(60) },
    });
    let id = world.deal.proposals.first().unwrap().id;
    world
        .seller(Command::AcceptProposal { id })
        .expect(State::Funded);
    assert_eq!(world.deal.price, usd(60));
}

#[test]
fn nobody_pays_and_it_expires_and_late_money_goes_on_when_both_agree() {
    let mut world = World::new();
    world.wait(Span::minutes(60)).expect(State::Expired);
    world.pays("late", usd(103)).expect(State::Expired);
    world
        .buyer(Command::AgreeToReopen)
        .seller(Command::AgreeToReopen);
    world.system(Command::Reopen).expect(State::Funded);
    assert_eq!(world.deal.balance(Account::Surplus), usd(3));
    assert_eq!(world.deal.balance(Account::Late), Units::ZERO);
}

#[test]
fn late_money_that_nobody_decides_on_goes_back() {
    let mut world = World::new();
    world
        .wait(Span::minutes(60))
        .pays("late", usd(100))
        .wait(Span::hours(72));
    world.expect(State::Expired);
    assert_eq!(world.deal.legs.len(), 1);
    assert_eq!(world.deal.balance(Account::Payable), usd(100));
}

#[test]
fn a_funding_that_the_chain_takes_back_suspends_and_comes_back() {
    let mut world = funded();
    world.system(Command::DepositReversed {
        key: crate::world::deposit("a"),
    });
    world.expect(State::Suspended);
    world.pays("a", usd(100)).expect(State::Funded);
}

#[test]
fn a_paid_deal_that_loses_its_funding_is_a_loss_until_the_money_is_back() {
    let mut world = inspected();
    world
        .buyer(Command::Accept)
        .pay_out()
        .expect(State::Released);
    world.system(Command::DepositReversed {
        key: crate::world::deposit("a"),
    });
    world.expect(State::Loss);
    world.pays("a", usd(100)).expect(State::Released);
}
