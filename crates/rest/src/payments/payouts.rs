//! `GET /payment/payouts`: those that wait for an admin.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use serde::Deserialize;
use services::Services;
use services::payouts::PayoutDesk;

use super::payout::Payout;
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::{Fields, failed};

/// Which payouts are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeskFilter {
    /// `to_approve` (when nothing is said), `unclear`, `waiting` or `blocked`.
    #[param(example = "to_approve")]
    desk: Option<String>,
}

impl DeskFilter {
    pub fn read(&self) -> Result<PayoutDesk, Problem> {
        let desk = match self.desk.as_deref() {
            None | Some("to_approve") => Some(PayoutDesk::ToApprove),
            Some("unclear") => Some(PayoutDesk::Unclear),
            Some("waiting") => Some(PayoutDesk::Waiting),
            Some("blocked") => Some(PayoutDesk::Blocked),
            Some(_) => None,
        };
        let mut fields = Fields::default();
        let words = ["to_approve", "unclear", "waiting", "blocked"];
        fields
            .choice("desk", desk, &words)
            .ok_or_else(|| fields.problem())
    }
}

/// List payouts that wait for an admin
///
/// Newest deal first; `limit` counts deals.
#[utoipa::path(
    get,
    path = "/payment/payouts",
    tag = "payment",
    extensions(("x-policy" = json!("money.read"))),
    security(("bearer" = []), ("session" = [])),
    params(PagingParams, DeskFilter),
    responses(
        (status = 200, description = "Payouts", body = Listing<Payout>),
        (status = 403, description = "`FORBIDDEN`"),
        (status = 422, description = "`VALIDATION_FAILED`: `errors` names the parameters"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    paging: Paging,
    Query(filter): Query<DeskFilter>,
) -> Result<Listing<Payout>, Problem> {
    caller.may(Action::ReadMoney)?;
    let desk = filter.read()?;
    let list = paging.read_list(|page| services.list_payout_desk(&caller.actor, desk, page));
    let list = list.await.map_err(failed)?;
    Ok(list.map(Payout::from))
}
