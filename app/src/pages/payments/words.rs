//! How far a payment has come, in words: what is so, why, and what can be done.

use domain::deal::{DepositState, Destination, LegState};
use domain::user::PayoutStanding;
use domain::{Timestamp, User};
use leptos::prelude::*;
use services::payments::{Direction, Movement, Payment, Standing};

use crate::components::{Button, Chip, Look, Tone};
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::deals::step_path;

/// How far a payment has come.
pub(in crate::pages) struct State {
    tone: Tone,
    icon: &'static str,
    word: &'static str,
    text: Option<String>,
    /// The page on which its payee mends or stops it, and what is done there.
    mend: Option<(String, &'static str)>,
    /// Whether it goes on by itself.
    goes_on: bool,
}

/// How far a payment has come, for its owner.
pub(in crate::pages) fn state(page: &Page, owner: &User, payment: &Payment) -> State {
    match payment.standing {
        Standing::Deposit(state) => deposit(page, state),
        Standing::Payout { state, .. } => payout(page, owner, payment, state),
    }
}

impl State {
    /// Octagon or sign, and word.
    pub(in crate::pages) fn chip(&self) -> impl IntoView + use<> {
        view! { <Chip tone=self.tone icon=self.icon text=self.word/> }
    }

    /// Why it is so, and until when.
    pub(in crate::pages) fn text(&self) -> Option<impl IntoView + use<>> {
        let text = self.text.clone()?;
        Some(view! { <p>{text}</p> })
    }

    /// The way to mend it. `title` tells buttons of one page apart.
    pub(in crate::pages) fn button(
        &self,
        look: Look,
        title: &str,
    ) -> Option<impl IntoView + use<>> {
        let (href, label) = self.mend.clone()?;
        let title = title.to_owned();
        Some(view! {
            <p>
                <Button look href=href>
                    {label}<span class="visually-hidden">": "{title}</span>
                </Button>
            </p>
        })
    }

    /// Whether the payee has something to do.
    pub(in crate::pages) const fn is_to_mend(&self) -> bool {
        self.mend.is_some() && !self.goes_on
    }
}

fn deposit(page: &Page, state: DepositState) -> State {
    let t = page.t();
    let (tone, icon, word, text) = match state {
        DepositState::Seen => {
            let text = t.payment_seen_text().to_owned();
            (Tone::Info, "clock", t.payment_seen(), Some(text))
        }
        DepositState::Dropped => {
            let text = t.payment_dropped_text().to_owned();
            (Tone::Bad, "alert", t.payment_dropped(), Some(text))
        }
        DepositState::Credited => (Tone::Ok, "check", t.payment_credited(), None),
        DepositState::Reversed => {
            let text = t.payment_reversed_text().to_owned();
            (Tone::Bad, "alert", t.payment_reversed(), Some(text))
        }
        DepositState::Rescue => {
            let text = t.payment_rescue_text().to_owned();
            (Tone::Care, "alert", t.payment_rescue(), Some(text))
        }
    };
    State {
        tone,
        icon,
        word,
        text,
        mend: None,
        goes_on: true,
    }
}

fn payout(page: &Page, owner: &User, payment: &Payment, state: LegState) -> State {
    let t = page.t();
    let is_unsent = matches!(state, LegState::Planned | LegState::Approved);
    let is_removed =
        is_unsent && standing_of(page, owner, payment) == Some(PayoutStanding::NotTheirs);
    let can_stop = state == LegState::Approved
        && state.takes_address(not_before(payment), page.services().now());
    let (tone, icon, word) = match state {
        _ if is_removed => (Tone::Care, "alert", t.payment_removed()),
        LegState::Planned => (Tone::Info, "clock", t.payment_planned()),
        LegState::Approved => (Tone::Info, "clock", t.payment_approved()),
        LegState::Sending => (Tone::Info, "clock", t.payment_sending()),
        LegState::Unknown => (Tone::Care, "clock", t.payment_unknown()),
        LegState::Paid => (Tone::Ok, "check", t.payment_paid()),
        LegState::Blocked => (Tone::Bad, "alert", t.payment_blocked()),
        LegState::NeedsAddress => (Tone::Care, "alert", t.payment_needs_address()),
        LegState::Unclaimed => (Tone::Plain, "info", t.payment_unclaimed()),
        LegState::Joined => (Tone::Info, "clock", t.payment_joined()),
        LegState::Void => (Tone::Plain, "info", t.payment_void()),
    };
    let text = match state {
        _ if is_removed => Some(t.payment_removed_text().to_owned()),
        LegState::Planned | LegState::Approved => Some(expected(page, owner, payment, state)),
        LegState::Sending => Some(t.payment_sending_text().to_owned()),
        LegState::Unknown => Some(t.payment_unknown_text().to_owned()),
        LegState::Blocked => Some(t.payment_blocked_text().to_owned()),
        LegState::NeedsAddress => Some(t.payment_needs_address_text().to_owned()),
        LegState::Unclaimed if is_small(payment) => Some(t.payment_small_text().to_owned()),
        LegState::Unclaimed => Some(t.payment_unclaimed_text().to_owned()),
        LegState::Joined => Some(t.payment_joined_text().to_owned()),
        LegState::Void => Some(t.payment_void_text().to_owned()),
        LegState::Paid => None,
    };
    let mend = match state {
        LegState::Blocked | LegState::NeedsAddress => Some("payout-address"),
        LegState::Planned if is_removed => Some("payout-address"),
        LegState::Approved if can_stop => Some("payout-address"),
        LegState::Unclaimed if !is_small(payment) => Some("claim"),
        _ => None,
    };
    let mend = mend.zip(leg_of(payment)).map(|(step, leg)| {
        let path = step_path(payment.id.deal, step);
        let label = match step {
            "claim" => t.deal_now_claim_button(),
            _ if can_stop && !is_removed => t.payment_stop(),
            _ => t.deal_now_address_button(),
        };
        (format!("{path}?leg={leg}"), label)
    });
    State {
        tone,
        icon,
        word,
        text,
        mend,
        goes_on: can_stop && !is_removed,
    }
}

/// Whether an unclaimed payout is claimed with others, from the list of payouts.
fn is_small(payment: &Payment) -> bool {
    let asset = payment.asset;
    payment.units < asset.min_payout().less(asset.network_fee())
}

/// When a payout that waits is expected to leave, and what it waits for.
fn expected(page: &Page, owner: &User, payment: &Payment, state: LegState) -> String {
    let t = page.t();
    let Standing::Payout {
        is_delayed,
        not_before,
        ..
    } = payment.standing
    else {
        return String::new();
    };
    let now = page.services().now();
    match (standing_of(page, owner, payment), not_before) {
        (Some(PayoutStanding::Blocked(until)), _) => {
            t.payment_waits_blocked(page.when.moment(until))
        }
        (Some(PayoutStanding::AddressWaits(until)), _) => {
            t.payment_waits_address(page.when.moment(until))
        }
        _ if is_delayed => t.payment_delayed_text().to_owned(),
        (_, Some(at)) if at > now => t.payment_not_before(page.when.moment(at)),
        _ if state == LegState::Planned => t.payment_planned_text().to_owned(),
        _ => t.payment_approved_text().to_owned(),
    }
}

/// Whether money may go to the payout's address now; none while it has none.
fn standing_of(page: &Page, owner: &User, payment: &Payment) -> Option<PayoutStanding> {
    let address = payment.destination.as_ref().map(Destination::as_str)?;
    let now = page.services().now();
    Some(owner.payout_standing(payment.asset.network(), address, now))
}

/// Before when a payout is not sent.
const fn not_before(payment: &Payment) -> Option<Timestamp> {
    match payment.standing {
        Standing::Payout { not_before, .. } => not_before,
        Standing::Deposit(_) => None,
    }
}

fn leg_of(payment: &Payment) -> Option<String> {
    match &payment.id.movement {
        Movement::Out(leg) => Some(leg.to_string()),
        Movement::In(_) => None,
    }
}

/// Which way a payment goes.
pub(in crate::pages) const fn direction(t: Locale, direction: Direction) -> &'static str {
    match direction {
        Direction::IntoEscrow => t.payment_into_escrow(),
        Direction::Earned => t.payment_earned(),
        Direction::Refund => t.payment_refund(),
    }
}
