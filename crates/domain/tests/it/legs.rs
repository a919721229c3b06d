//! Payout legs: approved, sent once, reported, claimed.

use domain::deal::{
    Actor, Command, DeadlineKind as D, LegFault, LegId, LegResult, LegState, Offer, Party,
    Rejection, State, Terms,
};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{MS, World, address, admin, asset, cents, paid, person, terms, usd};

const SELLER: LegId = LegId::Seller;
const BUYER: LegId = LegId::Buyer;

fn approve(leg: &LegId) -> Command {
    Command::ApproveLeg { leg: leg.clone() }
}

fn send(leg: &LegId) -> Command {
    Command::StartSending { leg: leg.clone() }
}

fn give(leg: &LegId, last: char) -> Command {
    Command::GiveAddress {
        leg: leg.clone(),
        destination: address(last),
    }
}

fn claim(leg: &LegId, last: char) -> Command {
    Command::ClaimLeg {
        leg: leg.clone(),
        destination: address(last),
    }
}

fn sending() -> World {
    let mut world = World::settling();
    world.approve(&SELLER).send(&SELLER);
    world
}

/// A refund that waits for the buyer's address.
fn waiting() -> World {
    let mut world = World::new();
    world.pays("a", usd(100)).seller(Command::Decline);
    assert_eq!(world.leg(&BUYER).state, LegState::NeedsAddress);
    world
}

fn of_price(dollars: u64) -> Terms {
    let mut terms = terms();
    terms.price = usd(dollars);
    terms
}

fn settled_at(dollars: u64) -> World {
    let mut world = World::with(of_price(dollars));
    world.pays("a", usd(dollars)).ship().buyer(Command::Accept);
    world
}

#[test]
fn a_leg_is_sent_once_and_paid_with_one_network_fee() {
    let mut world = sending();
    world.refuses(Actor::System, send(&SELLER), Rejection::WrongLegState);
    world.report(&SELLER, paid("x")).expect(State::Released);
    assert_eq!(world.leg(&SELLER).sends, 1);
    assert_eq!(world.balance(Account::NetworkFees), asset().network_fee());
}

#[test]
fn small_payouts_are_approved_by_the_system_and_larger_ones_by_an_admin() {
    let mut world = settled_at(600);
    world.refuses(Actor::System, approve(&SELLER), Rejection::NeedsApproval);
    world.refuses(admin("seller"), approve(&SELLER), Rejection::OwnDeal);
    world.refuses(person("seller"), approve(&SELLER), Rejection::StaffOnly);
    world.act(admin("joe"), approve(&SELLER)).send(&SELLER);
    world.expect(State::Settling);
}

#[test]
fn exactly_at_the_limits_the_fewer_keys_are_enough() {
    let mut world = settled_at(600);
    let net = world.leg(&SELLER).net();
    world.limits.payout_auto = net;
    let mut by_system = world.clone();
    by_system.approve(&SELLER).expect(State::Settling);
    world.limits.payout_auto = Units::ZERO;
    world.limits.payout_one_key = net;
    world.act(admin("joe"), approve(&SELLER));
    assert_eq!(world.leg(&SELLER).state, LegState::Approved);
}

#[test]
fn a_big_payout_takes_two_admins_and_24_hours() {
    let mut world = settled_at(6_000);
    world.act(admin("joe"), approve(&SELLER));
    assert_eq!(world.leg(&SELLER).state, LegState::Planned);
    world.refuses(admin("joe"), approve(&SELLER), Rejection::AnotherAdmin);
    world.act(admin("kim"), approve(&SELLER));
    let from = world.now.plus(Span::hours(24));
    world.refuses(Actor::System, send(&SELLER), Rejection::TooEarly(from));
    world.wait(Span::hours(24).minus(MS));
    world.refuses(Actor::System, send(&SELLER), Rejection::TooEarly(from));
    world.wait(MS).send(&SELLER).expect(State::Settling);
}

#[test]
fn the_payee_can_stop_a_big_payout_while_it_waits() {
    let mut world = settled_at(6_000);
    world.act(admin("joe"), approve(&SELLER));
    world.act(admin("kim"), approve(&SELLER));
    world.wait(Span::hours(23)).seller(give(&SELLER, '7'));
    let leg = world.leg(&SELLER);
    assert_eq!((leg.state, leg.approvals.len()), (LegState::Planned, 0));
    world.act(admin("joe"), approve(&SELLER));
    world.act(admin("kim"), approve(&SELLER));
    world.wait(Span::hours(24));
    world.refuses(
        person("seller"),
        give(&SELLER, '8'),
        Rejection::WrongLegState,
    );
}

#[test]
fn an_unclear_answer_is_never_sent_again_by_itself() {
    let mut world = sending();
    world.report(&SELLER, taken("task-1"));
    world.report(&SELLER, LegResult::Unclear);
    assert_eq!(world.leg(&SELLER).state, LegState::Unknown);
    // A "no" after the gateway took it is none.
    world.report(&SELLER, LegResult::Failed(LegFault::Operator));
    world.report(&SELLER, LegResult::Failed(LegFault::Address));
    assert_eq!(world.leg(&SELLER).state, LegState::Unknown);
    world.refuses(Actor::System, send(&SELLER), Rejection::WrongLegState);
    world.report(&SELLER, paid("x")).expect(State::Released);
}

#[test]
fn two_admins_agree_that_a_leg_never_left() {
    let mut world = sending();
    world.report(&SELLER, LegResult::Unclear);
    let agree = Command::AgreeResend { leg: SELLER };
    world.act(admin("joe"), agree.clone());
    world.refuses(admin("joe"), agree.clone(), Rejection::AnotherAdmin);
    assert_eq!(world.leg(&SELLER).state, LegState::Unknown);
    world.act(admin("kim"), agree.clone()).send(&SELLER);
    world.report(&SELLER, LegResult::Unclear);
    world.act(admin("kim"), agree.clone());
    assert_eq!(
        world.leg(&SELLER).state,
        LegState::Unknown,
        "keys count once"
    );
}

#[test]
fn a_leg_that_turns_out_to_be_paid_is_not_sent_again() {
    for result in [LegResult::Unclear, LegResult::Failed(LegFault::Operator)] {
        let mut world = sending();
        world.report(&SELLER, result);
        if world.leg(&SELLER).state == LegState::Unknown {
            let agree = Command::AgreeResend { leg: SELLER };
            world
                .act(admin("joe"), agree.clone())
                .act(admin("kim"), agree);
        }
        assert_eq!(world.leg(&SELLER).state, LegState::Approved);
        world
            .report(&SELLER, paid("the first one"))
            .expect(State::Released);
        world.refuses(Actor::System, send(&SELLER), Rejection::WrongLegState);
    }
}

#[test]
fn a_payment_of_a_leg_that_was_never_sent_is_an_alarm_once_for_each_transaction() {
    let mut world = World::settling();
    for tx in ["x", "x", "y", "x"] {
        world.report(&SELLER, paid(tx)).expect(State::Settling);
    }
    assert_eq!(world.logged("leg_paid_again"), 2);
    world.approve(&SELLER).send(&SELLER);
    world.report(&SELLER, paid("z")).expect(State::Released);
    world.report(&SELLER, paid("z")).report(&SELLER, paid("x"));
    assert_eq!(world.logged("leg_paid_again"), 2);
    for n in 0..100 {
        world.report(&SELLER, paid(&n.to_string()));
    }
    assert!(world.logged("leg_paid_again") <= 8, "people know by now");
}

#[test]
fn the_operators_failures_are_retried_at_growing_intervals() {
    let mut world = sending();
    let mut waited = Vec::new();
    for _ in 0..60 {
        world.report(&SELLER, LegResult::Failed(LegFault::Operator));
        assert!(world.leg(&SELLER).delayed);
        let again = world.leg(&SELLER).not_before.unwrap();
        waited.push(again.since(world.now));
        world.refuses(Actor::System, send(&SELLER), Rejection::TooEarly(again));
        world.now = again;
        world.send(&SELLER);
    }
    assert_eq!(waited[0], Span::minutes(1));
    assert_eq!(waited[3], Span::minutes(8));
    assert!(waited.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!(waited[39], Span::hours(6));
    assert_eq!(waited.last(), Some(&Span::days(1)));
    world.report(&SELLER, paid("x")).expect(State::Released);
    assert!(!world.leg(&SELLER).delayed);
}

#[test]
fn a_refused_address_waits_for_another() {
    let mut world = sending();
    world.report(&SELLER, LegResult::Failed(LegFault::Address));
    assert_eq!(world.leg(&SELLER).state, LegState::Blocked);
    world.refuses(person("buyer"), give(&SELLER, '7'), Rejection::NotThePayee);
    world.seller(give(&SELLER, '7')).pay_out();
    world.expect(State::Released);
    assert_eq!(world.leg(&SELLER).destination, Some(address('7')));
}

#[test]
fn a_leg_that_waits_for_its_payee_is_unclaimed_90_days_after_it_was_planned() {
    let mut world = waiting();
    world.wait(Span::days(90).minus(MS)).expect(State::Settling);
    world.wait(MS).expect(State::Refunded);
    assert_eq!(world.balance(Account::Unclaimed), usd(100));
    let mut blocked = World::settling();
    blocked.wait(Span::days(30)).approve(&SELLER).send(&SELLER);
    blocked.report(&SELLER, LegResult::Failed(LegFault::Address));
    assert_eq!(blocked.left(D::Claim { leg: SELLER }), Span::days(60));
    blocked.wait(Span::days(60)).expect(State::Released);
}

#[test]
fn an_unclaimed_leg_can_be_claimed_for_ever() {
    let mut world = waiting();
    world.refuses(person("buyer"), claim(&BUYER, 'b'), Rejection::WrongState);
    world.wait(Span::days(90)).wait(Span::days(3_000));
    world.refuses(person("seller"), claim(&BUYER, 'b'), Rejection::NotThePayee);
    world.buyer(claim(&BUYER, 'b')).expect(State::Refunded);
    world.refuses(
        person("buyer"),
        claim(&BUYER, 'b'),
        Rejection::WrongLegState,
    );
    world.pay_out().expect(State::Refunded);
    let refunded = usd(100).less(asset().network_fee());
    assert_eq!(world.balance(Account::Refunded), refunded);
    assert_eq!(world.balance(Account::Unclaimed), Units::ZERO);
}

#[test]
fn a_leg_below_the_minimum_payout_is_unclaimed_at_once() {
    let least = asset().min_payout();
    for (buyer, state) in [
        (least.less(Units::new(1)), LegState::Unclaimed),
        (least, LegState::Planned),
    ] {
        let mut world = World::delivered();
        world.propose(Party::Seller, Offer::Split { buyer });
        world.agree(Party::Buyer).expect(State::Settling);
        assert_eq!(world.leg(&BUYER).state, state);
        assert_eq!(world.leg(&SELLER).state, LegState::Planned);
        world.pay_out().expect(State::Split);
    }
}

#[test]
fn an_unclaimed_leg_below_the_minimum_is_not_sent_alone() {
    let mut world = World::delivered();
    world.propose(Party::Seller, Offer::Split { buyer: cents(99) });
    world.agree(Party::Buyer).pay_out().expect(State::Split);
    world.refuses(person("buyer"), claim(&BUYER, 'b'), Rejection::BelowMinimum);
}

#[test]
fn a_payee_corrects_an_address_until_the_leg_is_approved() {
    let mut world = World::settling();
    world.ignores(person("seller"), give(&SELLER, '5'));
    world.seller(give(&SELLER, '7')).approve(&SELLER);
    world.refuses(
        person("seller"),
        give(&SELLER, '8'),
        Rejection::WrongLegState,
    );
}

#[test]
fn there_is_no_leg_of_another_name() {
    let mut world = World::settling();
    let nothing = LegId::Surplus(7);
    world.refuses(Actor::System, send(&nothing), Rejection::NoSuchLeg);
    world.report(&nothing, paid("x")).expect(State::Settling);
    assert_eq!(world.logged("leg_paid_again"), 0);
}

#[test]
fn shares_are_rounded_against_the_platform_and_nothing_is_lost() {
    // 1 % of 33.000000000000000099 is 0.33 and a fraction of a unit, which stays the seller's.
    let odd = usd(33).checked_add(Units::new(99)).unwrap();
    let mut world = World::delivered();
    world.propose(
        Party::Seller,
        Offer::Split {
            buyer: usd(100).less(odd),
        },
    );
    world.agree(Party::Buyer);
    let settlement = world.deal.settlement.unwrap();
    assert_eq!(settlement.fee, cents(33));
    let seller = usd(33).less(cents(33)).checked_add(Units::new(99));
    assert_eq!(Some(settlement.seller), seller);
}

#[test]
fn addresses_are_changed_a_few_times_and_not_for_ever() {
    let mut world = World::settling();
    let mut changed = 0;
    loop {
        let last = if changed % 2 == 0 { '7' } else { '8' };
        match world.try_as(person("seller"), give(&SELLER, last)) {
            Ok(change) => world.deal = change.deal,
            Err(rejection) => break assert_eq!(rejection, Rejection::TooManyAddresses),
        }
        changed += 1;
    }
    assert_eq!(changed, 8);
    world.pay_out().expect(State::Released);
}

#[test]
fn the_refund_address_is_changed_a_few_times_and_not_for_ever() {
    let mut world = World::funded();
    let set = |last| Command::SetRefundAddress {
        destination: address(last),
    };
    world.ignores(person("buyer"), set('b'));
    for n in 1..20 {
        world.buyer(set(if n % 2 == 0 { 'b' } else { 'c' }));
    }
    world.refuses(person("buyer"), set('d'), Rejection::TooManyAddresses);
}

fn taken(task: &str) -> LegResult {
    let task = task.to_owned();
    LegResult::Taken { task }
}

#[test]
fn the_gateways_name_of_a_payout_is_kept_until_the_payout_is_sent_anew() {
    let mut world = World::settling();
    world.approve(&SELLER).send(&SELLER);
    world.report(&SELLER, taken("task-1"));
    assert_eq!(world.leg(&SELLER).task.as_deref(), Some("task-1"));
    world.report(&SELLER, taken("task-2"));
    assert_eq!(world.leg(&SELLER).task.as_deref(), Some("task-1"));
    world.report(&SELLER, LegResult::Failed(LegFault::Operator));
    world.wait(Span::minutes(1)).send(&SELLER);
    assert_eq!(world.leg(&SELLER).task, None);
}

#[test]
fn a_name_that_nobody_could_mean_is_not_kept() {
    let mut world = World::settling();
    world.report(&SELLER, taken("before it was sent"));
    world.approve(&SELLER).send(&SELLER);
    world.report(&SELLER, taken(""));
    world.report(&SELLER, taken(&"7".repeat(101)));
    assert_eq!(world.leg(&SELLER).task, None);
    assert_eq!(world.logged("leg_taken"), 0);
}

/// Sent, unclear, and sent again because two admins agreed that it never left.
fn sent_again() -> World {
    let mut world = sending();
    world.report(&SELLER, LegResult::Unclear);
    let agree = Command::AgreeResend { leg: SELLER };
    let both = world.act(admin("joe"), agree.clone());
    both.act(admin("kim"), agree).send(&SELLER);
    assert_eq!(world.leg(&SELLER).sends, 2);
    world
}

#[test]
fn what_an_earlier_sending_came_to_does_not_move_a_later_one() {
    for result in [
        LegResult::Failed(LegFault::Operator),
        LegResult::Failed(LegFault::Address),
        LegResult::Unclear,
        taken("task-1"),
    ] {
        let mut world = sent_again();
        world.report_of(&SELLER, 1, result);
        let leg = world.leg(&SELLER);
        assert_eq!((leg.state, leg.sends), (LegState::Sending, 2));
        assert_eq!(leg.task, None);
    }
}

#[test]
fn a_late_success_of_an_earlier_sending_is_an_alarm_once_the_later_one_paid() {
    let mut world = sent_again();
    world.report_of(&SELLER, 2, paid("second"));
    world.expect(State::Released);
    for _ in 0..2 {
        world.report_of(&SELLER, 1, paid("first"));
    }
    assert_eq!(world.logged("leg_paid_again"), 1);
    assert_eq!(world.leg(&SELLER).other_txs, ["first"]);
}

#[test]
fn a_success_of_an_earlier_sending_pays_the_leg_and_the_later_one_is_the_alarm() {
    let mut world = sent_again();
    world.report_of(&SELLER, 1, paid("first"));
    world.expect(State::Released);
    world.report_of(&SELLER, 2, paid("second"));
    let leg = world.leg(&SELLER);
    assert_eq!(leg.tx.as_deref(), Some("first"));
    assert_eq!(leg.other_txs, ["second"]);
}

#[test]
fn the_answer_to_who_sent_counts_though_somebody_asked_meanwhile() {
    let mut asked = sending();
    asked.report(&SELLER, LegResult::Unclear);
    asked.act(admin("joe"), Command::AgreeResend { leg: SELLER });
    let mut took = asked.clone();
    took.report(&SELLER, taken("task-1"));
    let leg = took.leg(&SELLER);
    assert_eq!(leg.state, LegState::Sending);
    assert_eq!(leg.task.as_deref(), Some("task-1"));
    assert!(took.deal.keys.is_empty(), "nobody has to agree any more");

    let mut refused = asked.clone();
    refused.report(&SELLER, LegResult::Failed(LegFault::Operator));
    assert_eq!(refused.leg(&SELLER).state, LegState::Approved);
    assert!(refused.deal.keys.is_empty());
    asked.report(&SELLER, LegResult::Failed(LegFault::Address));
    assert_eq!(asked.leg(&SELLER).state, LegState::Blocked);
}

#[test]
fn nobody_asks_about_a_leg_while_the_gateway_may_be_answering_who_sent_it() {
    let mut world = sending();
    let sent_at = world.now;
    assert_eq!(world.leg(&SELLER).sent_at, Some(sent_at));
    let waits = |world: &World, after| world.leg(&SELLER).awaits_answer(sent_at.plus(after));
    assert!(waits(&world, Span::minutes(2).minus(MS)));
    assert!(!waits(&world, Span::minutes(2)));
    world.report(&SELLER, taken("task-1"));
    assert!(!waits(&world, Span::ZERO), "it has answered");
}

fn shelve() -> Command {
    Command::ShelveLeg { leg: SELLER }
}

#[test]
fn a_leg_whose_address_may_not_be_paid_to_is_unclaimed_after_90_days_too() {
    for is_approved in [false, true] {
        let mut world = World::settling();
        let from = world.now.plus(Span::days(90));
        if is_approved {
            world.approve(&SELLER);
        }
        world.wait(Span::days(90).minus(MS));
        world.refuses(Actor::System, shelve(), Rejection::TooEarly(from));
        world.refuses(person("seller"), shelve(), Rejection::SystemOnly);
        world.wait(MS).hold("joe");
        world.refuses(Actor::System, shelve(), Rejection::OnHold);
        world.lift().system(shelve()).expect(State::Released);
        assert_eq!(world.leg(&SELLER).state, LegState::Unclaimed);
        world.seller(claim(&SELLER, '7')).pay_out();
        assert_eq!(world.leg(&SELLER).state, LegState::Paid);
    }
    let mut sent = sending();
    sent.wait(Span::days(90));
    sent.refuses(Actor::System, shelve(), Rejection::WrongLegState);
}

#[test]
fn an_unclaimed_leg_is_claimed_a_few_times_and_not_for_ever() {
    let mut world = waiting();
    world.wait(Span::days(90)).expect(State::Refunded);
    let mut claimed = 0;
    while let Ok(change) = world.try_as(person("buyer"), claim(&BUYER, 'b')) {
        world.deal = change.deal;
        claimed += 1;
        world.approve(&BUYER).send(&BUYER);
        world.report(&BUYER, LegResult::Failed(LegFault::Address));
        world.wait(Span::days(1));
    }
    assert_eq!(claimed, 16);
    let again = claim(&BUYER, 'b');
    world.refuses(person("buyer"), again, Rejection::TooManyAddresses);
}
