//! Appeals: one per deal, another resolver, the first outcome stands when nobody rules.

use domain::deal::{Actor, Command, DeadlineKind as D, Party, Rejection, State, Tier};
use domain::{Span, Units};

use crate::world::{MS, World, appeal, person, resolver, usd, user};

fn appealed() -> World {
    let mut world = World::ruled();
    world.buyer(appeal()).expect(State::Disputed);
    world
}

#[test]
fn either_party_may_appeal_within_48_hours() {
    for party in [Party::Buyer, Party::Seller] {
        let mut world = World::ruled();
        world.wait_until_just_before(D::Appeal);
        world.party(party, appeal()).expect(State::Disputed);
        assert_eq!(world.deal.dispute().unwrap().tier, Tier::Second);
        assert_eq!(world.left(D::Ruling), Span::days(14));
    }
    let mut late = World::ruled();
    late.now = late.deal.clocks.at(&D::Appeal).unwrap();
    late.refuses(person("buyer"), appeal(), Rejection::WrongState);
}

#[test]
fn another_resolver_judges_the_appeal() {
    let mut world = appealed();
    let same = Command::DrawResolver {
        resolver: user("ann"),
    };
    world.refuses(Actor::System, same, Rejection::CannotBeDrawn);
    let ruling = world.ruling(usd(10));
    world.refuses(resolver("ann"), ruling, Rejection::NotAssigned);
    world.draw("ben").rule("ben", usd(10));
    world.expect(State::Settling);
    assert_eq!(world.deal.settlement.unwrap().buyer, usd(10));
}

#[test]
fn nobody_rules_on_the_appeal_and_the_first_outcome_stands() {
    let mut world = appealed();
    world.draw("ben").wait_until_just_before(D::Ruling);
    world.expect(State::Disputed);
    world.wait(MS).expect(State::Settling);
    assert_eq!(world.deal.settlement.unwrap().buyer, usd(50));
}

#[test]
fn an_appeal_cannot_be_withdrawn_and_both_may_still_settle() {
    let mut world = appealed();
    world.refuses(
        person("buyer"),
        Command::WithdrawDispute,
        Rejection::CannotWithdraw,
    );
    world.propose(Party::Seller, domain::deal::Offer::Split { buyer: usd(70) });
    world.agree(Party::Buyer).expect(State::Settling);
}

#[test]
fn a_deal_can_be_appealed_once() {
    let mut world = appealed();
    world.takes_back("a").wait_for(D::Suspension);
    world.expect(State::Disputed);
    assert_eq!(
        world.deal.dispute().unwrap().tier,
        Tier::Second,
        "same tier"
    );
    world.refuses(person("seller"), appeal(), Rejection::WrongState);
}

#[test]
fn a_first_outcome_that_is_void_does_not_stand() {
    let mut world = appealed();
    world.takes_back("a").wait_for(D::Suspension);
    world.pays("b", usd(80)).wait_for(D::Ruling);
    world.expect(State::Settling);
    // The code was verified, so the evidence is for the seller.
    assert_eq!(world.deal.settlement.unwrap().buyer, Units::ZERO);
}

#[test]
fn each_tier_has_its_own_96_hours() {
    let mut world = World::disputed(State::Inspection);
    world.limits.ruling_alone = Units::ZERO;
    world.rule("ann", usd(50)).draw_approver("cid");
    world.wait(Span::hours(40));
    world.act(resolver("cid"), Command::ApproveRuling);
    world.buyer(appeal()).draw("ben").rule("ben", usd(60));
    assert_eq!(world.left(D::RulingPause), Span::hours(96));
    let first = Command::DrawApprover {
        approver: user("ann"),
    };
    world.refuses(Actor::System, first, Rejection::CannotBeDrawn);
}

#[test]
fn in_the_second_tier_too_the_clock_runs_on_after_96_hours() {
    let mut world = appealed();
    world.limits.ruling_alone = Units::ZERO;
    world.draw("ben").rule("ben", usd(60));
    world.wait_for(D::Approval).wait_for(D::Approval);
    world.rule("ben", usd(60)).expect(State::Disputed);
    assert!(!world.runs(D::RulingPause), "it is used up");
    world.wait_for(D::Ruling).expect(State::Settling);
    assert_eq!(world.deal.settlement.unwrap().buyer, usd(50));
}

#[test]
fn who_approved_the_first_ruling_has_no_part_in_the_second() {
    let mut world = World::disputed(State::Inspection);
    world.limits.ruling_alone = Units::ZERO;
    world.rule("ann", usd(50)).draw_approver("cid");
    world.act(resolver("cid"), Command::ApproveRuling);
    world.buyer(appeal()).expect(State::Disputed);
    let approver = user("cid");
    let as_resolver = Command::DrawResolver { resolver: approver };
    world.refuses(Actor::System, as_resolver, Rejection::CannotBeDrawn);
    world.draw("ben").rule("ben", usd(60));
    let as_approver = Command::DrawApprover { approver };
    world.refuses(Actor::System, as_approver, Rejection::CannotBeDrawn);
    world.draw_approver("dan");
}
