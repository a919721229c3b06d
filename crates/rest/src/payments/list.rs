//! `GET /payment/payments`.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use services::Services;

use super::shape::PaymentCard;
use super::whose::{WhoseFilter, read_page};
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

/// List payments
///
/// What moved for the caller, newest deal first; those of one deal stand together, and `limit` counts
/// deals.
#[utoipa::path(
    get,
    path = "/payment/payments",
    tag = "payment",
    extensions(("x-policy" = json!("payment.read"))),
    security(("bearer" = []), ("session" = [])),
    params(PagingParams, WhoseFilter),
    responses(
        (status = 200, description = "Payments", body = Listing<PaymentCard>),
        (status = 403, description = "`FORBIDDEN`: the payments of others are for admins"),
        (status = 422, description = "`VALIDATION_FAILED`: `errors` names the parameters"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    paging: Paging,
    Query(filter): Query<WhoseFilter>,
) -> Result<Listing<PaymentCard>, Problem> {
    caller.may(Action::ReadOwnPayments)?;
    let whose = filter.read()?;
    let list = paging.read_list(|page| read_page(&services, &caller.actor, whose, page));
    let list = list.await.map_err(failed)?;
    Ok(list.flat().map(|payment| PaymentCard::from(&payment)))
}
