//! The words for what requests and offers are made of.

use domain::deal::{EvidenceItem, ProductKind};
use domain::money::Units;
use domain::postal::{Country, Place};
use domain::price::{Budget, Currency, Price};
use domain::request::{DeliveryTime, RequestStatus, TimeUnit, Urgency};
use domain::{Asset, Bps, Span};

use crate::components::{Choice, Tone};
use crate::i18n::Locale;

pub(crate) const fn kind(t: Locale, kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::PhysicalProduct => t.word_kind_physical_product(),
        ProductKind::DigitalProduct => t.word_kind_digital_product(),
        ProductKind::Service => t.word_kind_service(),
        ProductKind::Consultation => t.word_kind_consultation(),
    }
}

pub(crate) const fn urgency(t: Locale, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Low => t.word_urgency_low(),
        Urgency::Medium => t.word_urgency_medium(),
        Urgency::High => t.word_urgency_high(),
        Urgency::Urgent => t.word_urgency_urgent(),
    }
}

pub(crate) const fn evidence(t: Locale, item: EvidenceItem) -> &'static str {
    match item {
        EvidenceItem::PhotoOfGoods => t.word_evidence_photo_of_goods(),
        EvidenceItem::PhotoOfParcel => t.word_evidence_photo_of_parcel(),
        EvidenceItem::CarrierReceipt => t.word_evidence_carrier_receipt(),
        EvidenceItem::DeliveryRecord => t.word_evidence_delivery_record(),
        EvidenceItem::SignedNote => t.word_evidence_signed_note(),
        EvidenceItem::HandedOverFile => t.word_evidence_handed_over_file(),
        EvidenceItem::WorkRecord => t.word_evidence_work_record(),
    }
}

pub(crate) const fn unit(t: Locale, unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Hours => t.word_unit_hours(),
        TimeUnit::Days => t.word_unit_days(),
        TimeUnit::Weeks => t.word_unit_weeks(),
    }
}

/// `10 days`, as the seller said it.
pub(crate) fn delivery(t: Locale, time: DeliveryTime) -> String {
    let amount = u64::from(time.amount);
    match time.unit {
        TimeUnit::Hours => t.word_hours(amount),
        TimeUnit::Days => t.word_days(amount),
        TimeUnit::Weeks => t.word_weeks(amount),
    }
}

/// `7 days`, `36 hours`: whole days where they are whole.
pub(crate) fn span(t: Locale, span: Span) -> String {
    const HOUR_MS: i64 = 3_600_000;
    let hours = u64::try_from(span.ms() / HOUR_MS).unwrap_or(0);
    if hours.is_multiple_of(24) {
        t.word_days(hours / 24)
    } else {
        t.word_hours(hours)
    }
}

pub(crate) const fn status(t: Locale, status: RequestStatus) -> &'static str {
    use RequestStatus as S;
    match status {
        S::Draft => t.word_status_draft(),
        S::Pending => t.word_status_pending(),
        S::Active => t.word_status_active(),
        S::ReceivedOffers => t.word_status_received_offers(),
        S::InNegotiation => t.word_status_in_negotiation(),
        S::Payment => t.word_status_payment(),
        S::Processing => t.word_status_processing(),
        S::Delivery => t.word_status_delivery(),
        S::Delivered => t.word_status_delivered(),
        S::Confirming => t.word_status_confirming(),
        S::Completed => t.word_status_completed(),
        S::SellerPaid => t.word_status_seller_paid(),
        S::Cancelled => t.word_status_cancelled(),
    }
}

/// How a status is drawn.
pub(crate) const fn status_look(status: RequestStatus) -> (Tone, &'static str) {
    use RequestStatus as S;
    match status {
        S::Draft | S::Pending => (Tone::Plain, "deal-awaiting"),
        S::Active | S::ReceivedOffers | S::InNegotiation => (Tone::Info, "deal-awaiting"),
        S::Payment => (Tone::Care, "deal-awaiting"),
        S::Processing | S::Delivery | S::Delivered => (Tone::Info, "deal-held"),
        S::Confirming => (Tone::Info, "deal-refunded"),
        S::Completed | S::SellerPaid => (Tone::Ok, "deal-released"),
        S::Cancelled => (Tone::Plain, "deal-closed"),
    }
}

/// `1,240.00 USDT`.
pub(crate) fn price(price: Price) -> String {
    format!("{}\u{a0}{}", price.to_grouped(), price.token())
}

/// An amount of a budget in its currency.
pub(crate) fn amount(units: Units, currency: Currency) -> String {
    let grouped = units.to_grouped(Asset::PRICE_PLACES);
    format!("{grouped}\u{a0}{}", currency.code())
}

/// `80.00 USDT to 180.00 USDT`, `up to 180.00 USDT`.
pub(crate) fn budget(t: Locale, budget: Budget) -> String {
    let max = amount(budget.max(), budget.currency());
    match budget.min() {
        Some(min) if min < budget.max() => {
            t.word_budget_between(min.to_grouped(Asset::PRICE_PLACES), max)
        }
        Some(_) => max,
        None => t.word_budget_up_to(max),
    }
}

/// The country's name in the reader's language.
pub(crate) fn country(t: Locale, country: Country) -> String {
    let code = country.code().to_ascii_lowercase();
    t.find_country(&code).map_or(code, ToOwned::to_owned)
}

/// `Tabriz, Iran`; what has no place goes over the network.
pub(crate) fn place(t: Locale, place: Option<&Place>) -> String {
    match place {
        Some(place) => t.word_place(&place.city, country(t, place.country)),
        None => t.word_online().to_owned(),
    }
}

/// Who gets what when nobody rules.
pub(crate) fn silence(t: Locale, buyer: Option<Bps>) -> String {
    match buyer {
        None => t.requests_silence_evidence().to_owned(),
        Some(part) => t.requests_silence_part(percent(t, part)),
    }
}

/// `50 %`.
pub(crate) fn percent(t: Locale, part: Bps) -> String {
    t.word_percent(t.number(u64::from(part.get() / 100)))
}

pub(crate) fn kinds(t: Locale) -> Vec<Choice> {
    ProductKind::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), kind(t, one)))
        .collect()
}

pub(crate) fn urgencies(t: Locale) -> Vec<Choice> {
    Urgency::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), urgency(t, one)))
        .collect()
}

pub(crate) fn currencies() -> Vec<Choice> {
    Currency::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), one.code()))
        .collect()
}
