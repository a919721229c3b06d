//! One payment with everything that is known of it.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use domain::{Units, User};
use leptos::prelude::*;
use services::payments::{PaymentDetail, PaymentDetails, PaymentId, ViewPaymentError};

use super::words::{direction, state};
use crate::components::{Address, Icon, Look, Moment, Money, Row, SummaryList, Transaction};
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::room_path;

pub(crate) async fn get(page: Page, path: Result<Path<String>, PathRejection>) -> PageResult {
    let user = page.user()?.clone();
    let Path(word) = path.map_err(|_| Failure::NotFound)?;
    let id: PaymentId = word.parse().map_err(|_| Failure::NotFound)?;
    let found = page.services().view_payment(&page.actor(), &id).await;
    let details = found.map_err(|error| match error {
        ViewPaymentError::NotFound => Failure::NotFound,
        ViewPaymentError::Failed(failure) => failure.into(),
    })?;
    Ok(show(&page, &user, &details))
}

fn show(page: &Page, user: &User, details: &PaymentDetails) -> Response {
    let t = page.t();
    let payment = &details.payment;
    let kind = direction(t, payment.direction);
    page.html(t.payment_page_title(kind)).render(|| {
        let state = state(page, user, payment);
        let (room, title) = (room_path(payment.id.deal), payment.title.clone());
        view! {
            <div class="stack prose">
                <p>
                    <a class="back" href="/payments">
                        <Icon name="arrow-back" directional=true/>{t.payment_title()}
                    </a>
                </p>
                <h1>{kind}</h1>
                <p class="payment-sum"><Money units=payment.units asset=payment.asset/></p>
                <p>{state.chip()}</p>
                {state.text()}
                {state.button(Look::Primary, &title)}
                <SummaryList rows=rows(page, details)/>
                <p><a href=room>{t.payment_to_deal()}": "<bdi>{title}</bdi></a></p>
            </div>
        }
    })
}

fn rows(page: &Page, details: &PaymentDetails) -> Vec<Row> {
    let t = page.t();
    let payment = &details.payment;
    let (asset, at) = (payment.asset, payment.at);
    let network = format!(
        "{} ({})",
        asset.network().name(),
        asset.network().standard()
    );
    let sum = |label: &'static str, units: Units| Row::new(label, view! { <Money units asset/> });
    let mut rows = vec![Row::new(t.payment_network(), network)];
    let tx = match &details.detail {
        PaymentDetail::In {
            tx,
            held,
            surplus,
            late,
        } => {
            rows.push(Row::new(t.payment_arrived(), view! { <Moment at/> }));
            rows.push(sum(t.payment_part_held(), *held));
            let parts = [
                (t.payment_part_surplus(), *surplus),
                (t.payment_part_late(), *late),
            ];
            let parts = parts.into_iter().filter(|(_, units)| !units.is_zero());
            rows.extend(parts.map(|(label, units)| sum(label, units)));
            Some(tx.clone()).filter(|tx| !tx.is_empty())
        }
        PaymentDetail::Out {
            gross,
            network_fee,
            tx,
        } => {
            rows.push(Row::new(t.payment_planned_at(), view! { <Moment at/> }));
            rows.push(sum(t.payment_gross(), *gross));
            rows.push(sum(t.payment_network_fee(), *network_fee));
            rows.push(sum(t.payment_net(), payment.units));
            tx.clone()
        }
    };
    let address = payment.destination.as_ref();
    if let Some(address) = address.map(|to| to.as_str().to_owned()) {
        rows.push(Row::new(t.payment_address(), view! { <Address address/> }));
    }
    if let Some(tx) = tx {
        let tx = view! { <Transaction network=asset.network() tx/> };
        rows.push(Row::new(t.payment_tx(), tx));
    }
    rows
}
