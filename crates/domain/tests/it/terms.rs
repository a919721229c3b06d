//! Terms that cannot stand, each for one reason.

use domain::deal::{EvidenceItem, Periods, ProductKind, Terms, TermsError};
use domain::{Bps, Span, Units};

use crate::world::{MS, asset, cents, plus, terms, usd};

/// The terms of the other tests, but for one thing.
fn but(change: impl FnOnce(&mut Terms)) -> Result<(), TermsError> {
    let mut terms = terms();
    change(&mut terms);
    terms.check()
}

#[test]
fn nobody_trades_with_themselves() {
    let same = but(|terms| terms.seller = terms.buyer);
    assert_eq!(same, Err(TermsError::SameParty));
}

#[test]
fn a_price_lies_between_the_smallest_and_the_largest_deal() {
    let (least, most) = (asset().min_deal(), asset().max_deal());
    let step = Units::new(1_000_000_000_000);
    assert_eq!(but(|terms| terms.price = least), Ok(()));
    assert_eq!(
        but(|terms| terms.price = least.less(step)),
        Err(TermsError::PriceTooSmall)
    );
    assert_eq!(but(|terms| terms.price = most), Ok(()));
    assert_eq!(
        but(|terms| terms.price = plus(most, step)),
        Err(TermsError::PriceTooLarge)
    );
}

#[test]
fn a_price_has_six_decimal_places() {
    let millionth = Units::new(1_000_000_000_000);
    let six = but(|terms| terms.price = plus(usd(100), millionth));
    assert_eq!(six, Ok(()));
    let more = but(|terms| terms.price = plus(usd(100), Units::new(1)));
    assert_eq!(more, Err(TermsError::PriceTooPrecise));
}

#[test]
fn fees_leave_the_seller_more_than_the_smallest_payout() {
    let all = but(|terms| terms.fee_rate = Bps::new(10_000).unwrap());
    assert_eq!(all, Err(TermsError::FeesEatPrice));
    let least = asset().min_payout();
    let to_price = |fee: Units| but(|terms| terms.network_fee = usd(99).less(fee));
    assert_eq!(to_price(Units::ZERO), Err(TermsError::FeesEatPrice));
    assert_eq!(to_price(Units::new(1)), Ok(()));
    assert!(least > cents(0));
}

#[test]
fn periods_leave_room_for_one_another() {
    let periods = Periods::of(ProductKind::PhysicalProduct, Span::days(10), Span::days(3));
    let with = |change: &dyn Fn(&mut Periods)| {
        let mut changed = periods;
        change(&mut changed);
        but(|terms| terms.periods = changed)
    };
    // Ten days, less two of transit and one.
    let latest = Span::days(7);
    assert_eq!(with(&|it| it.ship_by = latest), Ok(()));
    assert_eq!(
        with(&|it| it.ship_by = latest.plus(MS)),
        Err(TermsError::ShipByTooLate)
    );
    assert_eq!(
        with(&|it| it.ship_by = Span::ZERO),
        Err(TermsError::ShipByTooLate)
    );
    for (days, allowed) in [(0, false), (1, true), (30, true), (31, false)] {
        let found = with(&|it| it.inspection = Span::days(days));
        let expected = if allowed {
            Ok(())
        } else {
            Err(TermsError::Inspection)
        };
        assert_eq!(found, expected, "{days} days");
    }
    let short = with(&|it| it.delivery = Span::hours(48 + 48).minus(MS));
    assert_eq!(short, Err(TermsError::DeliveryTooShort));
    let long = with(&|it| it.delivery = Span::days(365).plus(MS));
    assert_eq!(long, Err(TermsError::DeliveryTooLong));
}

#[test]
fn something_is_bought() {
    let nothing = but(|terms| terms.goods.quantity = 0);
    assert_eq!(nothing, Err(TermsError::Quantity));
}

#[test]
fn the_evidence_contract_names_each_proof_once_and_at_least_one() {
    let none = but(|terms| terms.evidence_contract.clear());
    assert_eq!(none, Err(TermsError::Evidence));
    let twice = but(|terms| {
        terms.evidence_contract = vec![EvidenceItem::SignedNote, EvidenceItem::SignedNote];
    });
    assert_eq!(twice, Err(TermsError::Evidence));
    let all = but(|terms| terms.evidence_contract = EvidenceItem::ALL.to_vec());
    assert_eq!(all, Ok(()));
}
