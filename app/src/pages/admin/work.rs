//! `/admin/work`: what jobs gave up, and having it tried again.

use axum::response::Response;
use domain::id::DeadLetterId;
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;
use services::dead_letters::{DeadLetter, DeadLetterSource, RetryDeadLetterError};
use services::paging::{Limit, Page as Paged};

use crate::components::{Button, Empty, Look, Moment, Pagination, PostForm, Tab, Tabs};
use crate::form::{Errors, Kept, Submission};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Failure, Page, PageResult};

const ON_A_PAGE: u32 = 20;
const OPEN: &str = "/admin/work";
const SETTLED: &str = "/admin/work?view=settled";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    letter: String,
    reason: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let is_open = page.query("view") != Some("settled");
    let place = ListPlace::of(&page);
    let found = find(&page, is_open, &place).await?;
    let errors = Errors::none();
    let typed = Fields {
        letter: Kept::or("letter", String::new()),
        reason: Kept::or("reason", String::new()),
    };
    Ok(show(&page, is_open, found, &place, &typed, &errors))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let fields = &form.fields;
    let id: DeadLetterId = fields.letter.parse().map_err(|_| Failure::NotFound)?;
    let words = match Line::<200>::new(&fields.reason) {
        Err(_) => page.t().solvency_reason_wrong(),
        Ok(reason) => {
            let retried = page
                .services()
                .retry_dead_letter(&page.actor(), id, reason)
                .await;
            match retried {
                Ok(()) => return Ok(page.see_other("/admin/work?done=work_retried")),
                Err(RetryDeadLetterError::NotOpen) => page.t().work_gone(),
                Err(RetryDeadLetterError::Failed(failure)) => return Err(failure.into()),
            }
        }
    };
    let place = ListPlace::of(&page);
    let found = find(&page, true, &place).await?;
    let errors = Errors::whole(words);
    Ok(show(&page, true, found, &place, fields, &errors))
}

async fn find(page: &Page, is_open: bool, place: &ListPlace) -> Result<Paged<DeadLetter>, Failure> {
    let request = place.request(Limit::new(ON_A_PAGE));
    let actor = page.actor();
    let found = page.services().list_dead_letters(&actor, is_open, request);
    Ok(found.await?)
}

fn show(
    page: &Page,
    is_open: bool,
    found: Paged<DeadLetter>,
    place: &ListPlace,
    typed: &Fields,
    errors: &Errors,
) -> Response {
    let t = page.t();
    page.html(t.work_title()).errors(errors).render(|| {
        let here = if is_open { OPEN } else { SETTLED };
        let next = place.older(here, found.next);
        let previous = place.newer(here);
        let list = if found.items.is_empty() {
            view! { <Empty title=t.work_none() text=t.work_none_text()/> }.into_any()
        } else {
            let items: Vec<_> = found
                .items
                .iter()
                .map(|letter| item(t, letter, typed))
                .collect();
            view! { <ul class="plain stack">{items}</ul> }.into_any()
        };
        let tabs = vec![
            Tab::new(OPEN, t.work_open(), is_open),
            Tab::new(SETTLED, t.work_settled(), !is_open),
        ];
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.work_title()}</h1>
                    <p class="lede prose">{t.work_lede()}</p>
                </div>
                <Tabs label=t.work_views() groups=vec![tabs]/>
                {list}
                <Pagination previous=previous next=next/>
            </div>
        }
    })
}

const fn source(t: Locale, source: DeadLetterSource) -> &'static str {
    match source {
        DeadLetterSource::Webhook => t.work_source_webhook(),
        DeadLetterSource::Relay => t.work_source_relay(),
        DeadLetterSource::Deadlines => t.work_source_deadlines(),
        DeadLetterSource::Polling => t.work_source_polling(),
        DeadLetterSource::Payouts => t.work_source_payouts(),
        DeadLetterSource::Mail => t.work_source_mail(),
        DeadLetterSource::Heartbeat => t.work_source_heartbeat(),
    }
}

fn item(t: Locale, letter: &DeadLetter, typed: &Fields) -> impl IntoView + use<> {
    let (at, times) = (letter.last_at, u64::from(letter.times));
    let (subject, error) = (letter.subject.clone(), letter.error.clone());
    let retry = letter.settled_at.is_none().then(|| retry(t, letter, typed));
    view! {
        <li class="card stack tight">
            <h2 class="card-title">{source(t, letter.source)}</h2>
            <p><code class="break" dir="ltr">{subject}</code></p>
            <p class="said" dir="auto">{error}</p>
            <p class="muted">{t.work_times(times)}" · "{t.work_last()}" "<Moment at/></p>
            {retry}
        </li>
    }
}

/// A message from outside has nothing to try again: it is only put aside.
fn retry(t: Locale, letter: &DeadLetter, typed: &Fields) -> impl IntoView + use<> {
    let id = letter.id.to_string();
    let reason = if typed.letter == id {
        typed.reason.clone()
    } else {
        String::new()
    };
    let button = match letter.source {
        DeadLetterSource::Webhook => t.work_aside(),
        _ => t.work_retry(),
    };
    let subject = letter.subject.clone();
    view! {
        <PostForm class="cluster">
            <input type="hidden" name="letter" value=id/>
            <label class="stack tight">
                <span>{t.work_reason()}<span class="visually-hidden">": "{subject}</span></span>
                <input type="text" name="reason" value=reason maxlength="200"/>
            </label>
            <Button look=Look::Quiet>{button}</Button>
        </PostForm>
    }
}
