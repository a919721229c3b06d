//! A state in a word, with the octagon that says the same without words or colour.

use domain::deal::State;
use leptos::prelude::*;

use super::{Icon, Tone};
use crate::i18n::Locale;

/// Glyph and word.
#[component]
pub fn Chip(tone: Tone, icon: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <span class=format!("chip {}", tone.code())>
            <Icon name=icon/>
            <span>{text}</span>
        </span>
    }
}

/// The state of a deal. `held` says that an administrator has paused it; `late`, that money came
/// after it had ended, about which nobody has decided yet.
#[component]
pub fn DealChip(
    state: State,
    #[prop(optional)] held: bool,
    #[prop(optional)] late: bool,
) -> impl IntoView {
    let t: Locale = expect_context();
    if held {
        return view! { <Chip tone=Tone::Care icon="deal-frozen" text=t.state_hold()/> };
    }
    if late {
        return view! { <Chip tone=Tone::Care icon="deal-held" text=t.deal_late_title()/> };
    }
    view! { <Chip tone=tone(state) icon=glyph(state) text=state_word(t, state)/> }
}

/// The word for a state, for chips, headlines and titles.
pub const fn state_word(t: Locale, state: State) -> &'static str {
    match state {
        State::AwaitingPayment => t.state_awaiting_payment(),
        State::Detected => t.state_detected(),
        State::Underpaid => t.state_underpaid(),
        State::Funded => t.state_funded(),
        State::InDelivery => t.state_in_delivery(),
        State::Inspection => t.state_inspection(),
        State::Disputed => t.state_disputed(),
        State::Ruled => t.state_ruled(),
        State::Settling => t.state_settling(),
        State::Released => t.state_released(),
        State::Refunded => t.state_refunded(),
        State::Split => t.state_split(),
        State::Expired => t.state_expired(),
        State::Cancelled => t.state_cancelled(),
        State::Suspended => t.state_suspended(),
        State::Loss => t.state_loss(),
    }
}

/// Dashed: awaited. Part-filled: short. Full: held. Bars: frozen. Arrow out, back: paid, refunded.
/// Halves: split. Crossed: over without money.
pub const fn glyph(state: State) -> &'static str {
    match state {
        State::AwaitingPayment | State::Detected => "deal-awaiting",
        State::Underpaid => "deal-underpaid",
        State::Funded | State::InDelivery | State::Inspection => "deal-held",
        State::Disputed | State::Ruled | State::Suspended | State::Loss => "deal-frozen",
        State::Settling | State::Released => "deal-released",
        State::Refunded => "deal-refunded",
        State::Split => "deal-split",
        State::Expired | State::Cancelled => "deal-closed",
    }
}

const fn tone(state: State) -> Tone {
    match state {
        State::AwaitingPayment | State::Detected | State::Underpaid => Tone::Care,
        State::Funded | State::InDelivery | State::Inspection | State::Settling => Tone::Info,
        State::Disputed | State::Ruled => Tone::Dispute,
        State::Released | State::Refunded | State::Split => Tone::Ok,
        State::Expired | State::Cancelled => Tone::Plain,
        State::Suspended | State::Loss => Tone::Bad,
    }
}
