//! The first thing in the room: state, money with its holder, whose turn it is.

use domain::Units;
use domain::deal::{Deal, Leg, LegId, LegState, Outcome, Party, State};
use leptos::prelude::*;

use super::super::open::step_path;
use super::super::words::Words;
use super::{headline, legs};
use crate::components::{ActionBar, Button, Money};

/// What the panel says.
struct Now {
    /// The sum that the state is about.
    sum: Units,
    /// Of which larger sum, where only a part is there.
    of: Option<Units>,
    /// Who has it.
    holder: String,
    /// What to do, or for whom to wait.
    turn: String,
    /// The one next step: its button and its page.
    primary: Option<(String, &'static str)>,
}

pub(super) fn panel(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let now = now(words);
    let legs = legs::summary(words);
    let primary = now.primary.map(|(label, step)| {
        let href = step_path(deal.id, step);
        view! { <ActionBar><Button href=href>{label}</Button></ActionBar> }
    });
    view! {
        <section class="now card stack tight" aria-labelledby="now">
            <h2 id="now" class="visually-hidden">{t.deal_now()}</h2>
            <p>{headline::chip(words)}</p>
            <p class="sum">
                <Money units=now.sum asset/>
                {now.of.map(|of| view! { " "<span class="of">{t.deal_of(words.money(of))}</span> })}
            </p>
            <p class="holder muted">{words.network()}" · "{now.holder}</p>
            <p class="turn">{now.turn}</p>
            {legs}
            {primary}
        </section>
    }
}

fn now(words: Words<'_>) -> Now {
    let deal = &words.view.deal;
    match deal.state {
        State::AwaitingPayment | State::Detected | State::Underpaid => before_funding(words),
        State::Funded | State::InDelivery | State::Inspection => open(words),
        State::Disputed | State::Ruled => in_dispute(words),
        State::Settling | State::Released | State::Refunded | State::Split => settled(words),
        State::Expired | State::Cancelled => closed(words),
        State::Suspended | State::Loss => shaken(words),
    }
}

fn before_funding(words: Words<'_>) -> Now {
    let t = words.t();
    let deal = &words.view.deal;
    let party = words.view.party();
    let missing = words.money(deal.missing());
    let (turn, primary) = match (deal.state, party) {
        (State::AwaitingPayment, Some(Party::Buyer)) => {
            let pay = t.deal_now_pay_button(words.money(deal.price));
            (t.deal_now_pay().to_owned(), Some((pay, "pay")))
        }
        (State::AwaitingPayment, _) => (t.deal_now_pay_other().to_owned(), None),
        (State::Detected, Some(Party::Buyer)) => (t.deal_now_detected().to_owned(), None),
        (State::Detected, _) => (t.deal_now_detected_other().to_owned(), None),
        (_, Some(Party::Buyer)) if words.view.deal.is_topped_up() => (
            t.deal_now_topped_up(words.money(words.view.deal.under_way())),
            None,
        ),
        (_, Some(Party::Buyer)) => {
            let top_up = t.deal_now_top_up_button(&missing);
            (t.deal_now_top_up(&missing), Some((top_up, "pay")))
        }
        (_, Some(Party::Seller)) if is_waiver_proposed(deal) => {
            let waive = t.deal_now_waive_button().to_owned();
            (
                t.deal_now_waive(words.money(deal.held())),
                Some((waive, "waiver")),
            )
        }
        _ => (t.deal_now_top_up_other(&missing), None),
    };
    let is_short = deal.state == State::Underpaid;
    Now {
        sum: if is_short { deal.held() } else { deal.price },
        of: is_short.then_some(deal.price),
        holder: match deal.state {
            State::Underpaid => t.deal_holder_amn(),
            State::Detected => t.deal_holder_on_chain(),
            _ => t.deal_holder_buyer(),
        }
        .to_owned(),
        turn,
        primary,
    }
}

fn is_waiver_proposed(deal: &Deal) -> bool {
    deal.proposals.iter().any(|proposal| {
        proposal.by == Party::Buyer && matches!(proposal.offer, domain::deal::Offer::Waiver { .. })
    })
}

fn open(words: Words<'_>) -> Now {
    let t = words.t();
    let deal = &words.view.deal;
    let (turn, primary) = match (deal.state, words.view.party()) {
        (State::Funded, Some(Party::Seller)) => {
            let ship = t.deal_now_ship_button().to_owned();
            (t.deal_now_ship(), Some((ship, "ship")))
        }
        (State::Funded, _) => (t.deal_now_ship_other(), None),
        (State::InDelivery, Some(Party::Buyer)) => {
            let show = t.deal_now_show_code_button().to_owned();
            (t.deal_now_show_code(), Some((show, "code")))
        }
        (State::InDelivery, Some(Party::Seller)) => {
            let enter = t.deal_now_enter_code_button().to_owned();
            (t.deal_now_enter_code(), Some((enter, "code")))
        }
        (State::InDelivery, None) => (t.deal_now_in_delivery_other(), None),
        (_, Some(Party::Buyer)) => {
            let accept = t.deal_now_accept_button().to_owned();
            (t.deal_now_accept(), Some((accept, "accept")))
        }
        _ => (t.deal_now_accept_other(), None),
    };
    Now {
        sum: deal.held(),
        of: None,
        holder: t.deal_holder_amn().to_owned(),
        turn: turn.to_owned(),
        primary,
    }
}

fn in_dispute(words: Words<'_>) -> Now {
    let t = words.t();
    let deal = &words.view.deal;
    let case = deal.dispute();
    // An answer is also taken late, but then it is no longer waited for.
    let must_answer = case.is_some_and(|case| {
        let viewer = words.view.party();
        !case.may_be_ruled && viewer.is_some_and(|party| case.awaits_answer_of(party))
    });
    let (turn, primary) = match (deal.state, words.view.party()) {
        (State::Disputed, Some(_)) if must_answer => {
            let answer = t.deal_now_answer_button().to_owned();
            (t.deal_now_answer(), Some((answer, "answer")))
        }
        (State::Disputed, Some(_)) => {
            let add = t.deal_now_evidence_button().to_owned();
            (t.deal_now_disputed(), Some((add, "evidence")))
        }
        (State::Disputed, None) => (t.deal_now_disputed_other(), None),
        _ if deal.appealed => (t.deal_now_ruled_finally(), None),
        _ => (t.deal_now_ruled(), None),
    };
    Now {
        sum: deal.held(),
        of: None,
        holder: t.deal_holder_frozen().to_owned(),
        turn: turn.to_owned(),
        primary,
    }
}

fn settled(words: Words<'_>) -> Now {
    let t = words.t();
    let deal = &words.view.deal;
    let outcome = deal.settlement.map(|settlement| settlement.outcome);
    // What reaches the parties: the fees are in the money panel.
    let of_parties = deal.legs.iter();
    let of_parties = of_parties.filter(|leg| matches!(leg.id, LegId::Seller | LegId::Buyer));
    let paid_out = Units::sum(of_parties.map(Leg::net)).unwrap_or_default();
    let (seller, buyer) = (words.name(Party::Seller), words.name(Party::Buyer));
    let under_way = deal.state == State::Settling;
    let holder = match outcome {
        Some(Outcome::Release) if under_way => t.deal_holder_paying(seller),
        Some(Outcome::Refund) if under_way => t.deal_holder_paying(buyer),
        Some(Outcome::Release) => t.deal_holder_paid(seller),
        Some(Outcome::Refund) => t.deal_holder_paid(buyer),
        Some(Outcome::Split) | None if under_way => t.deal_holder_dividing().to_owned(),
        Some(Outcome::Split) | None => t.deal_holder_divided().to_owned(),
    };
    let waiting = waiting_leg(words);
    let turn = match waiting {
        Some(LegState::Blocked) => t.deal_now_address_refused(),
        Some(LegState::Unclaimed) => t.deal_now_claim(),
        Some(_) => t.deal_now_address(),
        None if under_way => t.deal_now_settling(),
        None => t.deal_now_over(),
    };
    let primary = waiting.map(|state| match state {
        LegState::Unclaimed => (t.deal_now_claim_button().to_owned(), "claim"),
        _ => (t.deal_now_address_button().to_owned(), "payout-address"),
    });
    Now {
        sum: paid_out,
        of: None,
        holder,
        turn: turn.to_owned(),
        primary,
    }
}

/// The state of a payout that waits for the viewer.
fn waiting_leg(words: Words<'_>) -> Option<LegState> {
    let deal = &words.view.deal;
    let viewer = words.view.party()?;
    let mine = || deal.legs.iter().filter(|leg| leg.payee == viewer);
    let waiting = mine().find(|leg| leg.state.waits_for_payee());
    let least = deal.terms.asset.min_payout();
    let unclaimed = || {
        let is_claimable = deal.state.is_final();
        mine().find(|leg| is_claimable && leg.state == LegState::Unclaimed && leg.gross >= least)
    };
    waiting.or_else(unclaimed).map(|leg| leg.state)
}

fn closed(words: Words<'_>) -> Now {
    let t = words.t();
    let deal = &words.view.deal;
    let late = Units::sum(deal.late_undecided().into_iter().map(|(_, units)| units));
    let late = late.unwrap_or_default();
    let waiting = waiting_leg(words);
    if late.is_zero() {
        let turn = match waiting {
            Some(_) => t.deal_now_address(),
            None if deal.state == State::Expired => t.deal_now_expired(),
            None => t.deal_now_cancelled(),
        };
        let primary = waiting.map(|state| match state {
            LegState::Unclaimed => (t.deal_now_claim_button().to_owned(), "claim"),
            _ => (t.deal_now_address_button().to_owned(), "payout-address"),
        });
        return Now {
            sum: deal.price,
            of: None,
            holder: t.deal_holder_nobody().to_owned(),
            turn: turn.to_owned(),
            primary,
        };
    }
    let agreed = match words.view.party() {
        Some(Party::Buyer) => deal.reopen.buyer,
        Some(Party::Seller) => deal.reopen.seller,
        None => true,
    };
    let reopen = t.deal_now_reopen_button().to_owned();
    Now {
        sum: late,
        of: None,
        holder: t.deal_holder_amn().to_owned(),
        turn: if agreed {
            t.deal_now_reopen_agreed()
        } else {
            t.deal_now_reopen()
        }
        .to_owned(),
        primary: (!agreed).then_some((reopen, "reopen")),
    }
}

fn shaken(words: Words<'_>) -> Now {
    let t = words.t();
    let deal = &words.view.deal;
    let turn = match (deal.state, words.view.party()) {
        (State::Suspended, Some(Party::Buyer)) => t.deal_now_suspended_buyer(),
        (State::Suspended, _) => t.deal_now_suspended_seller(),
        _ => t.deal_now_loss(),
    };
    Now {
        sum: deal.price,
        of: None,
        holder: t.deal_holder_uncertain().to_owned(),
        turn: turn.to_owned(),
        primary: None,
    }
}

/// The page of the one next step, so that it is not offered a second time.
pub(super) fn primary_page(words: Words<'_>) -> Option<&'static str> {
    now(words).primary.map(|(_, page)| page)
}
