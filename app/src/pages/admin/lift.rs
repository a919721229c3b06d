//! `/admin/deals/{id}/lift`: two admins end a pause before its time.

use axum::response::Response;
use domain::deal::{Command, DeadlineKind, Rejection, TwoKeyAction};
use leptos::prelude::*;
use services::deals::StaffView;

use super::open::{done, open, step};
use crate::components::{Banner, Button, Confirm, Moment, PostForm, Row, SummaryList, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, Nothing};
use crate::pages::staff::{Step, Taken, take};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    Ok(show(&page, &open(&page, path).await?, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Nothing>) -> PageResult {
    match take(&page, path.0, &form, Command::LiftHold).await? {
        Taken::Done => {
            let staff = open(&page, path).await?;
            let message = if staff.view.deal.hold.is_some() {
                "lift_first"
            } else {
                "deal_lifted"
            };
            Ok(page.see_other(&done(path, message)))
        }
        Taken::Refused(errors) => Ok(show(&page, &open(&page, path).await?, &errors)),
    }
}

pub(super) fn show(page: &Page, staff: &StaffView, errors: &Errors) -> Response {
    let t = page.t();
    let step = step(page, staff, t.lift_title());
    let may = staff.after(Command::LiftHold).map(|_| ());
    // Who turned the first key reads why a second person is needed.
    let page_may = may.or_else(|rejection| match rejection {
        Rejection::AnotherAdmin => Ok(()),
        other => Err(other),
    });
    step.show(errors, page_may, || {
        view! {
            {facts(page, staff)}
            {decide(page, staff, may, &step)}
        }
    })
}

fn facts(page: &Page, staff: &StaffView) -> Option<impl IntoView + use<>> {
    let t = page.t();
    let deal = &staff.view.deal;
    let hold = deal.hold.as_ref()?;
    let (reason, since) = (hold.reason.clone(), hold.since);
    let by = hold
        .by
        .map_or(t.lift_by_system(), |by| staff.admin_name(by));
    let by = by.to_owned();
    let mut rows = vec![
        Row::new(t.lift_by(), view! { <bdi>{by}</bdi> }),
        Row::new(t.lift_since(), view! { <Moment at=since/> }),
    ];
    if let Some(at) = deal.clocks.at(&DeadlineKind::Hold) {
        rows.push(Row::new(t.lift_until(), view! { <Moment at/> }));
    }
    Some(view! {
        <section class="card stack tight">
            <h2>{t.lift_reason()}</h2>
            <p class="said" dir="auto">{reason}</p>
            <SummaryList rows/>
        </section>
    })
}

fn decide(
    page: &Page,
    staff: &StaffView,
    may: Result<(), Rejection>,
    step: &Step<'_>,
) -> impl IntoView + use<> {
    let t = page.t();
    let not_yet = step.not_yet();
    if may.is_err() {
        return view! { <Banner tone=Tone::Care>{t.lift_own()}</Banner> }.into_any();
    }
    let first = staff.first_key(|action| *action == TwoKeyAction::LiftHold);
    let version = staff.view.deal.version;
    let (warning, button) = match first {
        Some(first) => (t.lift_second(first.name), t.lift_button()),
        None => (t.lift_first().to_owned(), t.lift_first_button()),
    };
    view! {
        <PostForm version>
            <Confirm warning final_word=t.lift_after().to_owned()>
                <p class="cluster">
                    <Button>{button}</Button>
                    {not_yet}
                </p>
            </Confirm>
        </PostForm>
    }
    .into_any()
}
