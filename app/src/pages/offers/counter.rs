//! `/requests/{id}/offers/{offer}/counter`: answer an offer with a wish.

use axum::extract::Path;
use axum::response::Response;
use domain::id::{OfferId, RequestId};
use domain::price::Price;
use leptos::prelude::*;
use serde::Deserialize;
use services::offers::{ComparedOffer, CounterOffer};
use services::requests::Once;

use crate::components::{Button, MoneyInput, PostForm, Textarea};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::requests::fields::Reader;
use crate::pages::requests::guest::command_key;
use crate::pages::requests::request_path::read_id;
use crate::pages::requests::{refusals, words};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    price: String,
    note: String,
}

pub(crate) async fn get(page: Page, Path((segment, offer)): Path<(String, String)>) -> PageResult {
    page.user()?;
    let (request, one) = find(&page, &segment, &offer).await?;
    Ok(show(
        &page,
        request,
        one,
        Fields::default(),
        &Errors::none(),
    ))
}

pub(crate) async fn post(
    page: Page,
    Path((segment, offer)): Path<(String, String)>,
    form: Submission<Fields>,
) -> PageResult {
    let (request, one) = find(&page, &segment, &offer).await?;
    let t = page.t();
    let mut errors = Errors::none();
    let mut read = Reader {
        t,
        errors: &mut errors,
    };
    let amount = read.amount("price", &form.fields.price);
    let note = read.block_or_none("note", &form.fields.note);
    let seen = form.version.and_then(|version| u32::try_from(version).ok());
    if let Some(amount) = amount.filter(|_| errors.is_empty()) {
        let command = CounterOffer {
            request,
            offer: one.offer.id,
            version: seen.unwrap_or(one.offer.version),
            price: Price::new(amount, one.offer.proposal.price.token()),
            delivery: None,
            note,
        };
        let body = (command.offer, command.price, &form.fields.note);
        let key = Once::new(command_key(&form.key)?, "offers/counter", &body);
        let countered = page
            .services()
            .counter_offer(&page.actor(), command, &key)
            .await;
        match countered {
            Ok(_) => {
                return Ok(page.see_other(&format!("/requests/{request}/offers?done=wish_sent")));
            }
            Err(error) => refusals::refuse(t, &mut errors, error)?,
        }
    }
    Ok(show(&page, request, one, form.fields, &errors))
}

/// The request and the offer on it, when it is one's own request.
async fn find(
    page: &Page,
    segment: &str,
    offer: &str,
) -> Result<(RequestId, ComparedOffer), Failure> {
    let request = read_id(segment)?;
    let offer: OfferId = offer.parse().map_err(|_| Failure::NotFound)?;
    let comparison = page
        .services()
        .compare_offers(&page.actor(), request)
        .await?;
    let found = comparison
        .offers
        .into_iter()
        .find(|one| one.offer.id == offer);
    found.map(|one| (request, one)).ok_or(Failure::NotFound)
}

fn show(
    page: &Page,
    request: RequestId,
    one: ComparedOffer,
    fields: Fields,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let price = one.offer.proposal.price;
    let seller = one
        .seller
        .map_or_else(|| t.compare_gone_seller().to_owned(), |seller| seller.name);
    let text = t.compare_counter_text(seller, words::price(price));
    let version = u64::from(one.offer.version);
    page.html(t.compare_counter_title()).errors(errors).render(move || {
        view! {
            <div class="stack prose">
                <h1>{t.compare_counter_title()}</h1>
                <p>{text}</p>
                <PostForm class="stack" version=version>
                    <MoneyInput name="price" label=t.compare_counter_price() value=fields.price unit=price.token().code()/>
                    <Textarea name="note" label=t.compare_counter_note() value=fields.note maxlength=500 rows=3 optional=true/>
                    <p class="cluster">
                        <Button>{t.compare_counter_button()}</Button>
                        <a href=format!("/requests/{request}/offers")>{t.requests_not_yet()}</a>
                    </p>
                </PostForm>
            </div>
        }
    })
}
