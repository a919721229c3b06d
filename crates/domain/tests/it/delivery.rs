//! Shipping, delivery without a code, inspection, changes, acceptance.

use domain::deal::{
    Command, DeadlineKind as D, DisputeCategory, EvidenceItem, Opener, Outcome, Party, Periods,
    ProductKind, Rejection, SettledBy, State, Terms,
};
use domain::ledger::Account;
use domain::{Span, Units};

use crate::world::{MS, World, changes, evidence, person, ship, terms, usd};

const PHOTO: Option<EvidenceItem> = Some(EvidenceItem::PhotoOfParcel);

/// Delivered with proof in place of a code.
fn unconfirmed() -> World {
    let mut world = World::shipped();
    world.seller(evidence(1, PHOTO)).wait(Span::hours(48));
    world.seller(Command::DeliverWithoutCode);
    world.expect(State::Inspection);
    world
}

#[test]
fn the_clocks_of_shipping_and_delivery_count_from_funding() {
    let world = World::funded();
    assert_eq!(world.left(D::ShipBy), Span::days(7));
    assert_eq!(world.left(D::Delivery), Span::days(10));
}

#[test]
fn what_is_not_shipped_in_time_is_refunded() {
    let mut world = World::funded();
    world.wait_until_just_before(D::ShipBy);
    world.expect(State::Funded);
    world.now = world.now.plus(MS);
    world.refuses(person("seller"), ship(), Rejection::WrongState);
    world.wait(Span::ZERO).expect(State::Settling);
    let settlement = world.deal.settlement.unwrap();
    assert_eq!(settlement.by, SettledBy::NotShipped);
    assert_eq!((settlement.buyer, settlement.fee), (usd(100), Units::ZERO));
}

#[test]
fn shipping_a_millisecond_before_the_end_is_in_time() {
    let mut world = World::funded();
    world.wait_until_just_before(D::ShipBy);
    world.ship().expect(State::InDelivery);
    assert!(!world.runs(D::ShipBy));
}

#[test]
fn the_seller_may_decline_until_it_is_shipped() {
    let mut world = World::funded();
    world.seller(Command::Decline).expect(State::Settling);
    assert_eq!(world.deal.settlement.unwrap().by, SettledBy::Decline);
    let mut world = World::shipped();
    world.refuses(person("seller"), Command::Decline, Rejection::WrongState);
}

#[test]
fn what_is_not_delivered_in_time_is_disputed_by_the_system() {
    let mut world = World::shipped();
    world.wait_until_just_before(D::Delivery);
    world.expect(State::InDelivery);
    world.wait(MS).expect(State::Disputed);
    let case = world.deal.dispute().unwrap();
    assert_eq!(case.opener, Opener::System);
    assert_eq!(case.category, DisputeCategory::DeliveryDelay);
    for party in ["buyer", "seller"] {
        world.refuses(
            person(party),
            Command::WithdrawDispute,
            Rejection::CannotWithdraw,
        );
    }
}

#[test]
fn delivery_without_a_code_takes_the_minimum_transit() {
    let mut world = World::shipped();
    let earliest = world.now.plus(Span::hours(48));
    world.seller(evidence(1, PHOTO));
    world.wait(Span::hours(48).minus(MS));
    world.refuses(
        person("seller"),
        Command::DeliverWithoutCode,
        Rejection::TooEarly(earliest),
    );
    world.wait(MS).seller(Command::DeliverWithoutCode);
    world.expect(State::Inspection);
    assert!(!world.deal.inspection.unwrap().confirmed);
}

#[test]
fn delivery_without_a_code_takes_every_item_of_the_evidence_contract() {
    let mut terms = terms();
    terms.evidence_contract.push(EvidenceItem::CarrierReceipt);
    let mut world = World::with(terms);
    world.pays("a", usd(100)).ship().wait(Span::hours(48));
    let refused = |world: &mut World| {
        world.refuses(
            person("seller"),
            Command::DeliverWithoutCode,
            Rejection::EvidenceMissing,
        );
    };
    refused(&mut world);
    world.seller(evidence(1, PHOTO));
    refused(&mut world);
    // The buyer's own file proves nothing for the seller.
    world.buyer(evidence(2, Some(EvidenceItem::CarrierReceipt)));
    refused(&mut world);
    world.seller(evidence(3, None));
    refused(&mut world);
    world.seller(evidence(4, Some(EvidenceItem::CarrierReceipt)));
    world.seller(Command::DeliverWithoutCode);
    world.expect(State::Inspection);
}

#[test]
fn accepting_releases_in_delivery_and_in_inspection() {
    for mut world in [World::shipped(), World::delivered()] {
        world.buyer(Command::Accept).expect(State::Settling);
        let settlement = world.deal.settlement.unwrap();
        assert_eq!(settlement.outcome, Outcome::Release);
        assert_eq!((settlement.seller, settlement.fee), (usd(99), usd(1)));
        assert_eq!(world.balance(Account::Fees), usd(1));
    }
}

#[test]
fn inspection_ends_no_sooner_than_24_hours_after_its_reminder_was_written() {
    let mut world = World::delivered();
    assert_eq!(world.left(D::Inspection), Span::days(3));
    assert_eq!(world.left(D::Reminder), Span::days(2));
    world.wait(Span::hours(50)).remind();
    assert_eq!(world.left(D::Inspection), Span::hours(24));
    world.wait_until_just_before(D::Inspection);
    world.expect(State::Inspection);
    world.wait(MS).expect(State::Settling);
    assert_eq!(world.deal.settlement.unwrap().by, SettledBy::InspectionOver);
}

#[test]
fn a_reminder_in_time_moves_nothing() {
    let mut world = World::delivered();
    world.wait_for(D::Reminder).remind();
    assert_eq!(world.left(D::Inspection), Span::hours(24));
    world.wait(Span::hours(24)).expect(State::Settling);
}

#[test]
fn a_reminder_that_nobody_asked_for_counts_for_nothing() {
    let mut world = World::delivered();
    world.wait(Span::hours(10)).remind();
    assert_eq!(world.deal.inspection.unwrap().reminded_at, None);
    world.wait_for(D::Reminder).remind();
    let reminded = world.deal.inspection.unwrap().reminded_at;
    assert_eq!(reminded, Some(world.now));
    world.wait(Span::hours(1)).remind();
    assert_eq!(
        world.deal.inspection.unwrap().reminded_at,
        reminded,
        "the first one counts"
    );
}

#[test]
fn an_unconfirmed_delivery_that_the_buyer_never_saw_is_disputed() {
    let mut world = unconfirmed();
    world.wait_for(D::Reminder).remind();
    world.wait_for(D::Inspection).expect(State::Disputed);
    let case = world.deal.dispute().unwrap();
    assert_eq!(case.category, DisputeCategory::DeliveryUnseen);
}

#[test]
fn an_unconfirmed_delivery_that_the_buyer_saw_is_released() {
    let mut world = unconfirmed();
    world.buyer(Command::SeeDelivery);
    world.ignores(person("buyer"), Command::SeeDelivery);
    world.wait_for(D::Reminder).remind();
    world.wait_for(D::Inspection).expect(State::Settling);
}

#[test]
fn changes_can_be_asked_for_twice() {
    let mut world = World::delivered();
    for _ in 0..2 {
        world.buyer(changes()).expect(State::InDelivery);
        world.buyer(Command::MakeCode).enter_right_code();
        world.expect(State::Inspection);
    }
    world.refuses(person("buyer"), changes(), Rejection::NoMoreChanges);
    world.wait_for(D::Reminder).remind();
    world.wait_for(D::Inspection).expect(State::Settling);
}

#[test]
fn after_changes_there_is_time_for_a_delivery_without_code_and_a_day_more() {
    let mut world = World::shipped();
    world.wait(Span::days(9)).buyer(Command::MakeCode);
    world.enter_right_code().wait(Span::days(2));
    world.buyer(changes());
    assert_eq!(world.left(D::Delivery), Span::hours(48 + 24));
    let mut early = World::delivered();
    early.buyer(changes());
    assert_eq!(
        early.left(D::Delivery),
        Span::days(10),
        "no less than before"
    );
}

#[test]
fn after_changes_the_minimum_transit_begins_anew() {
    let mut world = unconfirmed();
    world.buyer(changes());
    let earliest = world.now.plus(Span::hours(48));
    world.refuses(
        person("seller"),
        Command::DeliverWithoutCode,
        Rejection::TooEarly(earliest),
    );
}

#[test]
fn after_changes_an_old_code_is_none() {
    let mut world = World::delivered();
    let old = world.right_code();
    world.buyer(changes());
    world.refuses(person("seller"), old, Rejection::NoCode);
    let typed = domain::deal::DeliveryCode::derive(crate::world::CODE_KEY, world.deal.id, 1);
    world.buyer(Command::MakeCode);
    let expected = world.code();
    world.seller(Command::EnterCode { typed, expected });
    world.expect(State::InDelivery);
    assert_eq!(world.logged("code_refused"), 1);
}

#[test]
fn each_inspection_has_its_own_reminder() {
    let mut world = World::delivered();
    world.wait_for(D::Reminder).remind();
    world.buyer(changes()).buyer(Command::MakeCode);
    world.enter_right_code();
    assert_eq!(world.deal.inspection.unwrap().reminded_at, None);
    world.wait(Span::days(30)).expect(State::Inspection);
}

#[test]
fn time_that_a_hold_gave_back_is_still_there_after_changes() {
    let mut world = World::shipped();
    world
        .hold("joe")
        .wait(Span::days(7))
        .expect(State::InDelivery);
    assert_eq!(world.left(D::Delivery), Span::days(10));
    world.buyer(Command::MakeCode).enter_right_code();
    world.buyer(changes());
    assert_eq!(world.left(D::Delivery), Span::days(10));
}

#[test]
fn a_side_can_add_50_files_and_one_twice_is_one() {
    let mut world = World::shipped();
    for n in 0..50 {
        world.seller(evidence(n, None));
    }
    world.ignores(person("seller"), evidence(49, None));
    world.refuses(
        person("seller"),
        evidence(50, None),
        Rejection::TooMuchEvidence,
    );
    world.buyer(evidence(50, None)).expect(State::InDelivery);
}

#[test]
fn evidence_can_be_added_while_somebody_judges_but_not_after() {
    let mut world = World::disputed(State::InDelivery);
    world.buyer(evidence(1, None)).rule("ann", Units::ZERO);
    world.refuses(person("buyer"), evidence(2, None), Rejection::WrongState);
    world.buyer(crate::world::appeal());
    world.party(Party::Seller, evidence(3, None));
    world.expect(State::Disputed);
}

#[test]
fn after_changes_the_proof_of_the_former_delivery_proves_nothing() {
    let mut world = unconfirmed();
    world.buyer(changes()).wait(Span::hours(48));
    world.refuses(
        person("seller"),
        Command::DeliverWithoutCode,
        Rejection::EvidenceMissing,
    );
    world.seller(evidence(2, PHOTO));
    world.seller(Command::DeliverWithoutCode);
    world.expect(State::Inspection);
}

#[test]
fn after_changes_there_is_a_day_even_where_nothing_is_in_transit() {
    let mut world = World::with(digital());
    world.pays("a", usd(100)).ship();
    world.buyer(Command::MakeCode).enter_right_code();
    world.wait(Span::days(2)).buyer(changes());
    assert!(world.left(D::Delivery) >= Span::hours(24));
}

fn digital() -> Terms {
    let kind = ProductKind::DigitalProduct;
    let mut terms = terms();
    terms.goods.kind = kind;
    terms.periods = Periods::of(kind, Span::days(2), Span::days(3));
    terms
}

#[test]
fn goods_that_are_carried_are_shipped_by_somebody() {
    let by = |carrier: &str| Command::Ship {
        carrier: carrier.into(),
        tracking: String::new(),
    };
    let mut world = World::funded();
    for nobody in ["", "  "] {
        world.refuses(person("seller"), by(nobody), Rejection::CarrierMissing);
    }
    world.seller(by("By hand")).expect(State::InDelivery);
    let mut online = World::with(digital());
    online.pays("a", usd(100)).seller(by(""));
    online.expect(State::InDelivery);
}

#[test]
fn digital_goods_are_shipped_within_a_day_and_others_within_a_week() {
    let mut online = World::with(digital());
    online.pays("a", usd(100));
    assert_eq!(online.left(D::ShipBy), Span::hours(24));
    for kind in ProductKind::ALL {
        let usual = match kind {
            ProductKind::DigitalProduct => Span::hours(24),
            _ => Span::days(7),
        };
        let long = Periods::of(kind, Span::days(30), Span::days(3));
        assert_eq!(long.ship_by, usual, "{kind:?}");
        // A delivery that comes sooner leaves transit and a day.
        let short = Periods::of(
            kind,
            kind.min_transit().plus(Span::hours(48)),
            Span::days(3),
        );
        assert_eq!((short.ship_by, short.check()), (Span::hours(24), Ok(())));
    }
}
