//! `/admin/deals/{id}/hold`: an admin pauses a deal for review.

use axum::response::Response;
use domain::deal::{Command, HOLDS_MAX, NOTE_CHARS_MAX};
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::StaffView;

use super::open::{done, open, step};
use crate::components::{Banner, Button, PostForm, Textarea, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, block};
use crate::pages::staff::{Taken, take};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    reason: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let staff = open(&page, path).await?;
    Ok(show(&page, &staff, "", &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let staff = open(&page, path).await?;
    let typed = &form.fields.reason;
    let mut errors = Errors::none();
    let Some(reason) = errors.take("reason", block::<NOTE_CHARS_MAX>(page.t(), typed)) else {
        return Ok(show(&page, &staff, typed, &errors));
    };
    match take(&page, path.0, &form, Command::Hold { reason }).await? {
        Taken::Done => Ok(page.see_other(&done(path, "deal_held"))),
        Taken::Refused(errors) => Ok(show(&page, &open(&page, path).await?, typed, &errors)),
    }
}

pub(super) fn show(page: &Page, staff: &StaffView, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let deal = &staff.view.deal;
    let version = deal.version;
    let may = staff.after(Command::Hold {
        reason: String::new(),
    });
    let may = may.map(|_| ());
    let number = |count: usize| t.number(u64::try_from(count).unwrap_or(u64::MAX));
    let count = t.hold_count(
        number(deal.holds.len().saturating_add(1)),
        number(HOLDS_MAX),
    );
    let typed = typed.to_owned();
    let step = step(page, staff, t.hold_title());
    step.show(errors, may, || {
        let not_yet = step.not_yet();
        view! {
            <Banner tone=Tone::Care>{t.hold_text()}</Banner>
            <ul class="ways">
                <li>{t.hold_nothing_sent()}</li>
                <li>{t.hold_clocks()}</li>
                <li>{t.hold_people()}</li>
                <li>{t.hold_ends()}</li>
            </ul>
            <p class="muted">{count}</p>
            <PostForm version class="stack">
                <Textarea
                    name="reason"
                    label=t.hold_reason()
                    hint=t.hold_reason_hint()
                    value=typed
                    rows=3
                />
                <p class="cluster">
                    <Button>{t.hold_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
