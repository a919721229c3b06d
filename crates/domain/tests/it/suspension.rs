//! The chain takes funding back: the deal waits a day for it.

use domain::deal::{
    Actor, Command, DeadlineKind as D, DisputeCategory, LegId, Offer, Party, Rejection, State, Tier,
};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{MS, World, appeal, person, resolver, usd};

/// In each state whose price is held.
fn all_that_hold() -> Vec<World> {
    let mut second = World::ruled();
    second.buyer(appeal());
    vec![
        World::funded(),
        World::shipped(),
        World::delivered(),
        World::disputed(State::InDelivery),
        World::ruled(),
        second,
    ]
}

#[test]
fn whole_again_by_any_deposit_it_goes_on_where_it_was() {
    for mut world in all_that_hold() {
        let from = world.deal.state;
        world.takes_back("a").expect(State::Suspended);
        world.pays("b", usd(60)).expect(State::Suspended);
        world.pays("c", usd(50)).expect(from);
        assert_eq!(world.deal.held(), usd(100));
        assert_eq!(world.balance(Account::Surplus), usd(10));
        let soonest = world.deal.next_at().unwrap();
        assert!(soonest >= world.now.plus(Span::hours(24)), "{from:?}");
    }
}

#[test]
fn a_part_that_comes_back_neither_ends_the_suspension_nor_prolongs_it() {
    for mut world in all_that_hold() {
        world.takes_back("a").wait(Span::hours(5));
        world.pays("b", usd(60)).expect(State::Suspended);
        assert_eq!(world.left(D::Suspension), Span::hours(19));
    }
}

#[test]
fn the_suspension_lasts_24_hours_and_its_clock_never_freezes() {
    let mut world = World::funded();
    world.hold("joe").takes_back("a");
    assert_eq!(world.left(D::Suspension), Span::hours(24));
    world.wait_until_just_before(D::Suspension);
    world.expect(State::Suspended);
    world.wait(MS).expect(State::AwaitingPayment);
}

#[test]
fn gone_from_funded_is_as_before_funding() {
    let mut nothing = World::funded();
    nothing.takes_back("a").wait_for(D::Suspension);
    nothing.expect(State::AwaitingPayment);
    assert_eq!(nothing.left(D::Quote), Span::minutes(60));
    let mut part = World::new();
    part.pays("a", usd(60)).pays("b", usd(40)).takes_back("b");
    part.wait_for(D::Suspension).expect(State::Underpaid);
    assert_eq!(part.left(D::TopUp), Span::hours(24));
    part.pays("c", usd(40)).expect(State::Funded);
    assert_eq!(part.left(D::ShipBy), Span::days(7), "counted anew");
}

#[test]
fn gone_from_delivery_or_inspection_is_a_dispute_about_lost_funding() {
    for mut world in [World::shipped(), World::delivered()] {
        let from = world.deal.state;
        world.takes_back("a").wait_for(D::Suspension);
        world.expect(State::Disputed);
        let case = world.deal.dispute().unwrap();
        assert_eq!(case.category, DisputeCategory::FundingLost);
        assert_eq!(case.opened_in, from);
        for name in ["buyer", "seller"] {
            world.refuses(
                person(name),
                Command::WithdrawDispute,
                Rejection::CannotWithdraw,
            );
        }
    }
}

#[test]
fn gone_from_a_dispute_or_a_ruling_is_the_same_tier_with_rulings_void() {
    let mut second = World::ruled();
    second.buyer(appeal());
    for (mut world, tier) in [
        (World::disputed(State::InDelivery), Tier::First),
        (World::ruled(), Tier::First),
        (second, Tier::Second),
    ] {
        world.takes_back("a").wait_for(D::Suspension);
        world.expect(State::Disputed);
        let case = world.deal.dispute().unwrap();
        assert_eq!(case.tier, tier);
        assert!(case.ruling.is_none() && case.first_ruling.is_none());
    }
}

#[test]
fn gone_from_settling_is_a_loss() {
    let mut world = World::settling();
    world.takes_back("a").expect(State::Suspended);
    assert_eq!(world.balance(Account::Shortfall), usd(100));
    world.wait_for(D::Suspension).expect(State::Loss);
    world.pays("b", usd(100)).expect(State::Settling);
    world.pay_out().expect(State::Released);
}

#[test]
fn money_that_arrives_while_settling_is_suspended_makes_it_good_and_the_rest_is_late() {
    let mut world = World::settling();
    world.takes_back("a").pays("b", usd(40));
    world.expect(State::Suspended);
    world.pays("c", usd(80)).expect(State::Settling);
    let late = LegId::late(&crate::world::deposit("c"), 1);
    assert_eq!(world.leg(&late).gross, usd(20));
}

#[test]
fn settling_with_a_leg_on_its_way_is_a_loss_at_once() {
    let leg = LegId::Seller;
    let mut world = World::settling();
    world.approve(&leg).send(&leg).takes_back("a");
    world.expect(State::Loss);
}

#[test]
fn nothing_is_sent_and_nobody_decides_while_suspended() {
    let mut world = World::settling();
    world.approve(&LegId::Seller).takes_back("a");
    let send = Command::StartSending { leg: LegId::Seller };
    world.refuses(Actor::System, send, Rejection::WrongState);
    for mut world in all_that_hold() {
        world.takes_back("a");
        for command in [Command::Accept, Command::Concede, Command::WithdrawDispute] {
            world.refuses(person("buyer"), command, Rejection::WrongState);
        }
    }
}

#[test]
fn what_was_proposed_lapses_with_the_suspension() {
    let mut world = World::shipped();
    world.propose(Party::Buyer, Offer::Split { buyer: usd(30) });
    let agreement = world.agreement();
    world.takes_back("a").pays("b", usd(100));
    world.refuses(person("seller"), agreement, Rejection::NoSuchProposal);
}

#[test]
fn after_a_suspension_in_inspection_the_buyer_is_reminded_anew() {
    let mut world = World::delivered();
    world.wait_for(D::Reminder).remind();
    world.takes_back("a").pays("a", usd(100));
    world.wait(Span::days(40)).expect(State::Inspection);
}

#[test]
fn a_ruling_stands_when_what_was_held_is_held_again_and_not_when_it_is_more() {
    for (comes, stands) in [(usd(60), true), (usd(100), false)] {
        let mut world = World::shipped();
        world.takes_back("a").wait_for(D::Suspension);
        world.pays("b", usd(60)).answer(Party::Buyer);
        world.answer(Party::Seller).draw("ann").rule("ann", usd(30));
        world.takes_back("b").expect(State::Suspended);
        world.pays("c", comes);
        if stands {
            world.expect(State::Ruled);
        } else {
            world.expect(State::Disputed);
            assert_eq!(world.deal.dispute().unwrap().ruling, None);
        }
    }
}

#[test]
fn what_was_seen_before_is_detected_when_the_funding_is_gone() {
    let mut world = World::new();
    world.sees("slow", usd(100)).pays("a", usd(100));
    world.takes_back("a").wait_for(D::Suspension);
    world.expect(State::Detected);
    world.pays("slow", usd(100)).expect(State::Funded);
}

#[test]
fn a_second_reversal_while_suspended_is_part_of_the_same_suspension() {
    let mut world = World::new();
    world.pays("a", usd(60)).pays("b", usd(40)).ship();
    world.takes_back("b").wait(Span::hours(20)).takes_back("a");
    assert_eq!(world.left(D::Suspension), Span::hours(4));
    assert_eq!(world.deal.held(), Units::ZERO);
    world.pays("b", usd(40)).expect(State::Suspended);
    world.pays("a", usd(60)).expect(State::InDelivery);
}

#[test]
fn a_proposed_ruling_outlives_a_suspension_when_the_money_comes_back() {
    let mut world = World::disputed(State::InDelivery);
    world.limits.ruling_alone = Units::ZERO;
    world.rule("ann", usd(50)).draw_approver("cid");
    world.takes_back("a").expect(State::Suspended);
    world.refuses(
        resolver("cid"),
        Command::ApproveRuling,
        Rejection::WrongState,
    );
    let mut lost = world.clone();
    world.wait(Span::hours(20)).pays("a", usd(100));
    world.expect(State::Disputed);
    assert!(world.left(D::Approval) >= Span::hours(24));
    assert!(!world.runs(D::Ruling), "the proposal stops it still");
    world.act(resolver("cid"), Command::ApproveRuling);
    world.expect(State::Ruled);

    lost.wait_for(D::Suspension).expect(State::Disputed);
    assert_eq!(lost.deal.dispute().unwrap().proposed, None);
    assert!(lost.runs(D::Ruling));
}
