//! Whoever judges asks the parties before ruling.

use domain::Span;
use domain::Units;
use domain::deal::{Command, Party, QUESTIONS_PER_SIDE_MAX, Rejection, State};

use crate::world::{World, admin, ask, person, reply, resolver, usd};

#[test]
fn whoever_was_drawn_asks_and_the_party_answers_the_oldest_question_first() {
    let mut world = World::disputed(State::InDelivery);
    let first = Command::AskParty {
        to: Party::Seller,
        question: "Which carrier?".into(),
    };
    world.act(resolver("ann"), first);
    world.act(resolver("ann"), ask(Party::Seller));
    world.seller(reply());
    let case = world.deal.dispute().unwrap();
    let answered = &case.questions[0];
    assert_eq!(answered.question, "Which carrier?");
    let answer = answered.answer.as_ref().unwrap();
    assert_eq!(answer.statement, "On the day it came");
    assert_eq!(case.questions[1].answer, None);
    world.seller(reply());
    world.refuses(person("seller"), reply(), Rejection::NoQuestion);
}

#[test]
fn nobody_answers_what_the_other_was_asked() {
    let mut world = World::disputed(State::InDelivery);
    world.act(resolver("ann"), ask(Party::Seller));
    world.refuses(person("buyer"), reply(), Rejection::NoQuestion);
}

#[test]
fn nobody_else_asks() {
    let mut world = World::disputed(State::InDelivery);
    let question = || ask(Party::Buyer);
    world.refuses(resolver("ben"), question(), Rejection::NotAssigned);
    world.refuses(admin("joe"), question(), Rejection::StaffOnly);
    world.refuses(person("seller"), question(), Rejection::StaffOnly);
}

#[test]
fn a_question_moves_no_clock_and_nobody_has_to_wait_for_the_answer() {
    let mut world = World::disputed(State::InDelivery);
    let clocks = world.deal.clocks.clone();
    world.wait(Span::hours(1));
    world.act(resolver("ann"), ask(Party::Buyer));
    assert_eq!(world.deal.clocks, clocks);
    world.rule("ann", usd(50));
    world.expect(State::Ruled);
    world.refuses(person("buyer"), reply(), Rejection::WrongState);
}

#[test]
fn each_side_is_asked_three_times_at_most() {
    let mut world = World::disputed(State::InDelivery);
    for _ in 0..QUESTIONS_PER_SIDE_MAX {
        world.act(resolver("ann"), ask(Party::Seller));
    }
    let more = ask(Party::Seller);
    world.refuses(resolver("ann"), more, Rejection::NoMoreQuestions);
    world.act(resolver("ann"), ask(Party::Buyer));
}

#[test]
fn once_a_ruling_is_proposed_nothing_more_is_asked() {
    let mut world = World::disputed(State::InDelivery);
    world.act(resolver("ann"), ask(Party::Buyer));
    world.limits.ruling_alone = Units::ZERO;
    world.rule("ann", usd(50));
    let more = ask(Party::Buyer);
    world.refuses(resolver("ann"), more, Rejection::RulingPending);
    world.buyer(reply());
}
