//! `/requests/{id}/offer/files`: pictures and documents of one's own offer.

use axum::extract::Path;
use axum::response::Response;
use domain::id::{OfferId, RequestId};
use leptos::prelude::*;
use services::files::ShownWith;

use crate::components::{Button, Look};
use crate::form::{Errors, MultipartForm};
use crate::page::{Failure, Page, PageResult};
use crate::pages::files::attach::{FilesForm, Outcome, Shown, take};
use crate::pages::requests::request_path::{read_id, request_path};

/// The offer, and what its request is called.
struct Own {
    request: RequestId,
    offer: OfferId,
    title: String,
}

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    let own = find(&page, &segment).await?;
    show(&page, &own, &Errors::none()).await
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    form: MultipartForm,
) -> PageResult {
    let own = find(&page, &segment).await?;
    let shown_with = ShownWith::Offer(own.request, own.offer);
    match take(&page, shown_with, form).await? {
        Outcome::Done => {
            let here = format!("/requests/{}/offer/files?done=saved", own.request);
            Ok(page.see_other(&here))
        }
        Outcome::Wrong(errors) => show(&page, &own, &errors).await,
        Outcome::Refused(response) => Ok(response),
    }
}

async fn find(page: &Page, segment: &str) -> Result<Own, Failure> {
    page.user()?;
    let id = read_id(segment)?;
    let form = page.services().offer_form(&page.actor(), id).await?;
    let offer = form.offer.ok_or(Failure::NotFound)?;
    let what = form.request.draft().what;
    Ok(Own {
        request: id,
        offer: offer.id,
        title: what.map(|what| what.title.to_string()).unwrap_or_default(),
    })
}

async fn show(page: &Page, own: &Own, errors: &Errors) -> Result<Response, Failure> {
    let t = page.t();
    let shown = Shown::read(page, ShownWith::Offer(own.request, own.offer)).await?;
    let (title, back) = (own.title.clone(), request_path(own.request, &own.title));
    let look = if shown.files.is_empty() {
        Look::Quiet
    } else {
        Look::Primary
    };
    let html = page.html(t.attach_offer_title()).errors(errors);
    Ok(html.render(move || {
        view! {
            <div class="stack loose prose">
                <div class="stack tight">
                    <h1>{t.attach_offer_title()}</h1>
                    <p class="muted" dir="auto">{title}</p>
                </div>
                <p>{t.attach_offer_text()}</p>
                <FilesForm shown/>
                <p><Button look href=back>{t.attach_to_request()}</Button></p>
            </div>
        }
    }))
}
