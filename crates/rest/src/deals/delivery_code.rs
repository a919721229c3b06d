//! `GET /marketplace/deals/{id}/delivery-code` and `POST …/delivery-code/generate`: the buyer's code.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::deal::{Command, Rejection};
use domain::id::DealId;
use domain::policy::Action;
use serde::Serialize;
use services::deals::ShownCode;
use services::{Actor, Services};
use utoipa::ToSchema;

use super::refusals::{Refusals, refused, rejected};
use super::step::Step;
use crate::answer::Data;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::problem::Problem;

/// What the buyer says with the goods in hand. Never printed: no `Debug`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryCode {
    /// Six digits in two groups.
    #[schema(example = "418 206")]
    code: String,
    #[schema(example = "2026-12-05T10:30:00.000Z")]
    valid_until: String,
}

impl From<ShownCode> for DeliveryCode {
    fn from(shown: ShownCode) -> Self {
        Self {
            code: shown.spoken,
            valid_until: rfc3339(shown.valid_until),
        }
    }
}

/// See the delivery code
///
/// The buyer's, from shipping until it was used or expired. Nobody else ever sees it.
#[utoipa::path(
    get,
    path = "/marketplace/deals/{id}/delivery-code",
    tag = "deals",
    extensions(("x-policy" = json!("deal.make_code"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "The deal", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The code; it lies in no cache", body = Data<DeliveryCode>),
        (status = 403, description = "`BUYER_ONLY`"),
        (status = 404, description = "`NOT_FOUND`"),
        (status = 409, description = "`NO_CODE`: none was made, or it is over"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<DeliveryCode>, Problem> {
    caller.may(Action::MakeDeliveryCode)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    shown(&services, &caller.actor, id).await
}

/// Make a delivery code
///
/// The buyer's, once it was shipped; a code made before counts no more. Sent again under the same
/// key it makes no other.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/delivery-code/generate",
    tag = "deals",
    extensions(("x-policy" = json!("deal.make_code"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The code; it lies in no cache", body = Data<DeliveryCode>),
        Refusals,
    )
)]
pub async fn generate(step: Step) -> Result<Data<DeliveryCode>, Problem> {
    step.carry_out(Command::MakeCode).await?;
    shown(&step.services, &step.actor, step.deal).await
}

async fn shown(
    services: &Services,
    actor: &Actor,
    deal: DealId,
) -> Result<Data<DeliveryCode>, Problem> {
    let code = services.show_code(actor, deal).await;
    let code = code.map_err(|error| refused(services, error))?;
    let code = code.ok_or_else(|| rejected(services, Rejection::NoCode))?;
    Ok(Data::new(code.into()))
}
