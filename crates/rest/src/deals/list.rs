//! `GET /marketplace/deals`.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use serde::{Deserialize, Serialize};
use services::deals::{DealDesk, DealSummary, Phase, Side};
use services::{Actor, Services};
use utoipa::ToSchema;

use super::parts::NextTask;
use super::refusals::refused;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::Fields;
use crate::word::word;

/// What a list shows of a deal.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DealCard {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = 7)]
    version: u64,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    #[schema(example = "Canon AE-1")]
    title: String,
    /// `buyer`, `seller` or `admin`.
    #[schema(example = "buyer")]
    role: &'static str,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    buyer_id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    seller_id: String,
    price: Money,
    held: Money,
    #[schema(example = "funded")]
    state: &'static str,
    /// `release`, `refund` or `split`, once that is fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "release")]
    outcome: Option<String>,
    is_on_hold: bool,
    /// The dispute that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    dispute_id: Option<String>,
    /// What the caller is asked to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<NextTask>,
    /// The soonest running deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    next_at: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: String,
}

impl DealCard {
    fn of(deal: DealSummary, actor: &Actor) -> Self {
        let viewer = actor.user_id();
        let (role, task) = match viewer {
            Some(user) if user == deal.buyer => ("buyer", deal.buyer_task),
            Some(user) if user == deal.seller => ("seller", deal.seller_task),
            _ => ("admin", None),
        };
        let open = deal.dispute.as_ref().filter(|dispute| dispute.is_open);
        Self {
            id: deal.id.to_string(),
            version: deal.version,
            purchase_request_id: deal.request.to_string(),
            role,
            buyer_id: deal.buyer.to_string(),
            seller_id: deal.seller.to_string(),
            price: Money::on_network(deal.price, deal.asset),
            held: Money::on_network(deal.held, deal.asset),
            state: deal.state.code(),
            outcome: deal.outcome.map(|outcome| word(&outcome)),
            is_on_hold: deal.is_on_hold,
            dispute_id: open.map(|dispute| dispute.id.to_string()),
            task: task.map(NextTask::from),
            next_at: deal.next_at.map(rfc3339),
            created_at: rfc3339(deal.created_at),
            updated_at: rfc3339(deal.updated_at),
            title: deal.title,
        }
    }
}

/// Which deals are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DealFilter {
    /// `buying` or `selling`; both when nothing is said.
    #[param(example = "buying")]
    side: Option<String>,
    /// `live` or `final`; both when nothing is said.
    #[param(example = "live")]
    phase: Option<String>,
    /// For admins, the deals of everybody: `all`, `on_hold`, `suspended`, `loss`. Not together with
    /// the others.
    desk: Option<String>,
}

/// What a filter comes to.
enum Asked {
    Own(Side, Option<Phase>),
    Desk(DealDesk),
}

impl DealFilter {
    fn read(&self) -> Result<Asked, Problem> {
        let mut fields = Fields::default();
        let side = match self.side.as_deref() {
            None => Some(Side::Any),
            Some("buying") => Some(Side::Buying),
            Some("selling") => Some(Side::Selling),
            Some(_) => fields.choice("side", None, &["buying", "selling"]),
        };
        let phase = match self.phase.as_deref() {
            None => Some(None),
            Some("live") => Some(Some(Phase::Live)),
            Some("final") => Some(Some(Phase::Final)),
            Some(_) => fields.choice("phase", None, &["live", "final"]),
        };
        let desk = match self.desk.as_deref() {
            None => Some(None),
            Some("all") => Some(Some(DealDesk::All)),
            Some("on_hold") => Some(Some(DealDesk::OnHold)),
            Some("suspended") => Some(Some(DealDesk::Suspended)),
            Some("loss") => Some(Some(DealDesk::Loss)),
            Some(_) => fields.choice("desk", None, &["all", "on_hold", "suspended", "loss"]),
        };
        match (side, phase, desk) {
            (Some(Side::Any), Some(None), Some(Some(desk))) => Ok(Asked::Desk(desk)),
            (Some(side), Some(phase), Some(None)) => Ok(Asked::Own(side, phase)),
            (Some(_), Some(_), Some(Some(_))) => {
                let detail = "a desk holds the deals of everybody: leave side and phase out";
                Err(Problem::field("desk", "INVALID_FILTER", detail))
            }
            _ => Err(fields.problem()),
        }
    }
}

/// List deals
///
/// The caller's own, newest first; for admins also everybody's, by desk.
#[utoipa::path(
    get,
    path = "/marketplace/deals",
    tag = "deals",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(PagingParams, DealFilter),
    responses(
        (status = 200, description = "Deals", body = Listing<DealCard>),
        (status = 403, description = "`FORBIDDEN`: a desk of staff"),
        (status = 422, description = "`VALIDATION_FAILED`: `errors` names the parameters"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    paging: Paging,
    Query(filter): Query<DealFilter>,
) -> Result<Listing<DealCard>, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let actor = &caller.actor;
    let list = match filter.read()? {
        Asked::Own(side, phase) => {
            let list = |page| services.list_own_deals(actor, side, phase, page);
            paging.read_list(list).await
        }
        Asked::Desk(desk) => {
            let list = |page| services.list_deal_desk(actor, desk, page);
            paging.read_list(list).await
        }
    };
    let list = list.map_err(|error| refused(&services, error))?;
    Ok(list.map(|deal| DealCard::of(deal, actor)))
}
