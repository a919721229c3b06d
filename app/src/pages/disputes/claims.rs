//! What both sides say, side by side.

use domain::deal::{Opener, Party};
use leptos::prelude::*;
use services::disputes::CaseView;

use super::share;
use crate::components::{Banner, Tone};
use crate::page::Page;
use crate::pages::deals::for_staff::Words;

pub(super) fn section(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let by_itself = (case.case.opener == Opener::System).then(|| {
        view! { <Banner tone=Tone::Info>{t.case_by_clock()}</Banner> }
    });
    view! {
        <section class="stack" aria-labelledby="claims">
            <h2 id="claims">{t.case_claims()}</h2>
            {by_itself}
            <div class="claims">
                {side(page, case, Party::Buyer)}
                {side(page, case, Party::Seller)}
            </div>
        </section>
    }
}

/// One side's words in the order in which they came: claim or answer, then the appeal.
fn side(page: &Page, case: &CaseView, party: Party) -> impl IntoView + use<> {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let name = words.name(party);
    let said = if case.case.opener.party() == Some(party) {
        claim(page, case).into_any()
    } else {
        answer(page, case, party).into_any()
    };
    let appeal = case
        .case
        .appeal
        .as_ref()
        .filter(|appeal| appeal.by == party);
    let appeal = appeal.map(|appeal| {
        let statement = appeal.statement.clone();
        view! {
            <h4>{t.case_appeal()}</h4>
            <p class="said" dir="auto">{statement}</p>
        }
    });
    let role = match party {
        Party::Buyer => t.deal_buyer(),
        Party::Seller => t.deal_seller(),
    };
    view! {
        <div class="card stack tight">
            <h3>{role}": "<bdi>{name}</bdi></h3>
            {said}
            {appeal}
        </div>
    }
}

/// The opener's claim, with the division they ask for in token and per cent.
fn claim(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let deal = &case.view.deal;
    let statement = case.case.statement.clone();
    let wanted = case.case.wanted.and_then(|buyer| deal.division(buyer));
    let wanted = match wanted {
        Some(division) => view! {
            <h4>{t.case_asks_for()}</h4>
            {share::preview(t, deal, division)}
        }
        .into_any(),
        None => view! { <p class="muted">{t.deal_dispute_wanted_open()}</p> }.into_any(),
    };
    view! {
        <p class="muted">{t.case_opened_it()}</p>
        <p class="said" dir="auto">{statement}</p>
        {wanted}
    }
}

fn answer(page: &Page, case: &CaseView, party: Party) -> impl IntoView + use<> {
    let t = page.t();
    let given = case.case.answers.iter().find(|answer| answer.by == party);
    match given {
        Some(answer) => {
            let (statement, at) = (answer.statement.clone(), page.when.moment(answer.at));
            view! {
                <p class="muted">{t.case_answered(at)}</p>
                <p class="said" dir="auto">{statement}</p>
            }
            .into_any()
        }
        None if case.case.may_be_ruled => view! { <p>{t.case_silent()}</p> }.into_any(),
        None => view! { <p>{t.deal_dispute_not_yet_answered()}</p> }.into_any(),
    }
}
