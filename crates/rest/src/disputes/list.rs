//! `GET /disputes`.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use serde::{Deserialize, Serialize};
use services::Services;
use services::disputes::{CaseDesk, DeskCase};
use utoipa::ToSchema;

use super::status::status_in_list;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::{Fields, failed};

/// What a list shows of a dispute: the last one of its deal.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DisputeCard {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    #[schema(example = "Canon AE-1")]
    title: String,
    #[schema(example = "in_progress")]
    status: &'static str,
    #[schema(example = "wrong_item")]
    category: &'static str,
    #[schema(example = "Omid")]
    buyer: String,
    #[schema(example = "Sara")]
    seller: String,
    /// Who judges, once drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Ruth")]
    assignee_name: Option<String>,
    held: Money,
    /// Until when whoever is asked has to act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-01T10:30:00.000Z")]
    act_by: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
}

impl From<DeskCase> for DisputeCard {
    fn from(case: DeskCase) -> Self {
        Self {
            id: case.dispute.id.to_string(),
            deal_id: case.deal.id.to_string(),
            purchase_request_id: case.deal.request.to_string(),
            status: status_in_list(&case.deal, &case.dispute),
            category: case.dispute.category.code(),
            buyer: case.buyer,
            seller: case.seller,
            assignee_name: case.resolver,
            held: Money::on_network(case.deal.held, case.deal.asset),
            act_by: case.act_by.map(rfc3339),
            created_at: rfc3339(case.dispute.opened_at),
            title: case.deal.title,
        }
    }
}

/// Which disputes are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DisputeFilter {
    /// `own` (when nothing is said) and `own_open`; for resolvers `to_rule`, `to_approve` and
    /// `judged`; for admins `open`, of everybody.
    #[param(example = "own")]
    desk: Option<String>,
}

impl DisputeFilter {
    fn read(&self) -> Result<CaseDesk, Problem> {
        let desk = match self.desk.as_deref() {
            None | Some("own") => CaseDesk::OwnEver,
            Some("own_open") => CaseDesk::Own,
            Some("to_rule") => CaseDesk::ToRule,
            Some("to_approve") => CaseDesk::ToApprove,
            Some("judged") => CaseDesk::Judged,
            Some("open") => CaseDesk::Open,
            Some(_) => {
                let words = ["own", "own_open", "to_rule", "to_approve", "judged", "open"];
                let mut fields = Fields::default();
                fields.choice("desk", None::<CaseDesk>, &words);
                return Err(fields.problem());
            }
        };
        Ok(desk)
    }
}

/// List disputes
///
/// Those to rule on and to approve come all at once, least time left first; the others newest
/// first.
#[utoipa::path(
    get,
    path = "/disputes",
    tag = "disputes",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(PagingParams, DisputeFilter),
    responses(
        (status = 200, description = "Disputes", body = Listing<DisputeCard>),
        (status = 403, description = "`FORBIDDEN`: a desk of staff"),
        (status = 422, description = "`VALIDATION_FAILED`: `errors` names the parameters"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    paging: Paging,
    Query(filter): Query<DisputeFilter>,
) -> Result<Listing<DisputeCard>, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let desk = filter.read()?;
    let list = paging.read_list(|page| services.list_cases(&caller.actor, desk, page));
    let list = list.await.map_err(failed)?;
    Ok(list.map(DisputeCard::from))
}
