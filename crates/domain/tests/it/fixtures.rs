//! A deal in every state, and in the ways of being in it that make a difference.

use domain::deal::{Command, DeadlineKind as D, LegFault, LegId, LegResult, Offer, Party, State};
use domain::{Bps, Span};

use crate::world::{World, appeal, cents, changes, paid, plus, resolver, terms, usd};

/// A name and how it comes about.
pub(crate) struct Fixture {
    pub(crate) name: &'static str,
    pub(crate) world: World,
}

fn fixture(name: &'static str, world: World) -> Fixture {
    Fixture { name, world }
}

/// Where exploring begins.
pub(crate) fn starts() -> Vec<(&'static str, World)> {
    let fixtures = all().into_iter().chain(other_terms());
    fixtures
        .map(|fixture| (fixture.name, fixture.world))
        .collect()
}

/// At least one for each state.
#[track_caller]
pub(crate) fn all() -> Vec<Fixture> {
    let mut all = before_funding();
    all.extend(until_delivered());
    all.extend(disputes());
    all.extend(settled());
    all.extend(taken_back());
    for state in State::ALL {
        let mut worlds = all.iter().map(|fixture| fixture.world.deal.state);
        assert!(worlds.any(|it| it == state), "no fixture for {state:?}");
    }
    all
}

fn detected() -> World {
    let mut world = World::new();
    world.sees("a", usd(100)).expect(State::Detected);
    world
}

fn underpaid() -> World {
    let mut world = World::new();
    world.pays("a", usd(60)).expect(State::Underpaid);
    world
}

fn with_waiver() -> World {
    let mut world = underpaid();
    world.propose(Party::Buyer, Offer::Waiver { arrived: usd(60) });
    world
}

fn before_funding() -> Vec<Fixture> {
    vec![
        fixture("awaiting payment", World::new()),
        fixture("detected", detected()),
        fixture("underpaid", underpaid()),
        fixture("underpaid, waiver proposed", with_waiver()),
    ]
}

fn with_surplus() -> World {
    let mut world = World::funded();
    world.pays("b", usd(7)).expect(State::Funded);
    world
}

fn held(mut world: World) -> World {
    world.hold("joe");
    world
}

fn with_code() -> World {
    let mut world = World::shipped();
    world.buyer(Command::MakeCode);
    world.seller(crate::world::evidence(
        1,
        Some(domain::deal::EvidenceItem::PhotoOfParcel),
    ));
    world.wait(Span::hours(48)).expect(State::InDelivery);
    world
}

pub(crate) fn unconfirmed() -> World {
    let mut world = with_code();
    world.seller(Command::DeliverWithoutCode);
    world.expect(State::Inspection);
    world
}

fn until_delivered() -> Vec<Fixture> {
    vec![
        fixture("funded", World::funded()),
        fixture("funded, with surplus", with_surplus()),
        fixture("funded, held", held(World::funded())),
        fixture("in delivery", World::shipped()),
        fixture("in delivery, with code and proof", with_code()),
        fixture("inspection, confirmed", World::delivered()),
        fixture("inspection, unconfirmed", unconfirmed()),
        fixture("inspection, held", held(World::delivered())),
    ]
}

fn unanswered() -> World {
    let mut world = World::shipped();
    world.open_dispute(Party::Buyer).draw("ann");
    world
}

fn not_delivered() -> World {
    let mut world = World::shipped();
    world
        .wait_for(D::Delivery)
        .draw("ann")
        .expect(State::Disputed);
    world
}

/// `ann` proposed a ruling that `ben` is to approve.
pub(crate) fn proposed() -> World {
    let mut world = World::disputed(State::Inspection);
    world.limits.ruling_alone = usd(99);
    world.rule("ann", usd(50)).draw_approver("ben");
    world.expect(State::Disputed);
    world
}

fn split_proposed() -> World {
    let mut world = World::disputed(State::Inspection);
    world.propose(Party::Buyer, Offer::Split { buyer: usd(40) });
    world
}

/// Appealed; `ben` was drawn.
pub(crate) fn appealed() -> World {
    let mut world = World::ruled();
    world.buyer(appeal()).draw("ben").expect(State::Disputed);
    world
}

/// Ruled in the second tier only in passing: the last ruling settles at once.
fn ruled_with_approval() -> World {
    let mut world = proposed();
    world.act(resolver("ben"), Command::ApproveRuling);
    world.expect(State::Ruled);
    world
}

fn disputes() -> Vec<Fixture> {
    vec![
        fixture("disputed, not answered", unanswered()),
        fixture("disputed by the system", not_delivered()),
        fixture("disputed, answered", World::disputed(State::Inspection)),
        fixture("disputed, split proposed", split_proposed()),
        fixture("disputed, ruling proposed", proposed()),
        fixture("disputed, second tier", appealed()),
        fixture("disputed, held", held(World::disputed(State::Funded))),
        fixture("ruled", World::ruled()),
        fixture("ruled with approval", ruled_with_approval()),
    ]
}

/// Half to each: the buyer's leg blocked, the seller's unclear.
fn stuck_legs() -> World {
    let mut world = World::delivered();
    world.propose(Party::Seller, Offer::Split { buyer: usd(50) });
    world.agree(Party::Buyer);
    for (leg, result) in [
        (LegId::Buyer, LegResult::Failed(LegFault::Address)),
        (LegId::Seller, LegResult::Unclear),
    ] {
        world.approve(&leg).send(&leg).report(&leg, result);
    }
    world.expect(State::Settling);
    world
}

fn sending() -> World {
    let leg = LegId::Seller;
    let mut world = World::settling();
    world.approve(&leg).send(&leg).expect(State::Settling);
    world
}

/// Refunded to nobody: the buyer gave no address for 90 days.
fn unclaimed() -> World {
    let mut world = World::new();
    world.pays("a", usd(100)).seller(Command::Decline);
    world.wait(Span::days(90)).expect(State::Refunded);
    world
}

fn split() -> World {
    let mut world = World::funded();
    world.propose(Party::Seller, Offer::Split { buyer: usd(50) });
    world.agree(Party::Buyer).pay_out().expect(State::Split);
    world
}

fn cancelled() -> World {
    let mut world = World::new();
    world.buyer(Command::Cancel).expect(State::Cancelled);
    world
}

/// Expired, the price came late, and both want to go on.
pub(crate) fn late() -> World {
    let mut world = World::expired();
    world.pays("a", usd(100)).buyer(Command::AgreeToReopen);
    world.seller(Command::AgreeToReopen).expect(State::Expired);
    world
}

fn settled() -> Vec<Fixture> {
    vec![
        fixture("settling", World::settling()),
        fixture("settling, held", held(World::settling())),
        fixture("settling, sending", sending()),
        fixture("settling, legs blocked and unclear", stuck_legs()),
        fixture("released", World::released()),
        fixture("refunded, unclaimed", unclaimed()),
        fixture("split", split()),
        fixture("split, joined", World::joined()),
        fixture("expired", World::expired()),
        fixture("expired, late money", late()),
        fixture("cancelled", cancelled()),
    ]
}

fn suspended(mut world: World) -> World {
    world.takes_back("a").expect(State::Suspended);
    world
}

fn funding_lost() -> World {
    let mut world = suspended(World::shipped());
    world.wait_for(D::Suspension).expect(State::Disputed);
    world
}

fn lost() -> World {
    let mut world = sending();
    world.takes_back("a").expect(State::Loss);
    world
}

fn surplus_lost() -> World {
    let mut world = with_surplus();
    world.buyer(Command::TakeSurplus);
    let leg = LegId::Surplus(1);
    world.approve(&leg).send(&leg).report(&leg, paid("x"));
    world.takes_back("b").expect(State::Loss);
    world
}

fn taken_back() -> Vec<Fixture> {
    vec![
        fixture("suspended from funded", suspended(World::funded())),
        fixture("suspended from ruled", suspended(World::ruled())),
        fixture("suspended from settling", suspended(World::settling())),
        fixture("suspended, held", suspended(held(World::shipped()))),
        fixture("disputed, funding lost", funding_lost()),
        fixture("loss while settling", lost()),
        fixture("loss of surplus while funded", surplus_lost()),
    ]
}

/// The funding is lost, a part of it came back, and that part is ruled on.
fn ruled_on_a_part() -> World {
    let mut world = funding_lost();
    world.pays("b", usd(60)).answer(Party::Buyer);
    world.answer(Party::Seller).draw("ann").rule("ann", usd(30));
    world.expect(State::Ruled);
    world
}

/// More is held than one resolver rules on alone.
fn above_one_resolver() -> World {
    let mut world = World::disputed(State::Inspection);
    world.limits.ruling_alone = usd(99);
    world
}

fn extension_proposed() -> World {
    let mut world = World::shipped();
    let by = Span::days(2);
    world.propose(Party::Seller, Offer::Extension { by });
    world
}

/// Changes were asked for as often as they can be; it is on its way for the last time.
fn sent_back_twice() -> World {
    let mut world = World::delivered();
    world.buyer(changes());
    world.buyer(Command::MakeCode).enter_right_code();
    world.buyer(changes()).buyer(Command::MakeCode);
    world.expect(State::InDelivery);
    world
}

/// One ruled and another approved it; it was appealed, and a third proposes to a fourth.
fn second_ruling_proposed() -> World {
    let mut world = ruled_with_approval();
    world.buyer(appeal()).draw("cid").rule("cid", usd(40));
    world.draw_approver("dan").expect(State::Disputed);
    world
}

/// The gateway has failed so often that it is tried once a day.
fn failed_often() -> World {
    let leg = LegId::Seller;
    let mut world = World::settling();
    world.approve(&leg);
    for _ in 0..41 {
        let failed = LegResult::Failed(LegFault::Operator);
        world.wait(Span::hours(6)).send(&leg).report(&leg, failed);
    }
    world.expect(State::Settling);
    world
}

/// What chance would seldom come to by itself, and other terms to start from: a split on silence, a
/// price that takes two keys, the smallest price.
pub(crate) fn other_terms() -> Vec<Fixture> {
    let with = |change: fn(&mut domain::deal::Terms)| {
        let mut terms = terms();
        change(&mut terms);
        World::with(terms)
    };
    vec![
        fixture("ruled on a part", ruled_on_a_part()),
        fixture("disputed, above one resolver", above_one_resolver()),
        fixture("in delivery, extension proposed", extension_proposed()),
        fixture("in delivery, sent back twice", sent_back_twice()),
        fixture("disputed, second ruling proposed", second_ruling_proposed()),
        fixture("settling, failed often", failed_often()),
        fixture(
            "half on silence",
            with(|terms| terms.buyer_on_silence = Bps::new(5_000)),
        ),
        fixture("big", with(|terms| terms.price = usd(6_000))),
        fixture("small", with(|terms| terms.price = usd(5))),
        fixture("free", with(|terms| terms.fee_rate = Bps::ZERO)),
        fixture(
            "digital",
            with(|terms| {
                terms.periods.min_transit = Span::ZERO;
                terms.periods.ship_by = Span::hours(24);
                terms.price = plus(usd(33), cents(33));
            }),
        ),
    ]
}
