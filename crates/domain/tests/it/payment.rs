//! Before funding: the quote, what is seen, what is confirmed, waiving, withdrawing.

use domain::deal::{
    Actor, Command, DeadlineKind as D, DepositState, LegId, LegState, Offer, Party, Rejection,
    SettledBy, State,
};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{World, asset, cents, deposit, intent, person, plus, resolver, usd};

const ONE: Units = Units::new(1);

#[test]
fn a_transfer_below_the_minimum_deposit_is_not_seen() {
    let least = asset().min_deposit();
    let mut world = World::new();
    world
        .sees("dust", least.less(ONE))
        .expect(State::AwaitingPayment);
    assert_eq!(world.deal.deposits, []);
    world.sees("a", least).expect(State::Detected);
}

#[test]
fn what_is_seen_gives_no_right_and_freezes_the_quote() {
    let mut world = World::new();
    world.wait(Span::minutes(20)).sees("a", usd(100));
    world.expect(State::Detected);
    assert!(!world.runs(D::Quote));
    assert_eq!(world.deal.held(), Units::ZERO);
    world.wait(Span::hours(5)).expect(State::Detected);
    world.drops("a").expect(State::AwaitingPayment);
    assert_eq!(world.left(D::Quote), Span::minutes(40), "as it was left");
}

#[test]
fn detected_ends_when_the_last_transfer_that_was_seen_is_gone() {
    let mut world = World::new();
    world.sees("a", usd(60)).sees("b", usd(60));
    world.drops("a").expect(State::Detected);
    world.drops("b").expect(State::AwaitingPayment);
}

#[test]
fn a_transfer_that_the_chain_takes_back_unconfirmed_is_dropped() {
    let mut world = World::new();
    world.sees("a", usd(100)).takes_back("a");
    world.expect(State::AwaitingPayment);
    let state = world.deal.deposit(&deposit("a")).unwrap().state;
    assert_eq!(state, DepositState::Dropped);
}

#[test]
fn all_stays_in_detected_share_24_hours() {
    let mut world = World::new();
    world.sees("a", usd(100)).wait(Span::hours(10)).drops("a");
    world.sees("b", usd(100));
    assert_eq!(world.left(D::Detected), Span::hours(14));
    world.wait_until_just_before(D::Detected);
    world.expect(State::Detected);
    world.wait_for(D::Detected).expect(State::AwaitingPayment);
    world.sees("c", usd(100)).expect(State::AwaitingPayment);
    world.pays("b", usd(100)).expect(State::Funded);
}

#[test]
fn detected_ends_after_24_hours_however_many_transfers_are_under_way() {
    let mut world = World::new();
    for name in ["a", "b", "c", "d"] {
        world.sees(name, usd(100)).wait(Span::hours(1));
    }
    world.wait(Span::hours(20)).expect(State::AwaitingPayment);
}

#[test]
fn the_quote_ends_after_60_minutes_and_a_last_look_at_the_address() {
    let mut world = World::new();
    let end = world.now.plus(Span::minutes(60));
    world.wait_until_just_before(D::Quote);
    world.expect(State::AwaitingPayment);
    world.address_read_at = Some(world.now);
    world.wait_for(D::Quote).expect(State::AwaitingPayment);
    world.wait(Span::hours(3)).expect(State::AwaitingPayment);
    world.address_read_at = Some(end);
    world.system(Command::Tick).expect(State::Expired);
}

#[test]
fn money_found_by_the_last_look_is_in_time() {
    let mut world = World::new();
    world.address_read_at = Some(world.now);
    world.wait(Span::minutes(61)).pays("a", usd(100));
    world.expect(State::Funded);
}

#[test]
fn the_timer_goes_before_a_command_at_the_same_instant() {
    let mut world = World::new();
    world.now = world.now.plus(Span::minutes(60));
    world.refuses(person("buyer"), Command::Cancel, Rejection::WrongState);
    world.pays("a", usd(100)).expect(State::Expired);
    assert_eq!(world.balance(Account::Late), usd(100));
}

#[test]
fn either_party_may_cancel_while_nothing_was_seen() {
    for party in [Party::Buyer, Party::Seller] {
        let mut world = World::new();
        world.party(party, Command::Cancel).expect(State::Cancelled);
        assert_eq!(world.deal.next_at(), None);
    }
    let mut seen = World::new();
    seen.sees("a", usd(100));
    seen.refuses(person("buyer"), Command::Cancel, Rejection::WrongState);
}

#[test]
fn one_unit_decides_between_underpaid_funded_and_surplus() {
    let due = usd(100);
    for (arrives, state, surplus) in [
        (due.less(ONE), State::Underpaid, Units::ZERO),
        (due, State::Funded, Units::ZERO),
        (plus(due, ONE), State::Funded, ONE),
    ] {
        let mut world = World::new();
        world.pays("a", arrives).expect(state);
        assert_eq!(world.balance(Account::Surplus), surplus);
        assert_eq!(world.deal.held(), arrives.min(due));
    }
}

#[test]
fn a_deposit_is_credited_once_however_often_it_is_reported() {
    let mut world = World::new();
    world.sees("a", usd(60)).pays("a", usd(60));
    let again = Command::DepositConfirmed {
        key: deposit("a"),
        intent: intent(),
        units: usd(60),
    };
    world.ignores(Actor::System, again);
    world.sees("a", usd(60)).expect(State::Underpaid);
    assert_eq!(world.balance(Account::Received), usd(60));
}

#[test]
fn confirmed_before_it_was_seen_is_credited_all_the_same() {
    let mut world = World::new();
    world.pays("a", usd(100)).sees("a", usd(100)).drops("a");
    world.expect(State::Funded);
}

#[test]
fn dropped_and_then_confirmed_after_all_is_credited() {
    let mut world = World::new();
    world.sees("a", usd(100)).drops("a").pays("a", usd(100));
    world.expect(State::Funded);
}

#[test]
fn nothing_is_made_of_a_transfer_of_nothing() {
    let mut world = World::new();
    world.pays("a", Units::ZERO).expect(State::AwaitingPayment);
    assert_eq!(world.deal.deposits, []);
}

#[test]
fn an_underpaid_deal_waits_24_hours_from_the_first_payment() {
    let mut world = World::new();
    world.pays("a", usd(40)).wait(Span::hours(20));
    world.pays("b", usd(40));
    assert_eq!(world.left(D::TopUp), Span::hours(4));
    world.wait_until_just_before(D::TopUp);
    world.expect(State::Underpaid);
    world.wait_for(D::TopUp).expect(State::Settling);
    let settlement = world.deal.settlement.unwrap();
    assert_eq!(settlement.by, SettledBy::NotPaidInFull);
    assert_eq!(
        (settlement.buyer, settlement.fee),
        (usd(80), Units::ZERO),
        "no fee on a refund"
    );
}

#[test]
fn a_top_up_that_is_seen_extends_the_24_hours_once() {
    let mut world = World::new();
    world.pays("a", usd(40)).wait(Span::hours(20));
    world.sees("b", usd(10));
    assert_eq!(world.left(D::TopUp), Span::hours(28));
    world.wait(Span::hours(27)).sees("c", usd(10));
    assert_eq!(world.left(D::TopUp), Span::hours(1));
}

#[test]
fn a_confirmed_deposit_that_is_gone_is_summed_anew() {
    let mut world = World::new();
    world.pays("a", usd(40)).pays("b", usd(40));
    world.wait(Span::hours(5)).takes_back("b");
    world.expect(State::Underpaid);
    assert_eq!(world.deal.held(), usd(40));
    world.takes_back("a").expect(State::AwaitingPayment);
    assert_eq!(world.left(D::Quote), Span::minutes(60), "the quote is new");
    world.wait(Span::minutes(30)).pays("c", usd(40));
    assert_eq!(
        world.left(D::TopUp),
        Span::minutes(19 * 60 - 30),
        "24 hours from the first entry"
    );
}

#[test]
fn a_transfer_still_under_way_is_detected_when_all_that_was_confirmed_is_gone() {
    let mut world = World::new();
    world.pays("a", usd(40)).sees("b", usd(60)).takes_back("a");
    world.expect(State::Detected);
    assert!(!world.runs(D::Quote));
}

#[test]
fn the_buyer_may_take_an_incomplete_payment_back() {
    let mut world = World::new();
    world.give_refund_address();
    world.pays("a", usd(99));
    world.refuses(
        person("seller"),
        Command::WithdrawPayment,
        Rejection::BuyerOnly,
    );
    world.buyer(Command::WithdrawPayment).pay_out();
    world.expect(State::Refunded);
    let refunded = usd(99).less(asset().network_fee());
    assert_eq!(world.balance(Account::Refunded), refunded);
    assert_eq!(world.balance(Account::Fees), Units::ZERO);
}

#[test]
fn waiving_takes_both_and_makes_what_arrived_the_price() {
    let mut world = World::new();
    world.pays("a", usd(60));
    world.propose(Party::Buyer, Offer::Waiver { arrived: usd(60) });
    let own = world.agreement();
    world.refuses(person("buyer"), own, Rejection::OtherPartyOnly);
    world.agree(Party::Seller).expect(State::Funded);
    assert_eq!((world.deal.price, world.deal.held()), (usd(60), usd(60)));
    world.pays("b", usd(40)).expect(State::Funded);
    assert_eq!(world.balance(Account::Surplus), usd(40));
}

#[test]
fn a_waiver_that_names_another_sum_than_arrived_is_refused() {
    let mut world = World::new();
    world.pays("a", usd(60));
    let off = Command::Propose {
        offer: Offer::Waiver { arrived: usd(61) },
    };
    world.refuses(person("seller"), off, Rejection::SumChanged);
    world.propose(Party::Buyer, Offer::Waiver { arrived: usd(60) });
    world.pays("b", usd(1));
    let agreement = world.agreement();
    world.refuses(person("seller"), agreement, Rejection::SumChanged);
}

#[test]
fn a_waived_price_stays_above_the_fee_and_the_minimum_payout() {
    // 1 % of 1.01 is 0.0101, which leaves 0.9999: below the smallest payout of 1.00.
    for (arrives, possible) in [(cents(101), false), (cents(102), true)] {
        let mut world = World::new();
        world.pays("a", arrives);
        let offer = Offer::Waiver { arrived: arrives };
        if possible {
            world.propose(Party::Buyer, offer).agree(Party::Seller);
            world.expect(State::Funded);
        } else {
            let refused = Command::Propose { offer };
            world.refuses(person("buyer"), refused, Rejection::PriceTooLow);
        }
    }
}

#[test]
fn a_waived_price_stands_when_its_deposit_is_gone_and_comes_back() {
    let mut world = World::new();
    world.pays("a", usd(60));
    world.propose(Party::Buyer, Offer::Waiver { arrived: usd(60) });
    world.agree(Party::Seller).takes_back("a");
    world.expect(State::Suspended);
    world.wait_for(D::Suspension).expect(State::AwaitingPayment);
    world.pays("b", usd(60)).expect(State::Funded);
}

#[test]
fn money_that_comes_after_a_withdrawal_is_late_and_goes_back() {
    let mut world = World::new();
    world.give_refund_address();
    world.pays("a", usd(60)).sees("b", usd(40));
    world.buyer(Command::WithdrawPayment).pays("b", usd(40));
    world.expect(State::Settling);
    world.pay_out().expect(State::Refunded);
    let fees = plus(asset().network_fee(), asset().network_fee());
    assert_eq!(world.balance(Account::Refunded), usd(100).less(fees));
}

#[test]
fn a_refund_without_an_address_waits_for_one() {
    let mut world = World::new();
    world.pays("a", usd(60)).buyer(Command::WithdrawPayment);
    assert_eq!(world.leg(&LegId::Buyer).state, LegState::NeedsAddress);
    assert_eq!(
        world.left(D::Claim { leg: LegId::Buyer }),
        Span::days(90),
        "then it is unclaimed"
    );
}

#[test]
fn a_person_cannot_state_a_fact() {
    let mut world = World::new();
    let fact = Command::DepositConfirmed {
        key: deposit("a"),
        intent: intent(),
        units: usd(100),
    };
    for actor in [
        person("buyer"),
        person("seller"),
        person("stranger"),
        resolver("ann"),
        crate::world::admin("joe"),
    ] {
        world.refuses(actor, fact.clone(), Rejection::SystemOnly);
    }
}

#[test]
fn a_page_that_is_older_than_the_deal_decides_nothing() {
    let mut world = World::new();
    world.expected_version = Some(world.deal.version);
    world.sees("a", usd(100));
    world.refuses(person("buyer"), Command::Cancel, Rejection::Stale);
    world.expected_version = Some(world.deal.version);
    world.refuses(person("buyer"), Command::Cancel, Rejection::WrongState);
}

#[test]
fn what_the_chain_took_back_and_shows_again_is_seen_anew() {
    let mut world = World::new();
    world.pays("a", usd(40)).takes_back("a");
    world.expect(State::AwaitingPayment);
    world.sees("a", usd(40)).expect(State::Detected);
    assert!(!world.runs(D::Quote), "the quote is frozen");
    world.pays("a", usd(40)).expect(State::Underpaid);
}

#[test]
fn a_top_up_that_is_seen_before_the_first_part_confirms_extends_the_24_hours_too() {
    let mut world = World::new();
    world.sees("a", usd(60)).sees("b", usd(40));
    world.pays("a", usd(60)).expect(State::Underpaid);
    assert_eq!(world.left(D::TopUp), Span::hours(48));
    world.sees("c", usd(40));
    assert_eq!(world.left(D::TopUp), Span::hours(48), "once");
}
