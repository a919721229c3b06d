//! `GET /payment/export`: payments as a spreadsheet.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::policy::Action;
use futures::stream::{self, Stream, StreamExt as _};
use services::paging::Page;
use services::payments::Payment;
use services::{Actor, Failure, Services};

use super::shape::{direction, escrow_state, status};
use super::whose::{FIRST, Whose, WhoseFilter, page_after, read_page};
use crate::caller::Caller;
use crate::csv;
use crate::moment::rfc3339;
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

const COLUMNS: [&str; 11] = [
    "id",
    "dealId",
    "title",
    "direction",
    "status",
    "escrowState",
    "amount",
    "currency",
    "network",
    "destination",
    "at",
];

/// Export payments
///
/// The same that the list shows, as CSV. What a spreadsheet would take for a formula is a text. An
/// answer that breaks off was not read to its end.
#[utoipa::path(
    get,
    path = "/payment/export",
    tag = "payment",
    extensions(("x-policy" = json!("payment.read"))),
    security(("bearer" = []), ("session" = [])),
    params(WhoseFilter),
    responses(
        (status = 200, description = "Payments, newest deal first", body = String, content_type = "text/csv"),
        (status = 403, description = "`FORBIDDEN`: the payments of others are for admins"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(filter): Query<WhoseFilter>,
) -> Result<Response, Problem> {
    caller.may(Action::ReadOwnPayments)?;
    let whose = filter.read()?;
    if whose == Whose::All {
        let noted = services.note_export(&caller.actor, Action::ReadMoney, "payments");
        noted.await.map_err(failed)?;
    }
    // The first page is read before anything is said: who may not, is told so.
    let page = read_page(&services, &caller.actor, whose, FIRST).await;
    let page = page.map_err(failed)?;
    let body = Body::from_stream(rows(services, caller.actor, whose, page));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"payments.csv\"",
        ),
    ];
    Ok((headers, body).into_response())
}

/// The first page with the names of the columns, then page by page what follows.
fn rows(
    services: Arc<Services>,
    actor: Actor,
    whose: Whose,
    first: Page<Vec<Payment>>,
) -> impl Stream<Item = Result<String, Failure>> {
    let begun = format!("{}{}", csv::line(&COLUMNS), lines(&first));
    let begun = stream::once(async move { Ok(begun) });
    let rest = stream::try_unfold(page_after(&first), move |next| {
        let (services, actor) = (Arc::clone(&services), actor.clone());
        async move {
            let Some(request) = next else {
                return Ok(None);
            };
            let page = read_page(&services, &actor, whose, request).await?;
            Ok(Some((lines(&page), page_after(&page))))
        }
    });
    begun.chain(rest)
}

fn lines(page: &Page<Vec<Payment>>) -> String {
    page.items.iter().flatten().map(line).collect()
}

fn line(payment: &Payment) -> String {
    let asset = payment.asset;
    let destination = payment.destination.as_ref();
    csv::line(&[
        &payment.id.to_string(),
        &payment.id.deal.to_string(),
        &payment.title,
        direction(payment.direction),
        status(payment),
        escrow_state(payment.deal_state, payment.outcome),
        &payment.units.to_plain(asset.decimals()),
        asset.token().code(),
        asset.network().code(),
        destination.map_or("", |to| to.as_str()),
        &rfc3339(payment.at),
    ])
}
