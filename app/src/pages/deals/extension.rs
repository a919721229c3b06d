//! More time to ship and to deliver: one proposes, the other signs.

use axum::response::Response;
use domain::Span;
use domain::deal::{Command, Offer};
use leptos::prelude::*;

use super::fields;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::proposal::{Kind, Reply, standing, waits_for_answer};
use super::take::take;
use super::words::Words;
use crate::components::{Button, Field, Look, Moment, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

/// The longest extension, in days.
const DAYS_MAX: u32 = 90;

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, "", &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Reply>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let typed = &form.fields.value;
    let days = fields::number(typed).filter(|days| (1..=DAYS_MAX).contains(days));
    let proposed = days.map(|days| (proposing(Span::days(days)), "deal_proposed"));
    let Some((step, done)) = form.fields.command().or(proposed) else {
        let mut errors = Errors::none();
        errors.add("value", page.t().deal_extension_days_wrong());
        return Ok(show(&page, &case, typed, &errors));
    };
    take(&page, &case, &form, step, done, |case, errors| {
        show(&page, case, typed, errors)
    })
    .await
}

const fn proposing(by: Span) -> Command {
    Command::Propose {
        offer: Offer::Extension { by },
    }
}

const fn is_extension(offer: Offer) -> bool {
    matches!(offer, Offer::Extension { .. })
}

pub(super) fn show(page: &Page, case: &Case, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let kind = Kind {
        is: is_extension,
        agree: &|offer| match offer {
            Offer::Extension { by } => t.deal_extension_agree(words.length(by)),
            Offer::Split { .. } | Offer::Waiver { .. } => String::new(),
        },
        detail: &|_| None,
    };
    let standing = standing(page, case, &kind);
    let may = case.may(proposing(Span::days(1)));
    let page_may = if standing.is_empty() { may } else { Ok(()) };
    let look = if waits_for_answer(case, is_extension) {
        Look::Quiet
    } else {
        Look::Primary
    };
    let (version, due, value) = (
        case.deal().version,
        case.deal().delivery_due,
        typed.to_owned(),
    );
    step_page(
        page,
        case,
        t.deal_extension_title(),
        errors,
        page_may,
        || {
            let not_yet = not_yet(page, case);
            view! {
                <p class="prose">{t.deal_extension_text()}</p>
                {due.map(|at| view! { <p>{t.deal_ship_due()}" "<Moment at/></p> })}
                {standing}
                {may.is_ok().then(|| view! {
                    <PostForm version class="stack">
                        <Field
                            name="value"
                            label=t.deal_extension_days()
                            hint=t.deal_extension_days_hint()
                            value
                            inputmode="numeric"
                            maxlength=3
                        />
                        <p class="cluster">
                            <Button look name="act" value="propose">{t.deal_extension_button()}</Button>
                            {not_yet}
                        </p>
                    </PostForm>
                })}
            }
        },
    )
}
