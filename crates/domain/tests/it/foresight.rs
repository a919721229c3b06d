//! What happens if nobody acts: foreseen, and then exactly so.

use domain::deal::{
    Actor, Command, DeadlineKind as D, Deal, Foreseen, LegId, Outcome, Settlement, State,
    outcomes_if_nobody_acts,
};
use domain::{Span, Timestamp, Units};

use crate::fixtures;
use crate::world::{World, usd};

fn foreseen(world: &World) -> Vec<Foreseen> {
    outcomes_if_nobody_acts(&world.deal, world.now)
}

/// Kind of deadline, time from now, and where the deal then is.
fn in_short(world: &World) -> Vec<(D, Span, State)> {
    foreseen(world)
        .into_iter()
        .map(|step| (step.deadline, step.at.since(world.now), step.state))
        .collect()
}

/// The parts that a settlement fixed.
fn parts(settlement: Settlement) -> (Outcome, Units, Units) {
    (settlement.outcome, settlement.buyer, settlement.seller)
}

/// Lets time pass up to a moment, tick by tick as the jobs do, and nobody act.
fn pass_until(world: &mut World, end: Timestamp) {
    loop {
        if world.deal.waits_for_reminder() {
            world.remind();
        }
        match world.deal.next_at().map(|next| next.max(world.now)) {
            Some(next) if next <= end => {
                world.now = next;
                let before = world.deal.version;
                world.system(Command::Tick);
                if world.deal.version == before {
                    break;
                }
            }
            _ => break,
        }
    }
    world.now = end;
}

/// Follows what was foreseen, moment by moment, to its end.
pub(crate) fn assert_comes_true(world: &World) {
    let steps = foreseen(world);
    let mut world = world.clone();
    let was_settled = world.deal.settlement.is_some();
    for (index, step) in steps.iter().enumerate() {
        let is_last_then = steps.get(index + 1).is_none_or(|next| next.at > step.at);
        let moment_before = step.at.minus(Span::from_ms(1));
        if index == 0 && moment_before > world.now {
            let state = world.deal.state;
            pass_until(&mut world, moment_before);
            assert_eq!(world.deal.state, state, "nothing happens before");
        }
        if is_last_then {
            pass_until(&mut world, step.at);
            assert_eq!(world.deal.state, step.state, "{step:?} of {steps:?}");
            let settled = world.deal.settlement.filter(|_| !was_settled).map(parts);
            assert_eq!(settled, step.settles, "{step:?}");
        }
    }
}

#[test]
fn what_is_foreseen_is_exactly_what_happens() {
    for (_, start) in fixtures::starts() {
        assert_comes_true(&start);
    }
}

#[test]
fn every_deal_that_is_not_over_has_a_step_to_foresee_or_a_leg_on_its_way() {
    for (name, world) in fixtures::starts() {
        let deal: &Deal = &world.deal;
        let is_moving = deal.legs.iter().any(|leg| !leg.state.is_settled());
        let waits_for_operator = deal.state == State::Loss;
        assert!(
            deal.state.is_final()
                || waits_for_operator
                || is_moving
                || !foreseen(&world).is_empty(),
            "{name}"
        );
    }
}

#[test]
fn before_payment_the_quote_ends() {
    let steps = in_short(&World::new());
    assert_eq!(steps, [(D::Quote, Span::minutes(60), State::Expired)]);
}

#[test]
fn a_funded_deal_is_refunded_when_it_is_not_shipped() {
    let steps = foreseen(&World::funded());
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].deadline, D::ShipBy);
    assert_eq!(
        steps[0].settles,
        Some((Outcome::Refund, usd(100), Units::ZERO))
    );
}

#[test]
fn an_undelivered_deal_is_disputed_ruled_by_the_evidence_and_refunded() {
    let world = World::shipped();
    let steps = in_short(&world);
    let days = Span::days;
    assert_eq!(
        steps,
        [
            (D::Delivery, days(10), State::Disputed),
            (D::Answer, days(13), State::Disputed),
            (D::Ruling, days(24), State::Ruled),
            (D::Appeal, days(26), State::Settling),
        ]
    );
    let settles = foreseen(&world).last().unwrap().settles;
    assert_eq!(settles, Some((Outcome::Refund, usd(100), Units::ZERO)));
}

#[test]
fn an_inspection_ends_in_release_after_its_reminder() {
    let world = World::delivered();
    let steps = foreseen(&world);
    assert_eq!(
        in_short(&world),
        [(D::Inspection, Span::days(3), State::Settling)]
    );
    assert_eq!(
        steps[0].settles,
        Some((Outcome::Release, Units::ZERO, usd(99)))
    );
}

#[test]
fn an_inspection_whose_reminder_is_late_ends_a_day_after_it() {
    let mut world = World::delivered();
    world.wait(Span::days(9));
    assert_eq!(
        in_short(&world),
        [(D::Inspection, Span::days(1), State::Settling)]
    );
}

#[test]
fn a_held_deal_runs_again_when_the_hold_lapses() {
    let mut world = World::funded();
    world.hold("joe");
    assert_eq!(
        in_short(&world),
        [
            (D::Hold, Span::days(7), State::Funded),
            (D::ShipBy, Span::days(14), State::Settling),
        ]
    );
}

#[test]
fn a_suspended_deal_loses_its_funding_after_a_day() {
    let mut world = World::funded();
    world.takes_back("a");
    assert_eq!(
        in_short(&world),
        [
            (D::Suspension, Span::hours(24), State::AwaitingPayment),
            (D::Quote, Span::hours(25), State::Expired),
        ]
    );
}

#[test]
fn late_money_goes_back_after_72_hours() {
    let mut world = World::expired();
    world.pays("a", usd(100));
    let steps = in_short(&world);
    assert_eq!(steps[0], (D::LateFunds, Span::hours(72), State::Expired));
    assert!(
        matches!(steps[1].0, D::Claim { .. }),
        "then it waits for an address"
    );
}

#[test]
fn each_leg_that_waits_for_its_payee_is_foreseen_by_itself() {
    let mut world = World::new();
    world
        .pays("a", usd(100))
        .pays("b", usd(9))
        .seller(Command::Decline);
    let claim = |leg| D::Claim { leg };
    let days = Span::days(90);
    assert_eq!(
        in_short(&world),
        [
            (claim(LegId::Buyer), days, State::Settling),
            (claim(LegId::Surplus(1)), days, State::Refunded),
        ]
    );
}

#[test]
fn a_loss_waits_for_the_operator_alone() {
    let mut world = World::released();
    world.takes_back("a");
    assert_eq!(foreseen(&world), []);
    assert_eq!(world.deal.next_at(), None);
    world.act(Actor::System, Command::Tick).expect(State::Loss);
}
