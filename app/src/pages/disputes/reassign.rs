//! An admin gives a case to another resolver. Who it is, the lot decides.

use axum::response::Response;
use domain::deal::{NOTE_CHARS_MAX, Rejection, State};
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::Relation;
use services::disputes::{CaseView, ReassignCase, ReassignError};

use super::open::{case_path, open_for_staff, step};
use crate::components::{Button, Field, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, refusal_words};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    reason: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = open_as_admin(&page, path).await?;
    Ok(show(&page, &case, "", &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = open_as_admin(&page, path).await?;
    let typed = &form.fields.reason;
    let mut errors = Errors::none();
    let reason = Line::<NOTE_CHARS_MAX>::new(typed);
    let reason = reason.map_err(|_| page.t().reassign_reason_wrong());
    let Some(reason) = errors.take("reason", reason) else {
        return Ok(show(&page, &case, typed, &errors));
    };
    let command = ReassignCase {
        deal: path.0,
        expected_version: form.version,
        reason,
    };
    let words = match page.services().reassign_case(&page.actor(), command).await {
        Ok(()) => return Ok(page.see_other(&format!("{}?done=reassigned", case_path(&case)))),
        Err(ReassignError::NobodyElse) => page.t().reassign_nobody().to_owned(),
        Err(ReassignError::Deal(error)) => refusal_words(&page, &error)?,
    };
    let case = open_as_admin(&page, path).await?;
    Ok(show(&page, &case, typed, &Errors::whole(words)))
}

/// Whoever was drawn for a case does not pass it on: that would be choosing.
async fn open_as_admin(page: &Page, path: DealPath) -> Result<CaseView, Failure> {
    let case = open_for_staff(page, path).await?;
    if case.view.relation == Relation::Admin {
        Ok(case)
    } else {
        Err(Failure::Forbidden)
    }
}

pub(super) fn show(page: &Page, case: &CaseView, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let deal = &case.view.deal;
    let version = deal.version;
    let may = if deal.state != State::Disputed {
        Err(Rejection::WrongState)
    } else if case.case.proposed.is_some() {
        Err(Rejection::RulingPending)
    } else {
        Ok(())
    };
    let judge = match &case.resolver {
        Some(name) => t.case_is_judged_by(name),
        None => t.case_undrawn().to_owned(),
    };
    let typed = typed.to_owned();
    let step = step(page, case, t.reassign_title());
    step.show(errors, may, || {
        let not_yet = step.not_yet();
        view! {
            <p>{judge}</p>
            <p class="prose">{t.reassign_text()}</p>
            <PostForm version class="stack">
                <Field
                    name="reason"
                    label=t.reassign_reason()
                    hint=t.reassign_reason_hint()
                    value=typed
                    maxlength=200
                />
                <p class="cluster">
                    <Button>{t.reassign_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
