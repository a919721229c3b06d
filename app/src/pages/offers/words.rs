//! The words for how an offer stands.

use domain::request::OfferEnd;
use leptos::prelude::*;
use services::offers::{Hindrance, OfferStanding};
use services::requests::SellerCard;

use crate::components::Tone;
use crate::i18n::Locale;
use crate::page::Page;

pub(crate) const fn end(t: Locale, end: OfferEnd) -> &'static str {
    match end {
        OfferEnd::Rejected => t.offer_standing_rejected(),
        OfferEnd::Withdrawn => t.offer_standing_withdrawn(),
        OfferEnd::Expired => t.offer_standing_expired(),
    }
}

/// Word, tone and drawing.
pub(crate) const fn standing(
    t: Locale,
    standing: OfferStanding,
) -> (&'static str, Tone, &'static str) {
    match standing {
        OfferStanding::Pending => (t.offer_standing_pending(), Tone::Info, "deal-awaiting"),
        OfferStanding::Accepted => (t.offer_standing_accepted(), Tone::Ok, "check"),
        OfferStanding::Ended { end: how, .. } => (end(t, how), Tone::Plain, "deal-closed"),
    }
}

pub(crate) const fn hindrance(t: Locale, hindrance: Hindrance) -> &'static str {
    match hindrance {
        Hindrance::Accepted => t.compare_hindrance_accepted(),
        Hindrance::Outdated => t.compare_hindrance_outdated(),
        Hindrance::Expired => t.compare_hindrance_expired(),
        Hindrance::SellerAway => t.compare_hindrance_away(),
    }
}

/// `98 % of 41 deals without a dispute`; a new seller has only a count.
pub(crate) fn record(t: Locale, seller: &SellerCard) -> String {
    match seller.dispute_free_percent() {
        Some(percent) if !seller.is_new() => {
            let percent = t.word_percent(t.number(percent));
            t.compare_record(percent, seller.deals)
        }
        _ => t.compare_record_new(seller.deals),
    }
}

/// A seller's name, in its own direction, with what is known of them, in the page's.
#[component]
pub(crate) fn SellerRecord(seller: SellerCard) -> impl IntoView {
    let record = record(Page::current().t(), &seller);
    view! { <bdi>{seller.name}</bdi>" · "{record} }
}
