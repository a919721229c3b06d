//! The seller says that the goods are on their way.

use axum::response::Response;
use domain::deal::{Command, LABEL_CHARS_MAX, ProductKind};
use leptos::prelude::*;
use serde::Deserialize;
use services::requests::DeliveryView;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath, failure};
use super::take::take;
use super::words::Words;
use super::{delivery, fields};
use crate::components::{Button, Field, Moment, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    carrier: String,
    tracking: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    let to = delivery_of(&page, &case).await?;
    let to = to.as_ref();
    Ok(show(&page, &case, to, &Fields::default(), &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let t = page.t();
    let case = Case::open(&page, path).await?;
    let to = delivery_of(&page, &case).await?;
    let to = to.as_ref();
    let Fields { carrier, tracking } = &form.fields;
    let mut errors = Errors::none();
    let carrier = errors.take(
        "carrier",
        fields::optional_line::<LABEL_CHARS_MAX>(t, carrier),
    );
    let tracking = errors.take(
        "tracking",
        fields::optional_line::<LABEL_CHARS_MAX>(t, tracking),
    );
    let is_sent = case.deal().terms.goods.kind == ProductKind::PhysicalProduct;
    if is_sent && carrier.as_ref().is_some_and(String::is_empty) {
        errors.add("carrier", t.deal_ship_carrier_missing());
        return Ok(show(&page, &case, to, &form.fields, &errors));
    }
    let (Some(carrier), Some(tracking)) = (carrier, tracking) else {
        return Ok(show(&page, &case, to, &form.fields, &errors));
    };
    let step = Command::Ship { carrier, tracking };
    take(&page, &case, &form, step, "deal_shipped", |case, errors| {
        show(&page, case, to, &form.fields, errors)
    })
    .await
}

/// Where it is to be sent.
async fn delivery_of(page: &Page, case: &Case) -> Result<Option<DeliveryView>, Failure> {
    let delivery = page.services().view_delivery(&case.view).await;
    delivery.map_err(|error| failure(&error))
}

pub(super) fn show(
    page: &Page,
    case: &Case,
    to: Option<&DeliveryView>,
    fields: &Fields,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let deal = case.deal();
    // Whoever it will be: what is asked is whether it may be shipped now.
    let may = case.may(Command::Ship {
        carrier: "-".to_owned(),
        tracking: String::new(),
    });
    let words = Words::new(page, &case.view);
    let held = words.money(deal.held());
    let is_sent = deal.terms.goods.kind == ProductKind::PhysicalProduct;
    let (title, text) = if is_sent {
        (t.deal_ship_title(), t.deal_ship_text())
    } else {
        (t.deal_ship_title_online(), t.deal_ship_text_online())
    };
    let version = deal.version;
    let due = deal.delivery_due;
    let (carrier, tracking) = (fields.carrier.clone(), fields.tracking.clone());
    step_page(page, case, title, errors, may, || {
        let not_yet = not_yet(page, case);
        let to = to.map(|to| {
            let to = delivery::part(words, to);
            view! { <h2>{t.wizard_part_delivery()}</h2>{to} }
        });
        view! {
            <p class="prose">{t.deal_ship_held(held)}" "{text}</p>
            {to}
            {due.map(|at| view! { <p>{t.deal_ship_due()}" "<Moment at/></p> })}
            <PostForm version class="stack">
                {is_sent.then(|| view! {
                    <Field
                        name="carrier"
                        label=t.deal_ship_carrier()
                        hint=t.deal_ship_carrier_hint()
                        value=carrier
                        maxlength=100
                    />
                    <Field
                        name="tracking"
                        label=t.deal_ship_tracking()
                        value=tracking
                        dir="ltr"
                        maxlength=100
                        optional=true
                    />
                })}
                <p class="cluster">
                    <Button>{t.deal_ship_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
