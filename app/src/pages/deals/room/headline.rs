//! The headline of the room: the deal's state as its viewer is best told of it.

use domain::Units;
use domain::deal::{Deal, LegState, Party, State};
use leptos::prelude::*;

use super::super::words::Words;
use crate::components::{Chip, DealChip, Tone};
use crate::i18n::Locale;

/// The chip of the state. Where a number or the viewer's part says more than the state's word, it
/// stands instead; lists, which are read by both sides, keep the word.
pub(super) fn chip(words: Words<'_>) -> AnyView {
    let deal = &words.view.deal;
    let (state, held) = (deal.state, deal.hold.is_some());
    let is_over = matches!(state, State::Expired | State::Cancelled);
    let late = is_over && !deal.late_undecided().is_empty();
    match special(words).filter(|_| !held && !late) {
        Some((tone, icon, text)) => view! { <Chip tone icon text/> }.into_any(),
        None => view! { <DealChip state held late/> }.into_any(),
    }
}

fn special(words: Words<'_>) -> Option<(Tone, &'static str, String)> {
    let t = words.t();
    let deal = &words.view.deal;
    let viewer = words.view.party();
    match deal.state {
        State::Underpaid => {
            let missing = t.state_missing(words.money(deal.missing()));
            Some((Tone::Care, "deal-underpaid", missing))
        }
        State::Inspection if viewer == Some(Party::Buyer) => {
            Some((Tone::Info, "deal-held", t.state_check().to_owned()))
        }
        State::Ruled => Some((Tone::Dispute, "deal-split", ruling(t, deal)?)),
        _ if viewer.is_some_and(|viewer| is_refused(deal, viewer)) => {
            Some((Tone::Bad, "alert", t.state_address_refused().to_owned()))
        }
        _ => None,
    }
}

/// Whether money of theirs waits because the network refused their address.
fn is_refused(deal: &Deal, payee: Party) -> bool {
    let mut own = deal.legs.iter().filter(|leg| leg.payee == payee);
    own.any(|leg| leg.state == LegState::Blocked)
}

/// `Ruling: 70/30`: the buyer's part of what is held, and the rest.
fn ruling(t: Locale, deal: &Deal) -> Option<String> {
    let case = deal.disputes.last()?;
    let buyer = case.ruling.as_ref()?.buyer;
    let (buyer, seller) = shares(t, buyer, deal.held())?;
    Some(t.state_ruled_shares(buyer, seller))
}

/// Two shares that make a hundred, to the tenth where they are not whole.
fn shares(t: Locale, part: Units, whole: Units) -> Option<(String, String)> {
    let tenths = part.get().checked_mul(1_000)?.checked_div(whole.get())?;
    let tenths = u64::try_from(tenths).ok()?;
    let write = |tenths: u64| match (tenths / 10, tenths % 10) {
        (whole, 0) => t.number(whole),
        (whole, tenth) => t.decimal(whole, tenth),
    };
    Some((write(tenths), write(1_000_u64.checked_sub(tenths)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_make_a_hundred() {
        let shares = |locale, part, whole| {
            shares(locale, Units::new(part), Units::new(whole)).expect("a part of the whole")
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(shares(Locale::En, 868, 1_240), pair("70", "30"));
        assert_eq!(shares(Locale::En, 1, 3), pair("33.3", "66.7"));
        assert_eq!(shares(Locale::En, 0, 5), pair("0", "100"));
        assert_eq!(shares(Locale::Fa, 1, 8), pair("۱۲٫۵", "۸۷٫۵"));
    }
}
