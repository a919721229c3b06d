//! Opening a dispute, answering it, withdrawing it, settling it without a ruling.

use domain::deal::{
    Claim, Command, DeadlineKind as D, DisputeCategory, DisputeEnd, Offer, Outcome, Party,
    Rejection, SettledBy, State,
};
use domain::{Span, Units};

use crate::world::{MS, World, answer, claim, evidence, person, resolver, usd};

fn opening(claim: Claim) -> Command {
    Command::OpenDispute { claim }
}

#[test]
fn either_party_may_dispute_from_funding_to_inspection() {
    for mut world in [World::funded(), World::shipped(), World::delivered()] {
        let from = world.deal.state;
        for party in [Party::Buyer, Party::Seller] {
            let mut world = world.clone();
            world.open_dispute(party).expect(State::Disputed);
            assert_eq!(world.deal.dispute().unwrap().opened_in, from);
        }
        world.refuses(person("stranger"), opening(claim()), Rejection::NotYours);
    }
}

#[test]
fn a_dispute_freezes_every_clock_but_its_own() {
    for mut world in [World::funded(), World::shipped(), World::delivered()] {
        world.open_dispute(Party::Buyer);
        let running = world.deal.clocks.running().iter();
        let kinds: Vec<_> = running.map(|deadline| deadline.kind.clone()).collect();
        assert_eq!(kinds, [D::Answer, D::Ruling]);
        assert_eq!(world.left(D::Answer), Span::hours(72));
        assert_eq!(world.left(D::Ruling), Span::days(14));
    }
}

#[test]
fn each_party_can_open_two_and_the_second_cannot_be_withdrawn() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer);
    world
        .buyer(Command::WithdrawDispute)
        .expect(State::InDelivery);
    world.open_dispute(Party::Seller);
    world
        .seller(Command::WithdrawDispute)
        .expect(State::InDelivery);
    world.open_dispute(Party::Buyer);
    world.refuses(
        person("buyer"),
        Command::WithdrawDispute,
        Rejection::CannotWithdraw,
    );
}

#[test]
fn only_the_opener_withdraws() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer);
    world.refuses(
        person("seller"),
        Command::WithdrawDispute,
        Rejection::OtherPartyOnly,
    );
}

#[test]
fn after_a_withdrawal_every_deadline_is_at_least_a_day_away() {
    let mut world = World::funded();
    world.wait(Span::days(7).minus(Span::hours(1)));
    world.open_dispute(Party::Seller).wait(Span::days(3));
    world.seller(Command::WithdrawDispute).expect(State::Funded);
    assert_eq!(world.left(D::ShipBy), Span::hours(24));
    assert_eq!(
        world.left(D::Delivery),
        Span::days(3).plus(Span::hours(1)),
        "as it was left"
    );
    assert!(!world.runs(D::Answer) && !world.runs(D::Ruling));
}

#[test]
fn after_a_withdrawal_the_buyer_is_reminded_anew() {
    let mut world = World::delivered();
    world.wait_for(D::Reminder).remind().wait(Span::hours(20));
    world.open_dispute(Party::Buyer).wait(Span::days(1));
    world
        .buyer(Command::WithdrawDispute)
        .expect(State::Inspection);
    world.wait(Span::days(40)).expect(State::Inspection);
    world.remind().wait(Span::hours(24).minus(MS));
    world.expect(State::Inspection);
    world.wait(MS).expect(State::Settling);
}

#[test]
fn a_claim_asks_for_no_more_than_is_held_and_for_a_reason_a_person_can_have() {
    let mut world = World::shipped();
    let too_much = Claim {
        wanted: Some(usd(100).checked_add(Units::new(1)).unwrap()),
        ..claim()
    };
    world.refuses(person("buyer"), opening(too_much), Rejection::SplitTooLarge);
    for category in [
        DisputeCategory::FundingLost,
        DisputeCategory::DeliveryUnseen,
    ] {
        let claim = Claim {
            category,
            ..claim()
        };
        world.refuses(person("buyer"), opening(claim), Rejection::NotChoosable);
    }
    let all = Claim {
        wanted: Some(usd(100)),
        ..claim()
    };
    world.buyer(opening(all)).expect(State::Disputed);
}

#[test]
fn the_other_party_answers_once() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer);
    world.refuses(person("buyer"), answer(), Rejection::OtherPartyOnly);
    world.answer(Party::Seller);
    world.refuses(person("seller"), answer(), Rejection::AlreadyAnswered);
    assert!(!world.runs(D::Answer));
}

#[test]
fn nobody_rules_before_the_answer_or_its_72_hours() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer).draw("ann");
    world.wait_until_just_before(D::Answer);
    let ruling = world.ruling(usd(50));
    world.refuses(resolver("ann"), ruling.clone(), Rejection::AnswerFirst);
    let mut answered = world.clone();
    answered.answer(Party::Seller).rule("ann", usd(50));
    answered.expect(State::Ruled);
    world.now = world.now.plus(MS);
    world.rule("ann", usd(50)).expect(State::Ruled);
    assert_eq!(world.logged("answer_overdue"), 1);
}

#[test]
fn an_answer_after_its_time_is_still_heard() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer).wait_for(D::Answer);
    world.answer(Party::Seller).expect(State::Disputed);
    assert_eq!(world.deal.dispute().unwrap().answers.len(), 1);
}

#[test]
fn a_dispute_of_the_system_hears_both_before_anyone_rules() {
    let mut world = World::shipped();
    world.wait_for(D::Delivery).draw("ann");
    world.answer(Party::Seller);
    let ruling = world.ruling(usd(50));
    world.refuses(resolver("ann"), ruling, Rejection::AnswerFirst);
    world.refuses(person("seller"), answer(), Rejection::AlreadyAnswered);
    world.answer(Party::Buyer).rule("ann", usd(50));
    world.expect(State::Ruled);
}

#[test]
fn both_may_settle_a_dispute_by_themselves() {
    let mut world = World::disputed(State::Inspection);
    world.propose(Party::Seller, Offer::Split { buyer: usd(30) });
    world.agree(Party::Buyer).expect(State::Settling);
    let settlement = world.deal.settlement.unwrap();
    assert_eq!(
        (settlement.by, settlement.outcome),
        (SettledBy::Agreement, Outcome::Split)
    );
    assert_eq!(world.deal.disputes[0].closed, Some(DisputeEnd::Agreed));
}

#[test]
fn either_may_concede_in_full() {
    for (party, outcome) in [
        (Party::Buyer, Outcome::Release),
        (Party::Seller, Outcome::Refund),
    ] {
        for mut world in [
            World::shipped(),
            World::delivered(),
            World::disputed(State::Funded),
        ] {
            world.party(party, Command::Concede).expect(State::Settling);
            let settlement = world.deal.settlement.unwrap();
            assert_eq!(settlement.by, SettledBy::Concession);
            assert_eq!(settlement.outcome, outcome);
        }
    }
    let mut funded = World::funded();
    funded.refuses(person("buyer"), Command::Concede, Rejection::WrongState);
}

#[test]
fn a_dispute_that_has_less_than_the_price_cannot_go_back() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer).takes_back("a");
    world.wait_for(D::Suspension).expect(State::Disputed);
    world.refuses(
        person("buyer"),
        Command::WithdrawDispute,
        Rejection::CannotWithdraw,
    );
    world.pays("b", usd(100)).buyer(Command::WithdrawDispute);
    world.expect(State::InDelivery);
}

#[test]
fn nobody_accepts_ships_or_delivers_while_it_is_disputed() {
    let mut world = World::disputed(State::InDelivery);
    world.refuses(person("buyer"), Command::Accept, Rejection::WrongState);
    world.refuses(person("buyer"), Command::MakeCode, Rejection::WrongState);
    world.refuses(person("buyer"), Command::TakeSurplus, Rejection::WrongState);
    let right = world.right_code();
    world.refuses(person("seller"), right, Rejection::WrongState);
    world.refuses(
        person("seller"),
        Command::DeliverWithoutCode,
        Rejection::WrongState,
    );
    world.seller(evidence(1, None)).expect(State::Disputed);
}
