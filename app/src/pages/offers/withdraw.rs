//! `/requests/{id}/offer/withdraw`: take one's offer back.

use axum::extract::Path;
use axum::response::Response;
use domain::request::Offer;
use leptos::prelude::*;
use serde::Deserialize;
use services::requests::{Once, SeenAs};

use crate::components::{Button, Confirm, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::requests::guest::command_key;
use crate::pages::requests::request_path::{read_id, request_path};
use crate::pages::requests::{refusals, words};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nothing {}

/// One's own live offer, and the page of its request.
struct Own {
    offer: Offer,
    path: String,
}

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    page.user()?;
    let own = own(&page, &segment).await?;
    Ok(show(&page, &own, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    form: Submission<Nothing>,
) -> PageResult {
    let own = own(&page, &segment).await?;
    let request = read_id(&segment)?;
    let once = Once::new(command_key(&form.key)?, "offers/withdraw", &own.offer.id);
    let withdrawn = page
        .services()
        .withdraw_offer(&page.actor(), request, own.offer.id, &once)
        .await;
    match withdrawn {
        Ok(_) => Ok(page.see_other(&format!("{}?done=offer_withdrawn", own.path))),
        Err(error) => {
            let mut errors = Errors::none();
            refusals::refuse(page.t(), &mut errors, error)?;
            Ok(show(&page, &own, &errors))
        }
    }
}

async fn own(page: &Page, segment: &str) -> Result<Own, Failure> {
    let id = read_id(segment)?;
    let view = page.services().view_request(&page.actor(), id).await?;
    let path = request_path(id, view.what.title.as_str());
    match view.seen_as {
        SeenAs::Seller {
            offer: Some(own), ..
        } => Ok(Own {
            offer: own.offer,
            path,
        }),
        _ => Err(Failure::NotFound),
    }
}

fn show(page: &Page, own: &Own, errors: &Errors) -> Response {
    let t = page.t();
    let amount = words::price(own.offer.proposal.price);
    let title = own.offer.proposal.title.to_string();
    let back = own.path.clone();
    page.html(t.offer_withdraw_title())
        .errors(errors)
        .render(move || {
            view! {
                <div class="stack prose">
                    <h1>{t.offer_withdraw_title()}</h1>
                    <p dir="auto"><strong>{title}</strong></p>
                    <Confirm warning=t.offer_withdraw_text()>
                        <PostForm class="cluster">
                            <Button look=Look::Danger>{t.offer_withdraw_button(amount)}</Button>
                            <a href=back>{t.requests_not_yet()}</a>
                        </PostForm>
                    </Confirm>
                </div>
            }
        })
}
