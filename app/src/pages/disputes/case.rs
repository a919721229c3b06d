//! `/disputes/{deal}`: a case with all there is to judge it by.

use axum::response::Response;
use domain::Timestamp;
use domain::deal::{DeadlineKind, Rejection, RuledBy, Ruling, State, Tier};
use leptos::prelude::*;
use services::deals::Relation;
use services::disputes::CaseView;

use super::open::{case_path, of_party, open};
use super::{claims, desk, evidence, share};
use crate::components::{
    Banner, Button, Chip, DealChip, Icon, Look, Moment, Row, SummaryList, Tone,
};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{
    DealPath, Words, category_word, future_panel, list_of_questions, money_section, people_section,
    terms_section, timeline_section,
};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = open(&page, path).await?;
    Ok(match case.view.relation {
        // The parties see it in their deal, with all that they can do there.
        Relation::Party(_) => page.see_other(&of_party(&case)),
        Relation::Resolver | Relation::Approver | Relation::Admin => show(&page, &case),
    })
}

pub(crate) fn show(page: &Page, case: &CaseView) -> Response {
    let t = page.t();
    let deal = &case.view.deal;
    let code = deal.id.short();
    let words = Words::new(page, &case.view);
    page.html(t.case_page_title(&code)).render(|| {
        let goods = deal.terms.goods.title.clone();
        view! {
            <div class="room stack">
                <p>
                    <a class="back" href="/disputes">
                        <Icon name="arrow-back" directional=true/>{t.case_desk_title()}
                    </a>
                </p>
                <div class="room-heading">
                    <h1><bdi>{goods}</bdi></h1>
                    <p class="muted">{t.case_title(&code)}</p>
                </div>
                <div class="sidebar">
                    <div class="stack loose">
                        {now(page, case)}
                        {rulings(page, case)}
                        {claims::section(page, case)}
                        {questions(page, case)}
                        {evidence::section(page, case)}
                        {future_panel(words)}
                        {timeline_section(words)}
                        {terms_section(words, None)}
                    </div>
                    <aside class="stack loose" aria-label=t.deal_aside()>
                        {facts(page, case)}
                        {money_section(words)}
                        {people_section(words)}
                    </aside>
                </div>
            </div>
        }
    })
}

/// What is frozen, how long there is, and the one next step.
fn now(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let deal = &case.view.deal;
    let words = Words::new(page, &case.view);
    let (state, held) = (deal.state, deal.hold.is_some());
    let is_open = deal.state == State::Disputed;
    let sum = words.money(deal.held());
    let time = due(case).filter(|_| is_open).map(|at| {
        let (tone, icon, text) = desk::urgency(page, at);
        view! { <Chip tone icon text/> }
    });
    let frozen = if is_open {
        t.case_frozen()
    } else {
        t.case_not_frozen()
    };
    view! {
        <section class="now card stack tight" aria-labelledby="now">
            <h2 id="now" class="visually-hidden">{t.deal_now()}</h2>
            <p class="cluster"><DealChip state held/>{time}</p>
            <p class="sum"><bdi class="money" dir="ltr">{sum}</bdi></p>
            <p class="muted">{words.network()}" · "{frozen}</p>
            {turn(page, case)}
        </section>
    }
}

fn due(case: &CaseView) -> Option<Timestamp> {
    let clocks = &case.view.deal.clocks;
    match case.view.relation {
        Relation::Approver => clocks.at(&DeadlineKind::Approval),
        Relation::Party(_) | Relation::Resolver | Relation::Admin => {
            clocks.at(&DeadlineKind::Ruling)
        }
    }
}

/// Whose turn it is, asked of the function that decides.
fn turn(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let path = case_path(case);
    if case.may_approve().is_ok() {
        let href = format!("{path}/approve");
        return view! {
            <p class="turn">{t.case_turn_approve()}</p>
            <p><Button href=href>{t.case_read_proposal()}</Button></p>
        }
        .into_any();
    }
    let may = case.may_rule();
    if may.is_ok() {
        let href = format!("{path}/rule");
        return view! {
            <p class="turn">{t.case_turn_rule()}</p>
            <p><Button href=href>{t.case_write_ruling()}</Button></p>
        }
        .into_any();
    }
    let words = waits(page, case, may.err());
    let reassign = (case.view.relation == Relation::Admin
        && case.view.deal.state == State::Disputed
        && case.case.proposed.is_none())
    .then(|| {
        let href = format!("{path}/reassign");
        view! { <p><Button look=Look::Quiet href=href>{t.reassign_link()}</Button></p> }
    });
    let proposal = case.case.proposed.is_some().then(|| {
        let href = format!("{path}/approve");
        view! { <p><a href=href>{t.case_read_proposal()}</a></p> }
    });
    view! { <p class="turn">{words}</p>{proposal}{reassign} }.into_any()
}

/// Why nobody here has to act now.
fn waits(page: &Page, case: &CaseView, rejection: Option<Rejection>) -> String {
    let t = page.t();
    let deal = &case.view.deal;
    if case.case.proposed.is_some() {
        return match (&case.approver, case.view.relation) {
            (Some(name), Relation::Resolver) => t.case_waits_for_approver_own(name),
            (Some(name), _) => t.case_waits_for_approver(name),
            (None, _) => t.case_approver_undrawn().to_owned(),
        };
    }
    match deal.state {
        State::Disputed => match (rejection, deal.clocks.at(&DeadlineKind::Answer)) {
            (Some(Rejection::AnswerFirst), Some(at)) => t.case_answer_first(page.when.moment(at)),
            (_, _) => match &case.resolver {
                Some(name) => t.case_is_judged_by(name),
                None => t.case_undrawn().to_owned(),
            },
        },
        State::Ruled => t.case_is_ruled().to_owned(),
        _ => t.case_is_over().to_owned(),
    }
}

/// What was ruled so far: the first stage's ruling stays in sight while the second judges.
fn rulings(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let first = case.case.first_ruling.as_ref();
    let last = case.case.ruling.as_ref();
    let first = first.map(|ruling| ruled(page, case, t.case_first_ruling(), ruling));
    let last = last.map(|ruling| ruled(page, case, t.deal_ruling(), ruling));
    view! { {first}{last} }
}

fn ruled(
    page: &Page,
    case: &CaseView,
    heading: &'static str,
    ruling: &Ruling,
) -> impl IntoView + use<> {
    let t = page.t();
    let deal = &case.view.deal;
    let by = match ruling.by {
        RuledBy::Resolver(_) => t.deal_ruling_by_resolver(),
        RuledBy::Evidence => t.deal_ruling_by_evidence(),
    };
    // Once it is carried out, nothing is held any more: the settlement has the sums.
    let parts = deal
        .settlement
        .is_none()
        .then(|| deal.division(ruling.buyer))
        .flatten()
        .map(|parts| share::preview(t, deal, parts));
    let reasoning = ruling.reasoning.clone();
    view! {
        <section class="card stack tight">
            <h2>{heading}</h2>
            <p>{by}</p>
            {parts}
            {(!reasoning.is_empty()).then(|| view! { <p class="said" dir="auto">{reasoning}</p> })}
        </section>
    }
}

/// What was asked and answered, and the way to ask.
fn questions(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let list = list_of_questions(Words::new(page, &case.view), &case.case);
    let list = match list {
        Some(list) => list.into_any(),
        None => view! { <p class="muted">{t.question_none()}</p> }.into_any(),
    };
    let ask = case.may_ask().is_ok().then(|| {
        let href = format!("{}/ask", case_path(case));
        view! { <p><Button look=Look::Quiet href=href>{t.question_ask()}</Button></p> }
    });
    view! {
        <section class="card stack" aria-labelledby="questions">
            <h2 id="questions">{t.question_title()}</h2>
            {list}
            {ask}
        </section>
    }
}

fn facts(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let dispute = &case.case;
    let opened_at = dispute.opened_at;
    let stage = match dispute.tier {
        Tier::First => t.deal_dispute_first_tier(),
        Tier::Second => t.deal_dispute_second_tier(),
    };
    let resolver = case.resolver.clone();
    let resolver = resolver.unwrap_or_else(|| t.deal_dispute_undrawn().to_owned());
    let mut rows = vec![
        Row::new(t.deal_dispute_about(), category_word(t, dispute.category)),
        Row::new(t.case_opened(), view! { <Moment at=opened_at/> }),
        Row::new(t.deal_dispute_tier(), stage),
        Row::new(t.deal_dispute_resolver(), view! { <bdi>{resolver}</bdi> }),
    ];
    if let Some(approver) = case.approver.clone() {
        rows.push(Row::new(t.case_approver(), view! { <bdi>{approver}</bdi> }));
    }
    for (label, kind) in [
        (t.deal_dispute_answer_by(), DeadlineKind::Answer),
        (t.case_approve_by(), DeadlineKind::Approval),
        (t.deal_dispute_rule_by(), DeadlineKind::Ruling),
        (t.deal_dispute_appeal_by(), DeadlineKind::Appeal),
    ] {
        if let Some(at) = case.view.deal.clocks.at(&kind) {
            rows.push(Row::new(label, view! { <Moment at/> }));
        }
    }
    let limit = case.needs_approval().then(|| {
        view! { <Banner tone=Tone::Info>{t.case_needs_approval()}</Banner> }
    });
    view! {
        <section class="card stack tight facts" aria-labelledby="facts">
            <h2 id="facts">{t.case_facts()}</h2>
            <SummaryList rows/>
            {limit}
        </section>
    }
}
