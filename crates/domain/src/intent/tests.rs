//! The intent's rules, and the properties that readings in any order keep.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::asset::{Network, Token};
use crate::deal::{
    Actor, Command, Context, DEPOSITS_MAX, DeadlineKind, Deal, DepositKey, DepositState,
    Destination, EvidenceItem, Goods, Limits, Periods, ProductKind, State, Terms,
};
use crate::id::{OfferId, RequestId, UserId};
use crate::ledger::Account;
use crate::money::Bps;

const ADDRESS: &str = "0x55d398326f99059fF775485246999027B3197955";
const NOON: Timestamp = Timestamp::from_unix_ms(1_800_000_000_000);

fn asset() -> Asset {
    Asset::new(Network::Polygon, Token::Usdt).unwrap()
}

fn cents(cents: u64) -> Units {
    asset().cents(cents)
}

fn open_intent() -> Intent {
    let deal = DealId::derived(&[b"deal"]);
    let expires_at = NOON.plus(Span::minutes(60));
    let mut intent = Intent::request(
        deal,
        Rail::Shkeeper,
        asset(),
        cents(10_000),
        expires_at,
        NOON,
    );
    intent.give_address(ADDRESS, NOON).unwrap();
    intent
}

fn key(txid: &str) -> DepositKey {
    DepositKey::from_gateway("POLYGON-USDT", txid, ADDRESS)
}

fn sighting(txid: &str, units: Units, sighted: Sighted) -> Sighting {
    Sighting {
        key: key(txid),
        txid: txid.to_owned(),
        address: ADDRESS.to_owned(),
        arrived: Arrived::Own(units),
        sighted,
    }
}

fn reading(second: u32, sightings: Vec<Sighting>) -> Reading {
    Reading {
        at: NOON.plus(Span::seconds(second)),
        sightings,
    }
}

fn see(intent: &mut Intent, second: u32, sightings: Vec<Sighting>) -> Observation {
    intent.observe(
        &reading(second, sightings),
        NOON.plus(Span::seconds(second)),
    )
}

fn new_deal() -> Deal {
    let seller_address = Destination::new(asset(), ADDRESS).unwrap();
    let kind = ProductKind::PhysicalProduct;
    let terms = Terms {
        buyer: UserId::derived(&[b"buyer"]),
        seller: UserId::derived(&[b"seller"]),
        goods: Goods {
            title: "A camera".to_owned(),
            description: "Used is fine.".to_owned(),
            kind,
            quantity: 1,
        },
        asset: asset(),
        price: cents(10_000),
        fee_rate: Bps::ZERO,
        network_fee: asset().network_fee(),
        periods: Periods::of(kind, Span::days(10), Span::days(3)),
        evidence_contract: EvidenceItem::usual_for(kind),
        buyer_on_silence: None,
        seller_address,
    };
    let offer = OfferId::derived(&[b"offer"]);
    Deal::open(RequestId::derived(&[b"request"]), 1, offer, terms, NOON).unwrap()
}

fn hear(deal: &mut Deal, fact: &Command) {
    let limits = Limits {
        payout_auto: cents(1_000_000),
        payout_one_key: cents(10_000_000),
        ruling_alone: cents(1_000_000),
    };
    let context = Context {
        now: NOON,
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    *deal = deal
        .decide(Actor::System, fact.clone(), &context)
        .unwrap()
        .deal;
}

/// Tells the deal all facts until there are none, and returns them.
fn tell(intent: &Intent, deal: &mut Deal) -> Vec<(DepositKey, &'static str)> {
    let mut told = Vec::new();
    for _ in 0..4 {
        let facts = intent.facts(deal);
        if facts.is_empty() {
            return told;
        }
        for fact in facts {
            hear(deal, &fact);
            told.push(match fact {
                Command::DepositSeen { key, .. } => (key, "seen"),
                Command::DepositDropped { key } => (key, "dropped"),
                Command::DepositConfirmed { key, .. } => (key, "confirmed"),
                Command::DepositReversed { key } => (key, "reversed"),
                other => panic!("{other:?} is no fact of an intent"),
            });
        }
    }
    panic!("facts never end")
}

#[test]
fn a_transfer_is_seen_then_confirmed_and_each_is_told_once() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Unconfirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), [(key("a"), "seen")]);
    see(
        &mut intent,
        2,
        vec![sighting("a", cents(10_000), Sighted::Unconfirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), []);
    see(
        &mut intent,
        3,
        vec![sighting("a", cents(10_000), Sighted::Confirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), [(key("a"), "confirmed")]);
    assert_eq!(intent.missing(), Units::ZERO);
}

#[test]
fn a_transfer_that_a_reading_leaves_out_is_not_gone() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Confirmed)],
    );
    tell(&intent, &mut deal);
    see(&mut intent, 2, vec![]);
    assert_eq!(tell(&intent, &mut deal), []);
    assert_eq!(intent.confirmed(), cents(10_000));
}

#[test]
fn a_confirmed_transfer_listed_as_unconfirmed_stays_confirmed() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Confirmed)],
    );
    see(
        &mut intent,
        2,
        vec![sighting("a", cents(10_000), Sighted::Unconfirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), [(key("a"), "confirmed")]);
}

#[test]
fn what_the_chain_takes_back_and_gives_again_is_reversed_and_confirmed_again() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    let all = [
        (
            Sighted::Confirmed,
            vec![(key("a"), "confirmed")],
            State::Funded,
        ),
        (
            Sighted::Uncertain,
            vec![(key("a"), "reversed")],
            State::Suspended,
        ),
        (Sighted::Gone, vec![], State::Suspended),
        (Sighted::Unconfirmed, vec![], State::Suspended),
        (
            Sighted::Confirmed,
            vec![(key("a"), "confirmed")],
            State::Funded,
        ),
    ];
    for (second, (sighted, facts, state)) in (1..).zip(all) {
        see(
            &mut intent,
            second,
            vec![sighting("a", cents(10_000), sighted)],
        );
        assert_eq!(tell(&intent, &mut deal), facts, "{sighted:?}");
        assert_eq!(deal.state, state);
    }
}

#[test]
fn one_that_left_and_was_seen_anew_has_left_first() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(4_000), Sighted::Confirmed)],
    );
    tell(&intent, &mut deal);
    see(
        &mut intent,
        2,
        vec![sighting("a", cents(4_000), Sighted::Gone)],
    );
    see(
        &mut intent,
        3,
        vec![sighting("a", cents(4_000), Sighted::Unconfirmed)],
    );
    assert_eq!(
        tell(&intent, &mut deal),
        [(key("a"), "reversed"), (key("a"), "seen")]
    );
    assert_eq!(deal.state, State::Detected, "and the quote is frozen");
}

#[test]
fn a_seen_transfer_that_is_gone_is_dropped() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Unconfirmed)],
    );
    tell(&intent, &mut deal);
    assert_eq!(deal.state, State::Detected);
    see(
        &mut intent,
        2,
        vec![sighting("a", cents(10_000), Sighted::Gone)],
    );
    assert_eq!(tell(&intent, &mut deal), [(key("a"), "dropped")]);
    assert_eq!(deal.state, State::AwaitingPayment);
}

#[test]
fn a_transfer_first_heard_of_as_gone_makes_no_fact() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Gone)],
    );
    assert_eq!(tell(&intent, &mut deal), []);
}

#[test]
fn a_fact_that_a_slow_node_delivers_too_late_is_corrected_by_the_next_comparison() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Confirmed)],
    );
    let overtaken = intent.facts(&deal);
    see(
        &mut intent,
        2,
        vec![sighting("a", cents(10_000), Sighted::Gone)],
    );
    assert_eq!(tell(&intent, &mut deal), []);
    for fact in &overtaken {
        hear(&mut deal, fact);
    }
    assert_eq!(tell(&intent, &mut deal), [(key("a"), "reversed")]);
}

#[test]
fn dust_is_silent_until_it_reaches_the_minimum_deposit() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(30), Sighted::Confirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), []);
    assert_eq!(
        (intent.confirmed(), intent.waiting_dust()),
        (Units::ZERO, cents(30))
    );
    see(
        &mut intent,
        2,
        vec![sighting("b", cents(20), Sighted::Unconfirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), []);
    see(
        &mut intent,
        3,
        vec![sighting("b", cents(20), Sighted::Confirmed)],
    );
    let told = tell(&intent, &mut deal);
    assert_eq!(told.len(), 1, "one deposit for both: {told:?}");
    assert_eq!(told[0].1, "confirmed");
    assert_eq!(
        (intent.confirmed(), intent.waiting_dust()),
        (cents(50), Units::ZERO)
    );
}

#[test]
fn dust_counts_when_it_completes_what_is_due() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(9_990), Sighted::Confirmed)],
    );
    see(
        &mut intent,
        2,
        vec![sighting("b", cents(9), Sighted::Confirmed)],
    );
    assert_eq!(intent.missing(), cents(10));
    see(
        &mut intent,
        3,
        vec![sighting("c", cents(1), Sighted::Confirmed)],
    );
    assert_eq!(intent.missing(), Units::ZERO);
    assert_eq!(tell(&intent, &mut deal).len(), 2);
}

#[test]
fn a_batch_that_loses_a_member_is_gone_and_the_rest_waits_again() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    let both = vec![
        sighting("a", cents(30), Sighted::Confirmed),
        sighting("b", cents(20), Sighted::Confirmed),
    ];
    see(&mut intent, 1, both);
    let batch = tell(&intent, &mut deal)[0].0.clone();
    see(
        &mut intent,
        2,
        vec![sighting("b", cents(20), Sighted::Gone)],
    );
    assert_eq!(tell(&intent, &mut deal), [(batch.clone(), "reversed")]);
    assert_eq!(
        (intent.confirmed(), intent.waiting_dust()),
        (Units::ZERO, cents(30))
    );
    see(
        &mut intent,
        3,
        vec![sighting("b", cents(20), Sighted::Confirmed)],
    );
    assert_eq!(
        tell(&intent, &mut deal),
        [(batch, "confirmed")],
        "the same deposit as before"
    );
}

#[test]
fn another_token_is_a_stray_and_no_fact() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    let stray = Sighting {
        arrived: Arrived::Other {
            crypto: "POLYGON-USDC".to_owned(),
            amount: "100".to_owned(),
        },
        ..sighting("a", Units::ZERO, Sighted::Confirmed)
    };
    let observation = see(&mut intent, 1, vec![stray.clone()]);
    assert_eq!(observation.new_strays, [key("a")]);
    assert!(see(&mut intent, 2, vec![stray]).is_quiet());
    assert_eq!(tell(&intent, &mut deal), []);
    assert_eq!(intent.strays.len(), 1);
}

#[test]
fn an_amount_that_changes_is_reported_and_not_believed() {
    let mut intent = open_intent();
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(100), Sighted::Confirmed)],
    );
    let observation = see(
        &mut intent,
        2,
        vec![sighting("a", cents(900), Sighted::Confirmed)],
    );
    assert_eq!(observation.contradicted, [key("a")]);
    assert_eq!(intent.confirmed(), cents(100));
}

#[test]
fn a_transfer_to_another_address_is_reported_and_ignored() {
    let mut intent = open_intent();
    let elsewhere = Sighting {
        address: "0x0000000000000000000000000000000000000001".to_owned(),
        ..sighting("a", cents(100), Sighted::Confirmed)
    };
    let observation = see(&mut intent, 1, vec![elsewhere]);
    assert_eq!(observation.misplaced, [key("a")]);
    assert_eq!(intent.arrived, []);
    let lower_case = Sighting {
        address: ADDRESS.to_lowercase(),
        ..sighting("a", cents(100), Sighted::Confirmed)
    };
    assert!(see(&mut intent, 2, vec![lower_case]).is_quiet());
    assert_eq!(intent.confirmed(), cents(100));
}

#[test]
fn a_flood_of_transfers_is_bounded() {
    let mut intent = open_intent();
    let flood = (0..600)
        .map(|number| sighting(&format!("t{number}"), Units::new(1), Sighted::Confirmed))
        .collect();
    see(&mut intent, 1, flood);
    assert_eq!(intent.arrived.len(), RECORDED_MAX);
    assert!(intent.overflowed);
}

#[test]
fn a_payment_is_recorded_however_much_dust_came_before_it() {
    let mut intent = open_intent();
    let flood = (0..600)
        .map(|number| sighting(&format!("t{number}"), Units::new(1), Sighted::Confirmed))
        .collect();
    assert!(see(&mut intent, 1, flood).overflowed);
    let payment = || vec![sighting("paid", cents(10_000), Sighted::Confirmed)];
    assert!(
        !see(&mut intent, 2, payment()).overflowed,
        "it is told once"
    );
    assert_eq!(intent.confirmed(), cents(10_000));
    let many = (0..600)
        .map(|number| sighting(&format!("p{number}"), cents(100), Sighted::Confirmed))
        .collect();
    see(&mut intent, 3, many);
    assert_eq!(intent.arrived.len(), 2 * RECORDED_MAX);
}

#[test]
fn a_transfer_of_nothing_is_none() {
    let mut intent = open_intent();
    see(
        &mut intent,
        1,
        vec![sighting("a", Units::ZERO, Sighted::Confirmed)],
    );
    assert_eq!(intent.arrived, []);
    assert!(!intent.overflowed);
}

#[test]
fn what_a_deal_has_no_room_for_is_left_to_the_rescue_desk() {
    let mut intent = open_intent();
    let mut deal = new_deal();
    let many = (0..60)
        .map(|number| sighting(&format!("t{number:02}"), cents(100), Sighted::Confirmed))
        .collect();
    see(&mut intent, 1, many);
    tell(&intent, &mut deal);
    assert_eq!(deal.deposits.len(), DEPOSITS_MAX);
    assert!(intent.facts(&deal).is_empty());
    assert_eq!(intent.unplaced(&deal).count(), 60 - DEPOSITS_MAX);
}

#[test]
fn an_address_is_given_once() {
    let mut intent = open_intent();
    let before = intent.clone();
    assert_eq!(intent.give_address(ADDRESS, NOON), Ok(()));
    let other = "0x0000000000000000000000000000000000000001";
    assert_eq!(
        intent.give_address(other, NOON),
        Err(Rejection::AddressFixed)
    );
    assert_eq!(
        intent.give_address("bc1q", NOON),
        Err(Rejection::NotAnAddress)
    );
    assert_eq!(intent, before);
}

#[test]
fn an_intent_is_closed_while_its_deal_is_over_and_open_again_with_it() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    intent.follow(&deal, NOON);
    assert!(!intent.follow(&deal, NOON), "nothing is new");
    assert_eq!(intent.state, IntentState::Open);
    deal.state = State::Expired;
    assert!(intent.follow(&deal, NOON));
    assert_eq!(intent.state, IntentState::Closed { at: NOON });
    let later = NOON.plus(Span::days(1));
    assert!(!intent.follow(&deal, later), "closed since then");
    deal.state = State::AwaitingPayment;
    assert!(intent.follow(&deal, later));
    assert_eq!(
        (intent.state, intent.updated_at),
        (IntentState::Open, later)
    );
}

#[test]
fn an_intent_holds_its_price_as_long_as_its_deal_waits_for_payment() {
    let (mut intent, deal) = (open_intent(), new_deal());
    intent.expires_at = NOON.minus(Span::hours(1));
    assert!(intent.follow(&deal, NOON));
    assert_eq!(
        Some(intent.expires_at),
        deal.clocks.at(&DeadlineKind::Quote)
    );
}

#[test]
fn a_closed_intent_is_watched_for_ever() {
    let (mut intent, mut deal) = (open_intent(), new_deal());
    intent.state = IntentState::Closed { at: NOON };
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(10_000), Sighted::Confirmed)],
    );
    assert_eq!(tell(&intent, &mut deal), [(key("a"), "confirmed")]);
    assert!(intent.next_reading_at() > NOON);
}

#[test]
fn a_wallet_link_carries_the_missing_sum_in_base_units() {
    let mut intent = open_intent();
    see(
        &mut intent,
        1,
        vec![sighting("a", cents(4_000), Sighted::Confirmed)],
    );
    assert_eq!(
        intent.wallet_link().unwrap(),
        format!(
            "ethereum:0xc2132D05D31c914a87C6611C10748AEb04B58e8F@137/transfer?address={ADDRESS}&uint256=60000000"
        )
    );
    see(
        &mut intent,
        2,
        vec![sighting("b", cents(6_000), Sighted::Confirmed)],
    );
    assert_eq!(intent.wallet_link(), None);
}

/// Amounts belong to their transaction, as on a chain.
fn units_of(number: u8) -> Units {
    match number {
        0 => cents(4_000),
        1 => cents(6_000),
        2 => cents(49),
        3 => cents(48),
        4 => cents(7),
        _ => Units::new(3),
    }
}

fn any_sighting() -> impl Strategy<Value = Sighting> {
    let sighted = prop_oneof![
        Just(Sighted::Unconfirmed),
        Just(Sighted::Confirmed),
        Just(Sighted::Confirmed),
        Just(Sighted::Uncertain),
        Just(Sighted::Gone),
    ];
    (0u8..7, sighted)
        .prop_map(|(number, sighted)| sighting(&format!("t{number}"), units_of(number), sighted))
}

fn any_readings() -> impl Strategy<Value = Vec<Reading>> {
    let one = (0u32..30, prop::collection::vec(any_sighting(), 0..5))
        .prop_map(|(second, sightings)| reading(second, sightings));
    prop::collection::vec(one, 0..25)
}

fn standings(intent: &Intent) -> BTreeMap<DepositKey, (Units, Standing, Timestamp)> {
    intent
        .arrived
        .iter()
        .map(|transfer| {
            let facts = (transfer.units, transfer.standing(), transfer.first_seen_at);
            (transfer.key.clone(), facts)
        })
        .collect()
}

/// What the deal counts: its deposits that are credited.
fn credited(deal: &Deal) -> Units {
    let counted = deal
        .deposits
        .iter()
        .filter(|known| known.state == DepositState::Credited);
    Units::sum(counted.map(|known| known.units)).unwrap()
}

proptest! {
    #[test]
    fn readings_in_any_order_and_number_leave_the_same_transfers(
        readings in any_readings(),
        seeds in prop::collection::vec(any::<u32>(), 50),
    ) {
        let mut straight = open_intent();
        for reading in &readings {
            straight.observe(reading, NOON);
        }
        // Each twice, in an order that the seeds decide.
        let mut shuffled: Vec<_> = readings.iter().chain(&readings).zip(seeds).collect();
        shuffled.sort_by_key(|(_, seed)| *seed);
        let mut mixed = open_intent();
        for (reading, _) in shuffled {
            mixed.observe(reading, NOON);
        }
        prop_assert_eq!(standings(&straight), standings(&mixed));
        prop_assert_eq!(straight.last_read_at, mixed.last_read_at);
    }

    #[test]
    fn the_same_reading_again_makes_no_new_facts(readings in any_readings()) {
        let (mut intent, mut deal) = (open_intent(), new_deal());
        for reading in &readings {
            intent.observe(reading, NOON);
            tell(&intent, &mut deal);
            let settled = intent.clone();
            intent.observe(reading, NOON);
            prop_assert_eq!(intent.facts(&deal), vec![]);
            prop_assert_eq!(&intent, &settled);
        }
    }

    #[test]
    fn the_deal_counts_what_counts_here_whatever_is_lost_or_comes_late(
        readings in any_readings(),
        crashes in prop::collection::vec(0u8..3, 25),
    ) {
        let (mut intent, mut deal) = (open_intent(), new_deal());
        let mut stragglers = Vec::new();
        for (reading, crash) in readings.iter().zip(crashes) {
            intent.observe(reading, NOON);
            let facts = intent.facts(&deal);
            match crash {
                0 => stragglers.extend(facts),
                1 => facts.iter().take(1).for_each(|fact| hear(&mut deal, fact)),
                _ => facts.iter().for_each(|fact| hear(&mut deal, fact)),
            }
        }
        for fact in &stragglers {
            hear(&mut deal, fact);
        }
        tell(&intent, &mut deal);
        prop_assert_eq!(intent.facts(&deal), vec![]);
        prop_assert_eq!(credited(&deal), intent.confirmed());
        let received = deal.balance(Account::Received);
        prop_assert!(received >= intent.confirmed());
    }

    #[test]
    fn dust_counts_once_and_what_waits_is_below_the_minimum(readings in any_readings()) {
        let mut intent = open_intent();
        for reading in &readings {
            intent.observe(reading, NOON);
            prop_assert!(intent.waiting_dust() < asset().min_deposit());
            let confirmed = intent
                .arrived
                .iter()
                .filter(|transfer| transfer.standing() == Standing::Confirmed)
                .map(|transfer| transfer.units);
            let all = Units::sum(confirmed).unwrap();
            let counted = intent.confirmed().checked_add(intent.waiting_dust()).unwrap();
            // A batch with an uncertain member is uncertain as a whole.
            prop_assert!(counted <= all);
            let doubtful =
                intent.arrived.iter().any(|transfer| transfer.standing() == Standing::Uncertain);
            prop_assert!(doubtful || counted == all);
        }
    }

    #[test]
    fn a_stored_intent_comes_back(readings in any_readings()) {
        let mut intent = open_intent();
        for reading in &readings {
            intent.observe(reading, NOON);
        }
        let text = serde_json::to_string(&intent).unwrap();
        prop_assert_eq!(serde_json::from_str::<Intent>(&text).unwrap(), intent);
    }
}
