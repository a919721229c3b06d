//! More than the price: the buyer's, and sent back when asked for or when the deal is settled.

use domain::Units;
use domain::deal::{Actor, Command, LegId, LegState, Party, Rejection, State};
use domain::ledger::Account;

use crate::world::{World, cents, paid, person, usd};

fn with_surplus(surplus: Units) -> World {
    let mut world = World::new();
    world.give_refund_address();
    world.pays("a", usd(100)).pays("b", surplus);
    world.expect(State::Funded);
    world
}

#[test]
fn the_buyer_may_have_it_back_while_the_deal_goes_on() {
    let mut world = with_surplus(usd(7));
    world.refuses(person("seller"), Command::TakeSurplus, Rejection::BuyerOnly);
    world.buyer(Command::TakeSurplus).pay_out();
    world.expect(State::Funded);
    world.refuses(person("buyer"), Command::TakeSurplus, Rejection::NoSurplus);
    world.pays("c", usd(3)).ship().buyer(Command::TakeSurplus);
    let second = world.leg(&LegId::Surplus(2));
    assert_eq!(second.gross, usd(3), "each leg has its own name");
}

#[test]
fn settling_sends_what_is_left_of_it_with_the_rest() {
    let mut world = with_surplus(usd(7));
    world.ship().buyer(Command::Accept);
    let leg = world.leg(&LegId::Surplus(1));
    assert_eq!((leg.payee, leg.gross), (Party::Buyer, usd(7)));
    world.pay_out().expect(State::Released);
}

#[test]
fn the_deal_is_not_over_before_the_surplus_is() {
    let mut world = with_surplus(usd(7));
    world.ship().buyer(Command::Accept);
    let leg = LegId::Seller;
    world.approve(&leg).send(&leg).report(&leg, paid("x"));
    world.expect(State::Settling);
    world.pay_out().expect(State::Released);
}

#[test]
fn too_little_to_send_is_kept_for_the_buyer() {
    let mut world = with_surplus(cents(99));
    world.buyer(Command::TakeSurplus).expect(State::Funded);
    assert_eq!(world.leg(&LegId::Surplus(1)).state, LegState::Unclaimed);
    assert_eq!(world.balance(Account::Unclaimed), cents(99));
}

#[test]
fn nothing_is_sent_while_the_deal_is_disputed() {
    let mut world = with_surplus(usd(7));
    let leg = LegId::Surplus(1);
    world.buyer(Command::TakeSurplus).approve(&leg);
    world.open_dispute(Party::Seller);
    let send = Command::StartSending { leg: leg.clone() };
    world.refuses(Actor::System, send, Rejection::WrongState);
    world.seller(Command::WithdrawDispute).send(&leg);
}

#[test]
fn surplus_that_the_chain_takes_back_before_it_was_sent_hurts_nobody() {
    let mut world = with_surplus(usd(7));
    world.takes_back("b").expect(State::Funded);
    assert_eq!(world.balance(Account::Surplus), Units::ZERO);
    let mut planned = with_surplus(usd(7));
    planned.buyer(Command::TakeSurplus).takes_back("b");
    planned.expect(State::Funded);
    assert_eq!(planned.leg(&LegId::Surplus(1)).state, LegState::Void);
    planned.pays("b", usd(7)).buyer(Command::TakeSurplus);
    assert_eq!(planned.leg(&LegId::Surplus(2)).gross, usd(7));
}

#[test]
fn unsent_surplus_serves_the_price_when_a_deposit_is_gone() {
    let mut world = World::new();
    world.pays("a", usd(60)).pays("b", usd(60)).takes_back("b");
    world.expect(State::Suspended);
    assert_eq!(world.deal.held(), usd(60));
    let mut enough = with_surplus(usd(30));
    enough.pays("c", usd(30)).takes_back("c");
    enough.expect(State::Funded);
    assert_eq!(enough.balance(Account::Surplus), usd(30));
}

#[test]
fn surplus_that_was_sent_and_whose_deposit_is_gone_is_a_loss() {
    let mut world = with_surplus(usd(7));
    world.buyer(Command::TakeSurplus).pay_out();
    world.takes_back("b").expect(State::Loss);
    assert_eq!(world.balance(Account::Shortfall), usd(7));
    assert_eq!(world.deal.held(), usd(100), "the price is still held");
    world.pays("b", usd(7)).expect(State::Funded);
}

#[test]
fn other_unsent_surplus_makes_good_what_was_sent() {
    let mut world = with_surplus(usd(7));
    world
        .buyer(Command::TakeSurplus)
        .pay_out()
        .pays("c", usd(9));
    world.takes_back("b").expect(State::Funded);
    assert_eq!(world.balance(Account::Surplus), usd(2));
}
