//! A large ruling, for the second person: who prepared it cannot approve it.

use axum::response::Response;
use domain::deal::{Command, ProposedRuling, Rejection, Tier};
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::Relation;
use services::disputes::CaseView;

use super::open::{case_path, open_for_staff, step};
use super::share;
use crate::components::{
    Banner, Button, Checkbox, Confirm, Look, PostForm, Row, SummaryList, Tone,
};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, Words};
use crate::pages::staff::{Step, Taken, take};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    act: String,
    sure: Option<String>,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = open_for_staff(&page, path).await?;
    Ok(show(&page, &case, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = open_for_staff(&page, path).await?;
    let (decision, done) = if form.fields.act == "reject" {
        (Command::RejectRuling, "ruling_rejected")
    } else {
        (Command::ApproveRuling, "ruling_approved")
    };
    if decision == Command::ApproveRuling && form.fields.sure.is_none() {
        let mut errors = Errors::none();
        errors.add("sure", page.t().ruling_tick());
        return Ok(show(&page, &case, &errors));
    }
    match take(&page, path.0, &form, decision).await? {
        Taken::Done => Ok(page.see_other(&format!("{}?done={done}", case_path(&case)))),
        Taken::Refused(errors) => {
            let case = open_for_staff(&page, path).await?;
            Ok(show(&page, &case, &errors))
        }
    }
}

pub(super) fn show(page: &Page, case: &CaseView, errors: &Errors) -> Response {
    let t = page.t();
    let step = step(page, case, t.approve_title());
    let proposed = case.case.proposed.as_ref();
    let Some(proposed) = proposed.filter(|_| case.view.deal.dispute().is_some()) else {
        return step.show(errors, Err(Rejection::NoRulingPending), || ());
    };
    step.show(errors, Ok(()), || {
        view! {
            {people(page, case)}
            {proposal(page, case, proposed)}
            {decide(page, case, &step)}
        }
    })
}

/// Two names: who prepared it, and who has to approve.
fn people(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let prepared = case.resolver.clone().unwrap_or_default();
    let approves = case.approver.clone();
    let approves = approves.unwrap_or_else(|| t.deal_dispute_undrawn().to_owned());
    let rows = vec![
        Row::new(t.approve_prepared_by(), view! { <bdi>{prepared}</bdi> }),
        Row::new(t.approve_to_approve(), view! { <bdi>{approves}</bdi> }),
    ];
    view! { <section class="card"><SummaryList rows/></section> }
}

fn proposal(page: &Page, case: &CaseView, proposed: &ProposedRuling) -> impl IntoView + use<> {
    let t = page.t();
    let deal = &case.view.deal;
    let parts = deal.division(proposed.ruling.buyer);
    let parts = parts.map(|parts| share::preview(t, deal, parts));
    let reasons = proposed.ruling.reasoning.clone();
    view! {
        <section class="stack tight" aria-labelledby="proposed">
            <h2 id="proposed">{t.approve_proposed()}</h2>
            {parts}
            <h3>{t.ruling_reasons()}</h3>
            <p class="said" dir="auto">{reasons}</p>
        </section>
    }
}

/// The buttons for whoever was drawn; for everybody else, why there are none.
fn decide(page: &Page, case: &CaseView, step: &Step<'_>) -> impl IntoView + use<> {
    let t = page.t();
    let not_yet = step.not_yet();
    if case.may_approve().is_err() {
        let words = match case.view.relation {
            Relation::Resolver => t.approve_own(),
            Relation::Approver | Relation::Admin | Relation::Party(_) => t.approve_other(),
        };
        return view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any();
    }
    let words = Words::new(page, &case.view);
    let deal = &case.view.deal;
    let version = deal.version;
    let parts = case.case.proposed.as_ref();
    let parts = parts.and_then(|proposed| deal.division(proposed.ruling.buyer));
    let parts = parts.unwrap_or(domain::deal::Division {
        buyer: deal.held(),
        seller: domain::Units::ZERO,
        fee: domain::Units::ZERO,
    });
    let button = t.approve_button(words.money(parts.buyer), words.money(parts.seller));
    let (warning, more) = match case.case.tier {
        Tier::First => (t.ruling_first_final(), t.ruling_first_final_text()),
        Tier::Second => (t.ruling_last_final(), t.ruling_last_final_text()),
    };
    view! {
        <PostForm version>
            <Confirm warning final_word=more.to_owned()>
                <Checkbox name="sure" label=t.approve_sure()/>
                <p class="cluster">
                    <Button look=Look::Danger name="act" value="approve">{button}</Button>
                    <Button look=Look::Quiet name="act" value="reject">{t.approve_reject()}</Button>
                    {not_yet}
                </p>
                <p class="hint">{t.approve_reject_hint()}</p>
            </Confirm>
        </PostForm>
    }
    .into_any()
}
