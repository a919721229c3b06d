//! The delivery code: the buyer shows it, the seller enters it.

use axum::response::Response;
use domain::deal::{Command, DeliveryCode, Party, Rejection, State};
use domain::{Span, Timestamp};
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::{ActOnDeal, CodeAnswer, ShownCode};

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath, failure, step_path};
use super::refusal;
use super::take::key;
use crate::components::{Banner, Button, CodeField, Look, Moment, PostForm, Refresh, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    code: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    draw(&page, &case, &Errors::none()).await
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let told = match case.party {
        Party::Buyer => make(&page, &case, &form).await?,
        Party::Seller => enter(&page, &case, &form).await?,
    };
    match told {
        Ok(there) => Ok(page.see_other(&there)),
        Err(errors) => {
            // The try was counted: the page says how things stand now.
            let case = Case::open(&page, path).await?;
            draw(&page, &case, &errors).await
        }
    }
}

async fn draw(page: &Page, case: &Case, errors: &Errors) -> PageResult {
    match case.party {
        Party::Buyer => {
            let shown = shown(page, case).await?;
            Ok(show_to_buyer(page, case, shown.as_ref(), errors))
        }
        Party::Seller => Ok(show_to_seller(page, case, errors)),
    }
}

/// An inspection lasts whole days.
fn whole_days(span: Span) -> u64 {
    let days = span.ms().checked_div(Span::days(1).ms());
    days.and_then(|days| u64::try_from(days).ok())
        .unwrap_or_default()
}

async fn shown(page: &Page, case: &Case) -> Result<Option<ShownCode>, Failure> {
    if case.deal().state != State::InDelivery {
        return Ok(None);
    }
    let shown = page
        .services()
        .show_code(&page.actor(), case.deal().id)
        .await;
    shown.map_err(|error| failure(&error))
}

/// Where to go, or what was wrong.
type Told = Result<String, Errors>;

async fn make(page: &Page, case: &Case, form: &Submission<Fields>) -> Result<Told, Failure> {
    let command = ActOnDeal {
        deal: case.deal().id,
        expected_version: form.version,
        key: key(form),
        step: Command::MakeCode,
    };
    let made = page.services().act_on_deal(&page.actor(), command).await;
    Ok(match made {
        Ok(_) => Ok(step_path(case.deal().id, "code")),
        Err(error) => Err(Errors::whole(refusal::words(page, &error)?)),
    })
}

async fn enter(page: &Page, case: &Case, form: &Submission<Fields>) -> Result<Told, Failure> {
    let mut errors = Errors::none();
    let deal = case.deal().id;
    let Some(typed) = DeliveryCode::parse(&form.fields.code) else {
        errors.add("code", page.t().deal_code_malformed());
        return Ok(Err(errors));
    };
    let entered = page
        .services()
        .enter_code(&page.actor(), deal, typed, key(form))
        .await;
    match entered {
        Ok(CodeAnswer::Right(_)) => {
            let room = super::open::room_path(deal);
            return Ok(Ok(format!("{room}?done=deal_code_right")));
        }
        Ok(CodeAnswer::Wrong {
            tries_left,
            locked_until,
        }) => {
            errors.add("code", wrong(page, case.view.now, tries_left, locked_until));
        }
        Err(error) => errors.add("code", refusal::words(page, &error)?),
    }
    Ok(Err(errors))
}

/// What a wrong code has led to.
fn wrong(page: &Page, now: Timestamp, left: u32, locked_until: Option<Timestamp>) -> String {
    let t = page.t();
    match locked_until {
        _ if left > 0 => t.deal_code_wrong(u64::from(left)),
        Some(until) if until > now => t.deal_code_locked_until(page.when.time(until)),
        _ => t.refusal_code_used_up().to_owned(),
    }
}

/// The page of the buyer: the code in large, or the way to make one.
pub(crate) fn show_to_buyer(
    page: &Page,
    case: &Case,
    shown: Option<&ShownCode>,
    errors: &Errors,
) -> Response {
    let t = page.t();
    // A code that exists is shown also when no further one may be made.
    let may = match shown {
        Some(_) => Ok(()),
        None => case.may(Command::MakeCode),
    };
    let may_make = case.may(Command::MakeCode).is_ok();
    let version = case.deal().version;
    let inspection = whole_days(case.deal().terms.periods.inspection);
    let code = shown.map(|shown| {
        let (spoken, until) = (shown.spoken.clone(), shown.valid_until);
        view! {
            <div class="card stack tight code-card">
                <p class="code" dir="ltr" translate="no">{spoken}</p>
                <p class="muted">{t.deal_code_valid()}" "<Moment at=until/></p>
            </div>
        }
    });
    let is_shown = shown.is_some();
    step_page(page, case, t.deal_code_title_buyer(), errors, may, || {
        let not_yet = not_yet(page, case);
        let make = may_make.then(|| {
            let (label, look) = if is_shown {
                (t.deal_code_make_new(), Look::Quiet)
            } else {
                (t.deal_code_make(), Look::Primary)
            };
            view! {
                <PostForm version class="stack tight">
                    {is_shown.then(|| view! { <p class="hint">{t.deal_code_make_new_hint()}</p> })}
                    <p class="cluster"><Button look>{label}</Button>{not_yet}</p>
                </PostForm>
            }
        });
        view! {
            <Refresh/>
            {code}
            <Banner tone=Tone::Care>
                <p><strong>{t.deal_code_say_late()}</strong></p>
                <p>{t.deal_code_starts(inspection)}</p>
            </Banner>
            {make}
        }
    })
}

/// The page of the seller: one field, in the digits of any script.
pub(crate) fn show_to_seller(page: &Page, case: &Case, errors: &Errors) -> Response {
    let t = page.t();
    // A state in which no code would be taken ends the page; a locked code does not.
    let may = match case.deal().state {
        State::InDelivery => Ok(()),
        _ => Err(Rejection::WrongState),
    };
    let code = case.deal().code;
    let is_locked = code.locked_until.is_some_and(|until| until > case.view.now);
    let locked = code
        .locked_until
        .filter(|_| is_locked && errors.is_empty())
        .map(|until| t.deal_code_locked_until(page.when.time(until)));
    let waits = (code.generation == 0).then(|| t.deal_code_not_made());
    let without = step_path(case.deal().id, "deliver");
    let version = case.deal().version;
    step_page(page, case, t.deal_code_title_seller(), errors, may, || {
        let not_yet = not_yet(page, case);
        view! {
            <Refresh/>
            <p class="prose">{t.deal_code_ask()}</p>
            {waits.map(|text| view! { <Banner>{text}</Banner> })}
            {locked.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
            <PostForm version class="stack">
                <CodeField name="code" label=t.deal_code_field() hint=t.deal_code_field_hint()/>
                <p class="cluster">
                    <Button>{t.deal_code_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
            <p>{t.deal_code_without()}" "<a href=without>{t.deal_more_deliver()}</a></p>
        }
    })
}
