//! `GET /marketplace/deals/{id}/outcomes`: what happens if nobody acts.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::Asset;
use domain::deal::Foreseen;
use domain::id::DealId;
use domain::policy::Action;
use serde::Serialize;
use services::Services;
use services::deals::DealView;
use utoipa::ToSchema;

use super::refusals::refused;
use crate::answer::Data;
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::problem::Problem;
use crate::word::word;

/// What comes by itself, up to the step that fixes the outcome.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcomes {
    /// The moment that all this is of.
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    now: String,
    /// Soonest first.
    if_nobody_acts: Vec<Outcome>,
    /// How much downtime of ours was given back to the deadlines that run now.
    #[schema(example = 0)]
    added_downtime_minutes: i64,
}

/// One step that comes by itself.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
    /// Which deadline brings it.
    #[schema(example = "ship_by")]
    deadline: String,
    /// Where the deal then is.
    #[schema(example = "settling")]
    state: &'static str,
    /// How the money is then divided, when this step fixes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    settles: Option<Settles>,
}

/// How the money is divided.
#[derive(Debug, Serialize, ToSchema)]
pub struct Settles {
    /// `release`, `refund` or `split`.
    #[schema(example = "refund")]
    outcome: String,
    /// The buyer's part, before the network fee.
    buyer: Money,
    /// The seller's part, before the network fee.
    seller: Money,
}

impl Outcomes {
    fn of(view: &DealView) -> Self {
        let running = view.deal.clocks.running().iter();
        let added = running.map(|deadline| deadline.downtime.ms().div_euclid(60_000));
        let asset = view.deal.terms.asset;
        let foreseen = view.if_nobody_acts.iter();
        Self {
            now: rfc3339(view.now),
            if_nobody_acts: foreseen.map(|step| Outcome::of(step, asset)).collect(),
            // One gap of ours hurts several deadlines: it is told once.
            added_downtime_minutes: added.max().unwrap_or_default(),
        }
    }
}

impl Outcome {
    fn of(step: &Foreseen, asset: Asset) -> Self {
        Self {
            at: rfc3339(step.at),
            deadline: word(&step.deadline),
            state: step.state.code(),
            settles: step.settles.map(|(outcome, buyer, seller)| Settles {
                outcome: word(&outcome),
                buyer: Money::on_network(buyer, asset),
                seller: Money::on_network(seller, asset),
            }),
        }
    }
}

/// See what happens if nobody acts
///
/// Each pending deadline with its date and what it brings, from the function that decides it.
#[utoipa::path(
    get,
    path = "/marketplace/deals/{id}/outcomes",
    tag = "deals",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "The deal", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "What comes by itself", body = Data<Outcomes>),
        (status = 404, description = "`NOT_FOUND`: no such deal, or none of the caller's"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Versioned<Outcomes>, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let id: DealId = id.parse().map_err(|_| Problem::not_found())?;
    let view = services.view_deal(&caller.actor, id).await;
    let view = view.map_err(|error| refused(&services, error))?;
    Ok(Versioned::new(Outcomes::of(&view), view.deal.version))
}
