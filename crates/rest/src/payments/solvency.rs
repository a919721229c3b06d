//! `GET /payment/reconciliation`, `GET /payment/solvency`: what is owed against what is there.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use services::paging::Limit;
use services::solvency::{PayoutStop, ReconciledAsset, Reconciliation, StoppedBy};
use services::{Actor, Services};
use utoipa::ToSchema;

use crate::answer::Data;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::problem::Problem;
use crate::refusals::failed;

/// How many comparisons are told.
const TOLD: Limit = Limit::new(50);

/// One comparison of all assets.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
    /// Whether the gateway told of every asset.
    is_complete: bool,
    /// Whether anything is lacking.
    has_breach: bool,
    assets: Vec<ComparedAsset>,
}

/// One asset in a comparison.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedAsset {
    /// What all ledgers owe to their parties.
    owed: Money,
    /// The part of it that is being sent: it may have left already.
    sending: Money,
    /// What the gateway holds; none when it did not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    holdings: Option<Money>,
    /// What is lacking.
    missing: Money,
}

impl From<&ReconciledAsset> for ComparedAsset {
    fn from(line: &ReconciledAsset) -> Self {
        let money = |units| Money::on_network(units, line.asset);
        Self {
            owed: money(line.owed),
            sending: money(line.sending),
            holdings: line.holdings.map(money),
            missing: money(line.missing()),
        }
    }
}

impl From<&Reconciliation> for Comparison {
    fn from(found: &Reconciliation) -> Self {
        Self {
            at: rfc3339(found.at),
            is_complete: found.is_complete(),
            has_breach: found.has_breach(),
            assets: found.lines.iter().map(ComparedAsset::from).collect(),
        }
    }
}

/// Whether what is owed is there, and whether payouts go on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SolvencyNow {
    /// The stop that stands; none while payouts go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    stop: Option<Stop>,
    /// The last comparison; none before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<Comparison>,
}

/// That payouts were stopped.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stop {
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
    /// `admin` or `reconciliation`.
    #[schema(example = "reconciliation")]
    by: &'static str,
    #[schema(example = "12.50 USDT are missing on Polygon")]
    reason: String,
}

impl From<PayoutStop> for Stop {
    fn from(stop: PayoutStop) -> Self {
        Self {
            at: rfc3339(stop.at),
            by: match stop.by {
                StoppedBy::Admin(_) => "admin",
                StoppedBy::Reconciliation => "reconciliation",
            },
            reason: stop.reason,
        }
    }
}

/// List comparisons of what is owed with what is there
///
/// The last fifty, newest first; there is one each minute.
#[utoipa::path(
    get,
    path = "/payment/reconciliation",
    tag = "payment",
    extensions(("x-policy" = json!("money.read"))),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "Comparisons", body = Data<Vec<Comparison>>),
        (status = 403, description = "`FORBIDDEN`"),
    )
)]
pub async fn reconciliation(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Vec<Comparison>>, Problem> {
    let (_, comparisons) = read(&services, &caller.actor, TOLD).await?;
    Ok(Data::new(comparisons))
}

/// See whether what is owed is there
#[utoipa::path(
    get,
    path = "/payment/solvency",
    tag = "payment",
    extensions(("x-policy" = json!("money.read"))),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The last comparison, and whether payouts go on", body = Data<SolvencyNow>),
        (status = 403, description = "`FORBIDDEN`"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<SolvencyNow>, Problem> {
    let (stop, comparisons) = read(&services, &caller.actor, Limit::new(1)).await?;
    Ok(Data::new(SolvencyNow {
        stop,
        last: comparisons.into_iter().next(),
    }))
}

async fn read(
    services: &Services,
    actor: &Actor,
    limit: Limit,
) -> Result<(Option<Stop>, Vec<Comparison>), Problem> {
    let seen = services.view_solvency(actor, limit).await.map_err(failed)?;
    let comparisons = seen.comparisons.iter().map(Comparison::from);
    Ok((seen.stop.map(Stop::from), comparisons.collect()))
}
