//! The delivery code: tries, locks, validity.

use domain::Span;
use domain::deal::{Command, Party, Rejection, State};

use crate::world::{MS, World, changes, person};

fn with_code() -> World {
    let mut world = World::shipped();
    world.buyer(Command::MakeCode);
    world
}

fn fail(world: &mut World, times: usize) {
    for _ in 0..times {
        let wrong = world.wrong_code();
        world.seller(wrong);
    }
}

#[test]
fn the_right_code_begins_the_inspection() {
    let mut world = with_code();
    world.enter_right_code().expect(State::Inspection);
    assert!(world.deal.inspection.unwrap().confirmed);
    assert!(world.deal.code.ever_verified);
}

#[test]
fn there_is_no_code_before_shipping_and_none_until_the_buyer_makes_one() {
    let mut world = World::funded();
    world.refuses(person("buyer"), Command::MakeCode, Rejection::WrongState);
    world.ship();
    let entered = world.right_code();
    world.refuses(person("seller"), entered, Rejection::NoCode);
}

#[test]
fn a_code_is_valid_for_seven_days() {
    let mut world = with_code();
    world.wait(Span::days(7).minus(MS));
    let mut in_time = world.clone();
    in_time.enter_right_code().expect(State::Inspection);
    world.wait(MS);
    let late = world.right_code();
    world.refuses(person("seller"), late, Rejection::CodeExpired);
    world.buyer(Command::MakeCode).enter_right_code();
    world.expect(State::Inspection);
}

#[test]
fn five_wrong_tries_lock_the_code_for_15_minutes() {
    let mut world = with_code();
    fail(&mut world, 4);
    assert_eq!(world.deal.code.locked_until, None);
    fail(&mut world, 1);
    let until = world.now.plus(Span::minutes(15));
    let right = world.right_code();
    world.refuses(
        person("seller"),
        right.clone(),
        Rejection::CodeLocked(until),
    );
    world.wait(Span::minutes(15).minus(MS));
    world.refuses(person("seller"), right, Rejection::CodeLocked(until));
    world.wait(MS).enter_right_code().expect(State::Inspection);
}

#[test]
fn ten_wrong_tries_need_a_new_code() {
    let mut world = with_code();
    fail(&mut world, 5);
    world.wait(Span::minutes(15));
    fail(&mut world, 4);
    assert_eq!(world.deal.code.tries, 9);
    let mut ninth = world.clone();
    ninth.enter_right_code().expect(State::Inspection);
    fail(&mut world, 1);
    let right = world.right_code();
    world.refuses(person("seller"), right, Rejection::CodeUsedUp);
    world.buyer(Command::MakeCode).enter_right_code();
    world.expect(State::Inspection);
}

#[test]
fn twenty_wrong_tries_in_a_deal_leave_proof_or_dispute() {
    let mut world = with_code();
    fail(&mut world, 5);
    world.wait(Span::minutes(15));
    fail(&mut world, 5);
    world.buyer(Command::MakeCode);
    fail(&mut world, 5);
    world.wait(Span::minutes(15));
    fail(&mut world, 4);
    let mut nineteenth = world.clone();
    nineteenth.enter_right_code().expect(State::Inspection);
    fail(&mut world, 1);
    let right = world.right_code();
    world.refuses(person("seller"), right, Rejection::CodesExhausted);
    world.refuses(
        person("buyer"),
        Command::MakeCode,
        Rejection::CodesExhausted,
    );
    world.open_dispute(Party::Seller).expect(State::Disputed);
}

#[test]
fn a_new_code_makes_the_one_before_worthless() {
    let mut world = with_code();
    let first = world.code();
    world.buyer(Command::MakeCode);
    let second = world.code();
    world.seller(Command::EnterCode {
        typed: first,
        expected: second,
    });
    world.expect(State::InDelivery);
    assert_eq!(world.deal.code.tries, 1);
}

#[test]
fn only_the_buyer_makes_codes_and_only_the_seller_enters_them() {
    let mut world = with_code();
    world.refuses(person("seller"), Command::MakeCode, Rejection::BuyerOnly);
    let right = world.right_code();
    world.refuses(person("buyer"), right, Rejection::SellerOnly);
}

#[test]
fn a_code_that_was_used_is_used() {
    let mut world = with_code();
    let used = world.right_code();
    world.enter_right_code().buyer(changes());
    world.refuses(person("seller"), used, Rejection::NoCode);
    world.open_dispute(Party::Buyer);
    assert!(world.deal.code.ever_verified, "for the one who judges");
}
