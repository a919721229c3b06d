//! `/requests/{id}/cancel`: call a request off, or discard a draft.

use axum::extract::Path;
use axum::response::Response;
use domain::request::Request;
use leptos::prelude::*;
use serde::Deserialize;
use services::requests::{ChangeRequestError, Once};

use super::refusals;
use super::request_path::{read_id, request_path};
use crate::components::{Button, Confirm, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::requests::guest::command_key;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nothing {}

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    page.user()?;
    let request = own(&page, &segment).await?;
    Ok(show(&page, &request, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    form: Submission<Nothing>,
) -> PageResult {
    let request = own(&page, &segment).await?;
    let once = Once::new(command_key(&form.key)?, "requests/cancel", &request.id);
    let cancelled = page
        .services()
        .cancel_request(&page.actor(), request.id, &once)
        .await;
    match cancelled {
        Ok(_) => Ok(page.see_other("/requests/mine?done=request_cancelled")),
        Err(error) => {
            let mut errors = Errors::none();
            refusals::refuse(page.t(), &mut errors, error)?;
            Ok(show(&page, &request, &errors))
        }
    }
}

async fn own(page: &Page, segment: &str) -> Result<Request, ChangeRequestError> {
    let id = read_id(segment).map_err(|_| ChangeRequestError::NotFound)?;
    page.services().read_draft(&page.actor(), None, id).await
}

fn show(page: &Page, request: &Request, errors: &Errors) -> Response {
    let t = page.t();
    let title = request.draft().what.map(|what| what.title.to_string());
    let back = match (&title, request.published_at) {
        (Some(title), Some(_)) => request_path(request.id, title),
        _ => "/requests/mine".to_owned(),
    };
    let title = title.unwrap_or_else(|| t.requests_untitled().to_owned());
    page.html(t.requests_cancel_title())
        .errors(errors)
        .render(move || {
            view! {
                <div class="stack prose">
                    <h1>{t.requests_cancel_title()}</h1>
                    <p dir="auto"><strong>{title.clone()}</strong></p>
                    <Confirm warning=t.requests_cancel_text() final_word=t.requests_cancel_final()>
                        <PostForm class="cluster">
                            <Button look=Look::Danger>{t.requests_cancel_button(title)}</Button>
                            <a href=back>{t.requests_not_yet()}</a>
                        </PostForm>
                    </Confirm>
                </div>
            }
        })
}
