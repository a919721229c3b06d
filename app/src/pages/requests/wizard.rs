//! `/requests/new/…`: writing a request in four steps. Each step saves its part in the draft, so
//! nothing is lost, also before there is an account.

pub(crate) mod budget;
pub(crate) mod check;
pub(crate) mod conditions_fields;
pub(crate) mod delivery;
pub(crate) mod delivery_fields;
pub(crate) mod what;
pub(crate) mod what_fields;

use axum::http::HeaderMap;
use axum::response::Response;
use domain::Timestamp;
use domain::id::RequestId;
use domain::request::Request;
use leptos::prelude::*;
use services::requests::{ChangeRequestError, DraftPart, WriteDraft, WriteDraftError};

use super::guest::{command_key, known_guest, remember, writing_guest};
use super::refusals;
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::{Failure, Page};

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    What,
    /// A part of the first step, for those who have pictures.
    Files,
    Delivery,
    Budget,
    Check,
    /// A part of the last step, for those who ask certain sellers.
    Invite,
}

impl Step {
    const ALL: [Self; 4] = [Self::What, Self::Delivery, Self::Budget, Self::Check];

    const fn number(self) -> u64 {
        match self {
            Self::What | Self::Files => 1,
            Self::Delivery => 2,
            Self::Budget => 3,
            Self::Check | Self::Invite => 4,
        }
    }

    const fn name(self, t: Locale) -> &'static str {
        match self {
            Self::What | Self::Files => t.wizard_what(),
            Self::Delivery => t.wizard_delivery(),
            Self::Budget => t.wizard_budget(),
            Self::Check | Self::Invite => t.wizard_check(),
        }
    }

    /// Its address, for a draft that there is or is not yet.
    pub(crate) fn path(self, draft: Option<RequestId>) -> String {
        let step = match self {
            Self::What => "what",
            Self::Files => "files",
            Self::Delivery => "delivery",
            Self::Budget => "budget",
            Self::Check => "check",
            Self::Invite => "invite",
        };
        match draft {
            Some(draft) => format!("/requests/new/{step}?draft={draft}"),
            None => format!("/requests/new/{step}"),
        }
    }
}

/// The id in the address.
pub(crate) fn draft_id(page: &Page) -> Result<Option<RequestId>, Failure> {
    match page.query("draft") {
        Some(text) => text.parse().map(Some).map_err(|_| Failure::NotFound),
        None => Ok(None),
    }
}

/// The draft of the address, if it names one. A guest who has signed in since takes theirs over.
pub(crate) async fn find_draft(
    page: &Page,
    headers: &HeaderMap,
) -> Result<Option<Request>, Failure> {
    let Some(id) = draft_id(page)? else {
        return Ok(None);
    };
    let (services, actor) = (page.services(), page.actor());
    let guest = known_guest(page, headers);
    let read = services.read_draft(&actor, guest.as_ref(), id).await;
    let found = match (read, guest) {
        (Err(ChangeRequestError::NotFound), Some(guest)) if page.viewer.is_some() => {
            services.claim_draft(&actor, &guest, id).await
        }
        (read, _) => read,
    };
    Ok(Some(found?))
}

/// The draft of the address; the later steps do not begin one.
pub(crate) async fn require_draft(page: &Page, headers: &HeaderMap) -> Result<Request, Failure> {
    find_draft(page, headers).await?.ok_or(Failure::NotFound)
}

/// Writes a part and leads on to the next step; or notes why not.
pub(crate) async fn save(
    page: &Page,
    headers: &HeaderMap,
    key: &str,
    part: DraftPart,
    next: Step,
    errors: &mut Errors,
) -> Result<Option<Response>, Failure> {
    let t = page.t();
    let guest = writing_guest(page, headers);
    let write = WriteDraft {
        draft: draft_id(page)?,
        key: command_key(key)?,
        part,
    };
    let written = page
        .services()
        .write_draft(&page.actor(), guest.as_ref(), write)
        .await;
    match written {
        Ok(request) => {
            let response = page.see_other(&next.path(Some(request.id)));
            Ok(Some(match guest {
                Some(guest) => remember(page, &guest, response),
                None => response,
            }))
        }
        Err(WriteDraftError::TooManyDrafts(count)) => {
            errors.add_whole(t.wizard_too_many(count));
            Ok(None)
        }
        Err(WriteDraftError::Throttled { until }) => {
            let wait = until.since(page.services().now());
            Err(Failure::TooMany {
                retry_after_s: u32::try_from(wait.ms() / 1_000).unwrap_or(u32::MAX),
            })
        }
        Err(WriteDraftError::Change(error)) => {
            refusals::refuse(t, errors, error)?;
            Ok(None)
        }
    }
}

/// Where one is among the steps, and when the draft was last saved.
#[component]
pub(crate) fn Progress(
    step: Step,
    draft: Option<RequestId>,
    saved_at: Option<Timestamp>,
) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let steps = u64::try_from(Step::ALL.len()).unwrap_or(u64::MAX);
    let items: Vec<_> = Step::ALL
        .into_iter()
        .map(|one| {
            let here = (one == step).then_some("step");
            // Steps of a draft that there is can be visited in any order.
            match draft {
                Some(_) if one != step => {
                    view! { <li><a href=one.path(draft)>{one.name(t)}</a></li> }.into_any()
                }
                _ => view! { <li aria-current=here><span>{one.name(t)}</span></li> }.into_any(),
            }
        })
        .collect();
    let saved = saved_at.map(|at| t.wizard_saved(page.when.time(at)));
    view! {
        <nav class="wizard-steps" aria-label=t.wizard_steps()>
            <ol class="cluster">{items}</ol>
        </nav>
        <p class="small-text muted cluster">
            <span>{t.wizard_step(t.number(step.number()), t.number(steps))}</span>
            {saved.map(|saved| view! { <span>{saved}</span> })}
        </p>
    }
}
