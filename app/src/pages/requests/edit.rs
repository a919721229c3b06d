//! `/requests/{id}/edit`: change a published request.

use axum::extract::Path;
use axum::response::Response;
use domain::category::Catalogue;
use domain::digest::Digest;
use domain::request::{Details, Request};
use leptos::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use services::requests::{EditRequest, Once};

use super::guest::command_key;
use super::refusals;
use super::request_path::{read_id, request_path};
use super::wizard::Step;
use super::wizard::conditions_fields::{ConditionsFields, ConditionsInputs};
use super::wizard::delivery_fields::{DeliveryFields, DeliveryInputs};
use super::wizard::what_fields::{WhatFields, WhatInputs};
use crate::components::{Banner, Button, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

/// All fields of the three parts, as pairs: a form of three parts is read part by part.
type Pairs = Vec<(String, String)>;

/// What the form carries unseen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Unseen {
    seen: String,
}

/// The three parts as typed, and what they were typed over.
struct Typed {
    what: WhatFields,
    delivery: DeliveryFields,
    conditions: ConditionsFields,
    seen: String,
}

impl Typed {
    fn of(details: &Details, catalogue: &Catalogue) -> Self {
        Self {
            what: WhatFields::of(&details.what, catalogue),
            delivery: DeliveryFields::of(&details.delivery),
            conditions: ConditionsFields::of(&details.conditions),
            seen: Digest::of_value(details).to_string(),
        }
    }

    fn read(pairs: &Pairs) -> Result<Self, Failure> {
        Ok(Self {
            what: part(pairs)?,
            delivery: part(pairs)?,
            conditions: part(pairs)?,
            seen: part::<Unseen>(pairs)?.seen,
        })
    }
}

fn part<T: DeserializeOwned>(pairs: &Pairs) -> Result<T, Failure> {
    let body = serde_html_form::to_string(pairs).map_err(|error| Failure::internal(&error))?;
    serde_html_form::from_str(&body).map_err(|error| Failure::internal(&error))
}

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    page.user()?;
    let request = own(&page, &segment).await?;
    let Some(details) = request.details() else {
        return Ok(page.see_other(&Step::What.path(Some(request.id))));
    };
    let catalogue = page.services().catalogue().await?;
    let typed = Typed::of(details, &catalogue);
    Ok(show(&page, &request, typed, catalogue, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    form: Submission<Pairs>,
) -> PageResult {
    let request = own(&page, &segment).await?;
    let before = request.details().ok_or(Failure::NotFound)?;
    let catalogue = page.services().catalogue().await?;
    let typed = Typed::read(&form.fields)?;
    let mut errors = Errors::none();
    if let Some(details) = read(&page, &typed, before, &catalogue, &mut errors) {
        let path = request_path(request.id, details.what.title.as_str());
        let command = EditRequest {
            id: request.id,
            seen: typed.seen.parse().unwrap_or(Digest::ZERO),
            details,
        };
        let once = Once::new(command_key(&form.key)?, "requests/edit", &form.fields);
        let edited = page
            .services()
            .edit_request(&page.actor(), command, &once)
            .await;
        match edited {
            Ok(_) => return Ok(page.see_other(&format!("{path}?done=request_changed"))),
            Err(error) => refusals::refuse(page.t(), &mut errors, error)?,
        }
    }
    Ok(show(&page, &request, typed, catalogue, &errors))
}

fn read(
    page: &Page,
    typed: &Typed,
    before: &Details,
    catalogue: &Catalogue,
    errors: &mut Errors,
) -> Option<Details> {
    let (t, now) = (page.t(), page.services().now());
    let what = typed.what.read(catalogue, Some(&before.what), t, errors);
    let delivery = typed.delivery.read(typed.what.kind(), t, errors);
    let conditions = typed
        .conditions
        .read(Some(&before.conditions), now, t, errors);
    if !errors.is_empty() {
        return None;
    }
    Some(Details {
        what: what?,
        delivery: delivery?,
        conditions: conditions?,
    })
}

async fn own(page: &Page, segment: &str) -> Result<Request, Failure> {
    let id = read_id(segment)?;
    Ok(page.services().read_draft(&page.actor(), None, id).await?)
}

fn show(
    page: &Page,
    request: &Request,
    typed: Typed,
    catalogue: Catalogue,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let details = request.details();
    let until = details.map(|details| details.conditions.offers_until);
    let title = details
        .map(|details| details.what.title.to_string())
        .unwrap_or_default();
    let back = request_path(request.id, &title);
    let has_offers = !request.offers.is_empty();
    let kind = typed.what.kind();
    page.html(t.requests_edit_title()).errors(errors).render(move || {
        view! {
            <div class="stack prose">
                <h1>{t.requests_edit_title()}</h1>
                {has_offers.then(|| view! { <Banner tone=Tone::Care>{t.requests_edit_offers()}</Banner> })}
                <PostForm class="stack loose">
                    <input type="hidden" name="seen" value=typed.seen/>
                    <section class="stack" aria-labelledby="what">
                        <h2 id="what">{t.wizard_part_what()}</h2>
                        <WhatInputs fields=typed.what catalogue/>
                    </section>
                    <section class="stack" aria-labelledby="where">
                        <h2 id="where">{t.wizard_part_delivery()}</h2>
                        <DeliveryInputs fields=typed.delivery kind/>
                    </section>
                    <section class="stack" aria-labelledby="conditions">
                        <h2 id="conditions">{t.wizard_part_conditions()}</h2>
                        <ConditionsInputs fields=typed.conditions until/>
                    </section>
                    <p class="cluster">
                        <Button>{t.requests_edit_button()}</Button>
                        <a href=back>{t.requests_not_yet()}</a>
                    </p>
                </PostForm>
            </div>
        }
    })
}
