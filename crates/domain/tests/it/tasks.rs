//! Whom a deal waits for, and until when.

use domain::deal::{
    Command, DeadlineKind as D, LegFault, LegId, LegResult, Offer, Party, State, TaskKind as T,
};

use crate::world::{World, usd};

/// What each party is asked to do, and that the clock of the named deadline is the one shown.
#[track_caller]
fn check(world: &World, buyer: Option<(T, Option<D>)>, seller: Option<(T, Option<D>)>) {
    for (party, expected) in [(Party::Buyer, buyer), (Party::Seller, seller)] {
        let task = world.deal.task_of(party);
        assert_eq!(
            task.map(|task| task.kind),
            expected.clone().map(|(kind, _)| kind),
            "{party:?}"
        );
        let deadline = expected.and_then(|(_, deadline)| deadline);
        let by = deadline.map(|kind| world.deal.clocks.at(&kind).unwrap());
        assert_eq!(task.and_then(|task| task.by), by, "{party:?}");
    }
}

#[test]
fn each_step_waits_for_one_party() {
    let mut world = World::new();
    check(&world, Some((T::Pay, Some(D::Quote))), None);
    world.pays("part", usd(60)).expect(State::Underpaid);
    check(&world, Some((T::TopUp, Some(D::TopUp))), None);
    check(&World::funded(), None, Some((T::Ship, Some(D::ShipBy))));
    check(
        &World::shipped(),
        None,
        Some((T::HandOver, Some(D::Delivery))),
    );
    check(
        &World::delivered(),
        Some((T::Inspect, Some(D::Inspection))),
        None,
    );
    check(&World::settling(), None, None);
    check(&World::released(), None, None);
}

#[test]
fn a_payment_that_is_seen_waits_for_the_chain_alone() {
    let mut world = World::new();
    world.sees("all", usd(100)).expect(State::Detected);
    check(&world, None, None);
}

#[test]
fn nobody_is_asked_again_for_what_is_under_way() {
    let mut world = World::new();
    world.pays("part", usd(60)).sees("some", usd(39));
    check(&world, Some((T::TopUp, Some(D::TopUp))), None);
    world.sees("rest", usd(1));
    check(&world, None, None);
    world.drops("rest").expect(State::Underpaid);
    check(&world, Some((T::TopUp, Some(D::TopUp))), None);
}

#[test]
fn a_dispute_waits_for_the_answer_and_then_for_staff() {
    let answers = Some((T::AnswerDispute, Some(D::Answer)));
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer);
    check(&world, None, answers.clone());
    world.wait_for(D::Answer);
    check(&world, None, None);

    let mut world = World::shipped();
    world.open_dispute(Party::Seller);
    check(&world, answers, None);
    world.answer(Party::Buyer);
    check(&world, None, None);
}

#[test]
fn a_timers_dispute_waits_for_both() {
    let mut world = World::shipped();
    world.wait_for(D::Delivery).expect(State::Disputed);
    let answers = || Some((T::AnswerDispute, Some(D::Answer)));
    check(&world, answers(), answers());
    world.answer(Party::Seller);
    check(&world, answers(), None);
}

#[test]
fn a_ruling_is_read_by_both_while_it_can_be_appealed() {
    let world = World::ruled();
    let read = || Some((T::ReadRuling, Some(D::Appeal)));
    check(&world, read(), read());
}

#[test]
fn a_proposal_waits_for_the_other_party_unless_something_is_more_pressing() {
    let mut world = World::funded();
    world.propose(Party::Seller, Offer::Split { buyer: usd(30) });
    check(
        &world,
        Some((T::DecideProposal, None)),
        Some((T::Ship, Some(D::ShipBy))),
    );
    let mut world = World::delivered();
    world.propose(Party::Seller, Offer::Split { buyer: usd(30) });
    check(&world, Some((T::Inspect, Some(D::Inspection))), None);
}

#[test]
fn while_the_clocks_stand_a_task_has_no_deadline() {
    let mut world = World::funded();
    world.hold("ada");
    check(&world, None, Some((T::Ship, None)));
}

#[test]
fn a_payout_without_a_good_address_waits_for_its_payee() {
    let mut world = World::new();
    world.pays("all", usd(100)).expect(State::Funded);
    world.seller(Command::Decline).expect(State::Settling);
    let claim = D::Claim { leg: LegId::Buyer };
    check(&world, Some((T::GiveAddress, Some(claim.clone()))), None);
    world.wait_for(claim).expect(State::Refunded);
    check(&world, Some((T::ClaimPayout, None)), None);

    let mut world = World::settling();
    world.approve(&LegId::Seller).send(&LegId::Seller);
    world.report(&LegId::Seller, LegResult::Failed(LegFault::Address));
    let claim = D::Claim { leg: LegId::Seller };
    check(&world, None, Some((T::GiveAddress, Some(claim))));
}

#[test]
fn late_money_waits_for_the_consent_of_both() {
    let mut world = World::expired();
    check(&world, None, None);
    world.pays("late", usd(100));
    let decide = || Some((T::DecideLateMoney, Some(D::LateFunds)));
    check(&world, decide(), decide());
    world.seller(Command::AgreeToReopen);
    check(&world, decide(), None);
}
