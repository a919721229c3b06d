//! Downtime, order of timers, many of them at once.

use domain::Span;
use domain::Timestamp;
use domain::deal::{Actor, Command, DeadlineKind as D, State};

use crate::world::{World, deposit, intent, usd};

fn down(from: Timestamp, until: Timestamp) -> Command {
    Command::Downtime { from, until }
}

#[test]
fn downtime_extends_every_running_deadline_before_timers_run() {
    let mut world = World::funded();
    let from = world.now.plus(Span::days(6));
    let until = from.plus(Span::days(2));
    world.now = until;
    world.system(down(from, until)).expect(State::Funded);
    assert_eq!(world.left(D::ShipBy), Span::days(1));
    assert_eq!(world.left(D::Delivery), Span::days(4));
    let extended = &world.deal.clocks.running()[0];
    assert_eq!(extended.downtime, Span::days(2), "and the page says so");
}

#[test]
fn a_gap_is_given_back_once_however_often_it_is_reported() {
    let mut world = World::funded();
    let from = world.now.plus(Span::hours(1));
    let until = from.plus(Span::hours(5));
    world.now = until;
    world.system(down(from, until));
    world.ignores(Actor::System, down(from, until));
    // A second node measured a longer gap: only what is new counts.
    world.now = until.plus(Span::hours(1));
    world.system(down(from, world.now));
    assert_eq!(world.left(D::ShipBy), Span::days(7).minus(Span::hours(1)));
}

#[test]
fn a_deadline_that_began_within_a_gap_gets_the_part_that_hurt_it() {
    let mut world = World::new();
    let from = world.now;
    world.now = from.plus(Span::minutes(30));
    world.pays("a", usd(100));
    let until = from.plus(Span::minutes(50));
    world.now = until;
    world.system(down(from, until));
    assert_eq!(world.left(D::ShipBy), Span::days(7));
}

#[test]
fn a_gap_in_the_future_or_before_the_deal_gives_nothing() {
    let mut world = World::funded();
    let opened = world.now;
    world.ignores(Actor::System, down(opened.minus(Span::hours(9)), opened));
    world.ignores(Actor::System, down(opened, opened.plus(Span::hours(9))));
}

#[test]
fn frozen_deadlines_need_nothing_back() {
    let mut world = World::funded();
    world.hold("joe");
    let from = world.now;
    world.now = from.plus(Span::days(1));
    world.system(down(from, world.now));
    assert_eq!(world.left(D::Hold), Span::days(7));
    world.lift();
    assert_eq!(world.left(D::ShipBy), Span::days(7));
}

#[test]
fn the_first_24_hours_of_an_underpayment_grow_with_the_downtime() {
    let mut world = World::new();
    world.pays("a", usd(40));
    let from = world.now;
    world.now = from.plus(Span::hours(30));
    world.system(down(from, world.now)).expect(State::Underpaid);
    assert_eq!(world.left(D::TopUp), Span::hours(24));
    world.takes_back("a").pays("b", usd(40));
    assert_eq!(world.left(D::TopUp), Span::hours(24));
}

#[test]
fn a_long_silence_lets_one_deadline_after_another_pass() {
    let mut world = World::shipped();
    world.wait_for(D::Delivery).wait(Span::days(14));
    world.expect(State::Ruled);
    assert_eq!(world.logged("answer_overdue"), 1);
    world.wait(Span::days(2)).expect(State::Settling);
}

#[test]
fn a_shipment_due_with_its_delivery_is_refunded_and_not_disputed() {
    let mut world = World::funded();
    world.wait(Span::days(60)).expect(State::Settling);
    assert_eq!(world.logged("dispute_opened"), 0);
}

#[test]
fn many_payees_may_miss_their_time_at_once() {
    let mut world = World::expired();
    for n in 0..45 {
        world.pays(&n.to_string(), usd(2));
    }
    world.wait(Span::days(90)).expect(State::Expired);
    assert_eq!(world.logged("leg_unclaimed"), 45);
    assert_eq!(world.deal.next_at(), None);
}

#[test]
fn a_clock_behind_the_last_event_does_not_turn_time_back() {
    let mut world = World::new();
    world.wait(Span::minutes(10)).sees("a", usd(100));
    world.now = world.now.minus(Span::minutes(1));
    world.drops("a");
    let times: Vec<_> = world.deal.events.iter().map(|event| event.at).collect();
    assert!(times.is_sorted());
}

#[test]
fn a_due_timer_is_kept_even_when_the_fact_that_found_it_changes_nothing() {
    let mut world = World::expired();
    let again = Command::DepositDropped { key: deposit("no") };
    world.ignores(Actor::System, again);
    let mut due = World::new();
    due.now = due.now.plus(Span::minutes(60));
    due.drops("nothing").expect(State::Expired);
}

#[test]
fn a_deposit_in_the_last_millisecond_is_in_time_and_at_the_instant_it_is_late() {
    let mut world = World::new();
    world.pays("a", usd(60)).wait_until_just_before(D::TopUp);
    let mut in_time = world.clone();
    in_time.pays("b", usd(40)).expect(State::Funded);
    world.now = world.deal.clocks.at(&D::TopUp).unwrap();
    world.system(Command::DepositConfirmed {
        key: deposit("b"),
        intent: intent(),
        units: usd(40),
    });
    world.expect(State::Settling);
}

#[test]
fn of_two_gaps_in_a_row_both_are_given_back_before_any_timer_runs() {
    let mut world = World::funded();
    let due = world.deal.clocks.at(&D::ShipBy).unwrap();
    let first = (due.minus(Span::hours(2)), due.plus(Span::hours(1)));
    let second = (due.plus(Span::hours(2)), due.plus(Span::hours(9)));
    world.now = second.1;
    for (from, until) in [first, second] {
        world.system(down(from, until)).expect(State::Funded);
    }
    world.system(Command::Tick).expect(State::Funded);
    assert_eq!(world.left(D::ShipBy), Span::hours(1));
}

#[test]
fn gaps_are_given_back_a_few_hundred_times_and_not_for_ever() {
    let mut world = World::funded();
    for _ in 0..400 {
        let from = world.now;
        world.now = from.plus(Span::minutes(11));
        world.system(down(from, world.now));
    }
    assert_eq!(world.logged("downtime_credited"), 300);
}
