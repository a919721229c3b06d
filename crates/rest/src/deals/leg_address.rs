//! `POST /marketplace/deals/{id}/legs/{leg}/address` and `…/claim`: where a payout goes.

use axum::extract::Path;
use domain::deal::{Command, Destination, LegId, Rejection};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusals::{Refusals, rejected};
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::body::Body;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Where it goes.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Address {
    /// One of the caller's confirmed payout addresses on the deal's network.
    #[schema(example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    address: String,
}

/// Say where a payout goes
///
/// Its payee's, while it waits for an address or can still be stopped.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/legs/{leg}/address",
    tag = "deals",
    extensions(("x-policy" = json!("deal.name_payout_address"))),
    security(("bearer" = []), ("session" = [])),
    params(Step, ("leg" = String, Path, description = "Which payout", example = "seller")),
    request_body = Address,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn give(
    step: Step,
    Path((_, leg)): Path<(String, String)>,
    Body(sent): Body<Address>,
) -> Result<Versioned<DealRoom>, Problem> {
    let leg = leg_of(&step, &leg)?;
    let destination = destination(&step, &sent.address).await?;
    step.take(Command::GiveAddress { leg, destination }).await
}

/// Come back for an unclaimed payout
///
/// Its payee's, for ever.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/legs/{leg}/claim",
    tag = "deals",
    extensions(("x-policy" = json!("deal.name_payout_address"))),
    security(("bearer" = []), ("session" = [])),
    params(Step, ("leg" = String, Path, description = "Which payout", example = "seller")),
    request_body = Address,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn claim(
    step: Step,
    Path((_, leg)): Path<(String, String)>,
    Body(sent): Body<Address>,
) -> Result<Versioned<DealRoom>, Problem> {
    let leg = leg_of(&step, &leg)?;
    let destination = destination(&step, &sent.address).await?;
    step.take(Command::ClaimLeg { leg, destination }).await
}

/// Say where refunds go
///
/// The buyer's, at any time before they are on their way.
#[utoipa::path(
    put,
    path = "/marketplace/deals/{id}/refund-address",
    tag = "deals",
    extensions(("x-policy" = json!("deal.name_payout_address"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Address,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn refund(step: Step, Body(sent): Body<Address>) -> Result<Versioned<DealRoom>, Problem> {
    let destination = destination(&step, &sent.address).await?;
    step.take(Command::SetRefundAddress { destination }).await
}

fn leg_of(step: &Step, leg: &str) -> Result<LegId, Problem> {
    let no_such = |_| rejected(&step.services, Rejection::NoSuchLeg);
    leg.parse().map_err(no_such)
}

async fn destination(step: &Step, address: &str) -> Result<Destination, Problem> {
    let deal = step.read().await?;
    let asset = deal.terms.asset;
    Destination::new(asset, address.trim()).ok_or_else(|| {
        let network = asset.network().name();
        let message = format!("this is no address on {network}");
        Problem::field("address", "INVALID_ADDRESS", message)
    })
}
