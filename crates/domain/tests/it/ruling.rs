//! Rulings: by a resolver, approved by another, or by the evidence when nobody rules.

use domain::deal::{
    Actor, Command, DeadlineKind as D, DisputeEnd, Outcome, Party, Rejection, RuledBy, SettledBy,
    State,
};
use domain::{Bps, Span, Units};

use crate::world::{MS, World, admin, changes, person, plus, resolver, terms, usd, user};

/// A dispute above what a resolver rules alone, in which `ann` has proposed half to each.
fn proposed() -> World {
    let mut world = World::disputed(State::Inspection);
    world.limits.ruling_alone = usd(99);
    world.rule("ann", usd(50)).expect(State::Disputed);
    world
}

fn approved_by(world: &mut World, name: &str) {
    world.draw_approver(name);
    world.act(resolver(name), Command::ApproveRuling);
}

#[test]
fn only_the_resolver_who_was_drawn_rules() {
    let mut world = World::disputed(State::InDelivery);
    let ruling = world.ruling(usd(50));
    world.refuses(resolver("ben"), ruling.clone(), Rejection::NotAssigned);
    world.refuses(admin("joe"), ruling.clone(), Rejection::StaffOnly);
    world.refuses(person("buyer"), ruling.clone(), Rejection::StaffOnly);
    world.refuses(resolver("buyer"), ruling.clone(), Rejection::OwnDeal);
    world.act(resolver("ann"), ruling).expect(State::Ruled);
}

#[test]
fn a_party_cannot_be_drawn() {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer);
    for name in ["buyer", "seller"] {
        let draw = Command::DrawResolver {
            resolver: user(name),
        };
        world.refuses(Actor::System, draw, Rejection::CannotBeDrawn);
    }
    world.draw("ann").draw("ben");
    assert_eq!(world.deal.dispute().unwrap().resolver, Some(user("ben")));
}

#[test]
fn the_parts_and_the_fee_add_up_to_what_is_held() {
    let mut world = World::disputed(State::InDelivery);
    // 50 for the buyer leaves 50; 1 % of it is the fee.
    let rule = |buyer, seller| Command::Rule {
        buyer,
        seller,
        reasoning: String::new(),
    };
    let one = Units::new(1);
    let half_less_fee = usd(50).less(crate::world::cents(50));
    for (buyer, seller) in [
        (usd(50), usd(50)),
        (usd(50), plus(half_less_fee, one)),
        (usd(50), half_less_fee.less(one)),
        (plus(usd(100), one), Units::ZERO),
    ] {
        let ruling = rule(buyer, seller);
        world.refuses(resolver("ann"), ruling, Rejection::DoesNotAddUp);
    }
    world.act(resolver("ann"), rule(usd(50), half_less_fee));
    world.expect(State::Ruled);
}

#[test]
fn surplus_is_not_ruled_on() {
    let mut world = World::shipped();
    world.pays("b", usd(20)).open_dispute(Party::Buyer);
    world.answer(Party::Seller).draw("ann");
    let ruling = world.ruling(usd(100));
    world.act(resolver("ann"), ruling).wait_for(D::Appeal);
    world.expect(State::Settling);
    let owed = world.balance(domain::ledger::Account::Payable);
    assert_eq!(owed, usd(120));
}

#[test]
fn a_ruling_is_carried_out_after_48_hours_without_an_appeal() {
    let mut world = World::ruled();
    assert_eq!(world.left(D::Appeal), Span::hours(48));
    world.wait_until_just_before(D::Appeal).expect(State::Ruled);
    world.wait(MS).expect(State::Settling);
    let settlement = world.deal.settlement.unwrap();
    assert_eq!(settlement.by, SettledBy::Ruling);
    assert_eq!(settlement.outcome, Outcome::Split);
    assert_eq!(world.deal.disputes[0].closed, Some(DisputeEnd::Ruled));
}

#[test]
fn above_the_limit_another_person_approves() {
    let mut world = proposed();
    world.act(
        Actor::System,
        Command::DrawApprover {
            approver: user("ben"),
        },
    );
    world.refuses(
        resolver("ann"),
        Command::ApproveRuling,
        Rejection::NotAssigned,
    );
    world.refuses(
        resolver("cid"),
        Command::ApproveRuling,
        Rejection::NotAssigned,
    );
    world.act(resolver("ben"), Command::ApproveRuling);
    world.expect(State::Ruled);
    let ruling = world.deal.dispute().unwrap().ruling.clone().unwrap();
    assert_eq!(ruling.approved_by, Some(user("ben")));
}

#[test]
fn exactly_at_the_limit_a_resolver_rules_alone() {
    let mut world = World::disputed(State::Inspection);
    world.limits.ruling_alone = usd(100);
    world.rule("ann", usd(50)).expect(State::Ruled);
}

#[test]
fn the_resolver_the_parties_and_who_missed_it_cannot_approve() {
    let mut world = proposed();
    for name in ["ann", "buyer", "seller"] {
        let draw = Command::DrawApprover {
            approver: user(name),
        };
        world.refuses(Actor::System, draw, Rejection::CannotBeDrawn);
    }
    world.draw_approver("ben").wait_for(D::Approval);
    let again = Command::DrawApprover {
        approver: user("ben"),
    };
    world.refuses(Actor::System, again, Rejection::CannotBeDrawn);
    world.draw_approver("cid");
}

#[test]
fn while_a_ruling_waits_nobody_rules_draws_or_withdraws() {
    let mut world = proposed();
    let ruling = world.ruling(usd(40));
    world.refuses(resolver("ann"), ruling, Rejection::RulingPending);
    let draw = Command::DrawResolver {
        resolver: user("ben"),
    };
    world.refuses(Actor::System, draw, Rejection::RulingPending);
    world.refuses(
        person("buyer"),
        Command::WithdrawDispute,
        Rejection::CannotWithdraw,
    );
}

#[test]
fn a_proposed_ruling_stops_the_clock_for_96_hours_and_then_lapses() {
    let mut world = proposed();
    assert!(!world.runs(D::Ruling));
    let left = Span::days(14);
    world.draw_approver("ben");
    world
        .wait(Span::hours(48).minus(MS))
        .expect(State::Disputed);
    assert_eq!(world.logged("approval_overdue"), 0);
    world.wait(MS);
    assert_eq!(world.logged("approval_overdue"), 1);
    world.draw_approver("cid").wait(Span::hours(48));
    assert_eq!(world.logged("ruling_dropped"), 1);
    assert_eq!(world.left(D::Ruling), left, "it was stopped all the time");
    world.rule("ann", usd(50));
    assert!(world.runs(D::Ruling), "later proposals stop nothing");
    assert_eq!(world.left(D::Ruling), left);
    world.wait_for(D::Ruling).expect(State::Ruled);
    let ruling = world.deal.dispute().unwrap().ruling.clone().unwrap();
    assert_eq!(ruling.by, RuledBy::Evidence);
}

#[test]
fn what_a_refused_ruling_used_of_the_96_hours_is_used() {
    let mut world = proposed();
    world.draw_approver("ben").wait(Span::hours(40));
    world.act(resolver("ben"), Command::RejectRuling);
    world.rule("ann", usd(50)).draw_approver("ben");
    assert_eq!(world.left(D::RulingPause), Span::hours(56));
    world.wait(Span::hours(47));
    world.act(resolver("ben"), Command::RejectRuling);
    world.rule("ann", usd(50));
    assert_eq!(world.left(D::RulingPause), Span::hours(9));
    world.wait_for(D::RulingPause);
    assert!(world.runs(D::Ruling) && world.runs(D::Approval));
    world.draw_approver("ben");
    world.act(resolver("ben"), Command::ApproveRuling);
    world.expect(State::Ruled);
}

#[test]
fn what_an_approved_ruling_used_of_the_96_hours_is_used_when_it_is_void() {
    let mut world = World::shipped();
    world.takes_back("a").wait_for(D::Suspension);
    world.pays("b", usd(60)).expect(State::Disputed);
    world.limits.ruling_alone = Units::ZERO;
    world.answer(Party::Seller).answer(Party::Buyer).draw("ann");
    world.rule("ann", usd(30)).wait(Span::hours(40));
    approved_by(&mut world, "ben");
    world.expect(State::Ruled).pays("c", usd(40));
    world.expect(State::Disputed);
    world.rule("ann", usd(50));
    assert_eq!(world.left(D::RulingPause), Span::hours(56));
}

#[test]
fn nobody_rules_and_the_evidence_decides() {
    struct Case {
        opened_in: State,
        on_silence: Option<Bps>,
        verified_before: bool,
        buyer: Units,
    }
    let half = Bps::new(5_000);
    let case = |opened_in, on_silence, verified_before, buyer| Case {
        opened_in,
        on_silence,
        verified_before,
        buyer,
    };
    for case in [
        case(State::Funded, None, false, usd(100)),
        case(State::Funded, half, false, usd(100)),
        case(State::InDelivery, None, false, usd(100)),
        case(State::InDelivery, half, false, usd(50)),
        case(State::InDelivery, None, true, Units::ZERO),
        case(State::InDelivery, half, true, usd(50)),
        case(State::Inspection, None, true, Units::ZERO),
        case(State::Inspection, half, true, usd(50)),
    ] {
        let mut terms = terms();
        terms.buyer_on_silence = case.on_silence;
        let mut world = World::with(terms);
        world.pays("a", usd(100));
        if case.opened_in != State::Funded {
            world.ship();
        }
        if case.verified_before {
            world.buyer(Command::MakeCode).enter_right_code();
        }
        if case.verified_before && case.opened_in == State::InDelivery {
            world.buyer(changes());
        }
        world.expect(case.opened_in).open_dispute(Party::Buyer);
        world.wait_until_just_before(D::Ruling);
        world.expect(State::Disputed);
        world.wait(MS).expect(State::Ruled);
        let ruling = world.deal.dispute().unwrap().ruling.clone().unwrap();
        assert_eq!(ruling.by, RuledBy::Evidence);
        assert_eq!(ruling.buyer, case.buyer, "{:?}", case.opened_in);
        world.wait_for(D::Appeal).expect(State::Settling);
    }
}

#[test]
fn the_ruling_timer_goes_before_a_ruling_at_the_same_instant() {
    let mut world = World::disputed(State::InDelivery);
    let ruling = world.ruling(usd(10));
    world.now = world.deal.clocks.at(&D::Ruling).unwrap();
    world.refuses(resolver("ann"), ruling, Rejection::WrongState);
    world.wait(Span::ZERO).expect(State::Ruled);
}

#[test]
fn a_ruling_is_void_when_what_is_held_changes() {
    let mut world = World::shipped();
    world.takes_back("a").wait_for(D::Suspension);
    world.expect(State::Disputed);
    world.answer(Party::Seller).answer(Party::Buyer).draw("ann");
    world.rule("ann", Units::ZERO).expect(State::Ruled);
    world.pays("b", usd(60)).expect(State::Disputed);
    let case = world.deal.dispute().unwrap();
    assert_eq!(
        (case.ruling.as_ref(), case.tier),
        (None, domain::deal::Tier::First)
    );
    assert_eq!(world.left(D::Ruling), Span::days(14));
    world.rule("ann", usd(60)).expect(State::Ruled);
}

#[test]
fn surplus_that_arrives_does_not_void_a_ruling() {
    let mut world = World::ruled();
    world.pays("b", usd(5)).expect(State::Ruled);
    world.wait_for(D::Appeal).expect(State::Settling);
    assert_eq!(world.deal.settlement.unwrap().buyer, usd(50));
}

#[test]
fn nothing_is_held_and_a_ruling_still_ends_it() {
    let mut world = World::shipped();
    world.takes_back("a").wait_for(D::Suspension);
    world.wait_for(D::Ruling).wait_for(D::Appeal);
    world.expect(State::Refunded);
    assert_eq!(world.deal.legs, []);
}
