//! What was promised or paid has lost its funding.

use domain::deal::{
    Command, DeadlineKind as D, DepositState, LegId, LegState, Offer, Party, Rejection, State,
};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{World, admin, deposit, paid, person, plus, usd};

fn settle(cover: Units) -> Command {
    Command::SettleLoss { cover }
}

/// Split 40 to 60, the buyer's leg sent, then the deposit gone.
fn lost_half_way() -> World {
    let mut world = World::delivered();
    world.propose(Party::Seller, Offer::Split { buyer: usd(40) });
    world.agree(Party::Buyer);
    let leg = LegId::Buyer;
    world.approve(&leg).send(&leg).report(&leg, paid("x"));
    world.takes_back("a").expect(State::Loss);
    world
}

#[test]
fn settling_a_loss_takes_two_admins_who_say_the_same() {
    let mut world = lost_half_way();
    world.act(admin("joe"), settle(usd(100)));
    world.refuses(admin("joe"), settle(usd(100)), Rejection::AnotherAdmin);
    world.act(admin("kim"), settle(usd(90)));
    world.expect(State::Loss);
    world.refuses(admin("buyer"), settle(usd(90)), Rejection::OwnDeal);
    world.refuses(person("buyer"), settle(usd(90)), Rejection::StaffOnly);
    world.act(admin("joe"), settle(usd(90)));
    world.expect(State::Settling);
    assert_eq!(world.balance(Account::Covered), usd(90));
}

#[test]
fn the_operator_covers_a_part_and_unsent_legs_the_rest() {
    let mut world = lost_half_way();
    let owed = world.leg(&LegId::Seller).gross;
    world.settle_loss(usd(80)).expect(State::Settling);
    assert_eq!(world.leg(&LegId::Seller).gross, owed.less(usd(20)));
    world.pay_out().expect(State::Split);
}

#[test]
fn the_buyers_legs_are_cut_first() {
    let mut world = World::delivered();
    world
        .pays("b", usd(10))
        .propose(Party::Seller, Offer::Split { buyer: usd(40) });
    world.agree(Party::Buyer);
    world
        .takes_back("a")
        .wait_for(D::Suspension)
        .expect(State::Loss);
    // The unsent surplus served first: 90 are missing.
    assert_eq!(world.balance(Account::Shortfall), usd(90));
    world.settle_loss(usd(40)).expect(State::Settling);
    assert_eq!(world.leg(&LegId::Buyer).state, LegState::Void);
    let seller = world.deal.settlement.unwrap().seller;
    assert_eq!(world.leg(&LegId::Seller).gross, seller.less(usd(10)));
}

#[test]
fn what_cannot_be_cut_must_be_covered_and_no_more_than_was_lost() {
    let mut world = lost_half_way();
    let unsent = world.leg(&LegId::Seller).gross;
    let least = usd(100).less(unsent);
    let one = Units::new(1);
    world.refuses(
        admin("joe"),
        settle(least.less(one)),
        Rejection::CoverTooSmall,
    );
    world.refuses(
        admin("joe"),
        settle(plus(usd(100), one)),
        Rejection::CoverTooLarge,
    );
    world.settle_loss(least).expect(State::Split);
    assert_eq!(world.leg(&LegId::Seller).state, LegState::Void);
}

#[test]
fn late_legs_are_never_cut() {
    let mut world = World::settling();
    world.pays("late", usd(500)).takes_back("a");
    world.wait_for(D::Suspension).expect(State::Loss);
    world.refuses(admin("joe"), settle(Units::ZERO), Rejection::CoverTooSmall);
    world.settle_loss(usd(1)).expect(State::Released);
    let late = LegId::late(&deposit("late"), 1);
    assert_eq!(world.leg(&late).gross, usd(500));
}

#[test]
fn a_cut_that_leaves_too_little_to_send_leaves_it_unclaimed() {
    let mut world = World::settling();
    world.takes_back("a").wait_for(D::Suspension);
    let cut = usd(99).less(Units::new(1));
    world
        .settle_loss(usd(100).less(cut))
        .expect(State::Released);
    assert_eq!(world.leg(&LegId::Seller).state, LegState::Unclaimed);
    assert_eq!(world.balance(Account::Unclaimed), Units::new(1));
}

#[test]
fn money_that_comes_back_ends_the_loss_where_it_was() {
    let mut world = World::released();
    world.takes_back("a").expect(State::Loss);
    world.pays("a", usd(100)).expect(State::Released);
    world
        .takes_back("a")
        .pays("b", usd(100))
        .expect(State::Released);
}

#[test]
fn after_a_loss_was_settled_what_comes_back_is_for_the_rescue_desk() {
    let mut world = World::released();
    world.takes_back("a").settle_loss(usd(100));
    world.expect(State::Released).pays("a", usd(100));
    world.expect(State::Released);
    let state = world.deal.deposit(&deposit("a")).unwrap().state;
    assert_eq!(state, DepositState::Rescue);
    assert_eq!(world.balance(Account::Received), Units::ZERO);
    world.takes_back("a").expect(State::Released);
}

#[test]
fn a_deposit_that_was_gone_before_the_loss_is_no_rescue_case() {
    let mut world = World::new();
    world.give_refund_address();
    world.pays("early", usd(5)).takes_back("early");
    world
        .pays("a", usd(100))
        .ship()
        .buyer(Command::Accept)
        .pay_out();
    world.takes_back("a").settle_loss(usd(100));
    world.pays("early", usd(5)).expect(State::Released);
    let late = LegId::late(&deposit("early"), 1);
    assert_eq!(world.leg(&late).gross, usd(5));
}

#[test]
fn a_key_turned_for_an_earlier_loss_opens_nothing() {
    let mut world = World::released();
    world.takes_back("a").act(admin("joe"), settle(usd(100)));
    world.pays("a", usd(100)).takes_back("a");
    world.act(admin("kim"), settle(usd(100)));
    world.expect(State::Loss);
}

#[test]
fn a_key_turned_before_the_loss_grew_opens_nothing() {
    let mut world = World::new();
    world.pays("a", usd(60)).pays("b", usd(40)).ship();
    world.buyer(Command::Accept).pay_out().takes_back("a");
    world.act(admin("joe"), settle(usd(60))).takes_back("b");
    world.refuses(admin("kim"), settle(usd(60)), Rejection::CoverTooSmall);
    world
        .act(admin("kim"), settle(usd(100)))
        .expect(State::Loss);
}

#[test]
fn a_leg_on_its_way_may_arrive_during_a_loss() {
    let leg = LegId::Seller;
    let mut world = World::settling();
    world.approve(&leg).send(&leg).takes_back("a");
    world.report(&leg, paid("x")).expect(State::Loss);
    world.settle_loss(usd(100)).expect(State::Released);
}

/// Surplus of "b" was sent; then it is gone with the part of the price that it served.
fn lost_with_the_price() -> World {
    let mut world = World::new();
    world.give_refund_address();
    world
        .pays("a", usd(60))
        .pays("b", usd(45))
        .expect(State::Funded);
    world.buyer(Command::TakeSurplus).pay_out();
    world.takes_back("b").expect(State::Loss);
    assert_eq!(world.balance(Account::Shortfall), usd(5));
    assert_eq!(world.deal.held(), usd(60));
    world
}

#[test]
fn a_loss_that_is_made_good_leaves_a_suspension_while_the_price_is_not_whole() {
    let mut world = lost_with_the_price();
    world.pays("c", usd(5)).expect(State::Suspended);
    world.pays("d", usd(40)).expect(State::Funded);
    let mut gone = lost_with_the_price();
    gone.settle_loss(usd(5)).expect(State::Suspended);
    gone.wait_for(D::Suspension).expect(State::Underpaid);
}

#[test]
fn a_loss_before_funding_ends_where_its_sum_belongs() {
    for (comes, state) in [
        (usd(5), State::AwaitingPayment),
        (usd(50), State::Underpaid),
        (usd(105), State::Funded),
    ] {
        let mut world = World::new();
        world.give_refund_address();
        world.pays("a", usd(100)).pays("b", usd(5));
        world.buyer(Command::TakeSurplus).pay_out().takes_back("a");
        world.wait_for(D::Suspension).expect(State::AwaitingPayment);
        world.takes_back("b").expect(State::Loss);
        world.pays("c", comes).expect(state);
    }
}

#[test]
fn a_loss_freezes_every_clock_and_lasts_until_somebody_acts() {
    let mut world = lost_with_the_price();
    assert_eq!(world.deal.next_at(), None);
    world.wait(Span::days(1_000)).expect(State::Loss);
    let command = Command::SetRefundAddress {
        destination: crate::world::address('c'),
    };
    world.buyer(command);
    world.refuses(person("buyer"), Command::Accept, Rejection::WrongState);
}

#[test]
fn a_ruling_does_not_survive_a_loss_that_changes_what_is_held() {
    let mut world = World::new();
    world.give_refund_address();
    world.pays("a", usd(60)).pays("b", usd(45)).ship();
    world.buyer(Command::TakeSurplus).pay_out();
    world.open_dispute(Party::Buyer).answer(Party::Seller);
    world.draw("ann").rule("ann", usd(50)).takes_back("b");
    world.expect(State::Loss).settle_loss(usd(5));
    world.expect(State::Suspended).wait_for(D::Suspension);
    world.expect(State::Disputed);
    assert_eq!(world.deal.dispute().unwrap().ruling, None);
    assert_eq!(world.deal.held(), usd(60));
}

#[test]
fn a_loss_is_found_from_every_state_that_can_have_one() {
    let sent_surplus = |mut world: World| {
        world.pays("b", usd(5)).buyer(Command::TakeSurplus);
        let leg = LegId::Surplus(1);
        world.approve(&leg).send(&leg).report(&leg, paid("x"));
        world
    };
    let mut disputed = sent_surplus(World::shipped());
    disputed.open_dispute(Party::Buyer);
    let mut ruled = disputed.clone();
    ruled.answer(Party::Seller).draw("ann").rule("ann", usd(1));
    let mut settling = sent_surplus(World::delivered());
    settling.buyer(Command::Accept);
    let mut released = settling.clone();
    released.pay_out();
    let mut suspended = sent_surplus(World::funded());
    suspended.takes_back("a").expect(State::Suspended);
    for mut world in [
        sent_surplus(World::funded()),
        sent_surplus(World::shipped()),
        sent_surplus(World::delivered()),
        disputed,
        ruled,
        settling,
        released,
        suspended,
    ] {
        let from = world.deal.underlying_state();
        world.takes_back("b").expect(State::Loss);
        assert_eq!(world.deal.underlying_state(), from);
        let mut settled = world.clone();
        settled.settle_loss(usd(5));
        assert_ne!(settled.deal.state, State::Loss);
        world.pays("b", usd(5));
        assert_ne!(world.deal.state, State::Loss);
    }
}
