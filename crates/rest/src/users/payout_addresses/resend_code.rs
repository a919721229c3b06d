//! `POST /user/payout-addresses/{id}/resend-code`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::PayoutAddressId;
use domain::policy::Action;
use services::Services;
use services::payout_addresses::ResendAddressCodeError;

use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::{failed, throttled};

/// Ask for another code
#[utoipa::path(
    post,
    path = "/user/payout-addresses/{id}/resend-code",
    tag = "users",
    extensions(("x-policy" = json!("payout_address.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which address", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d63")),
    responses(
        (status = 200, description = "A code is on its way; the one before counts no more", body = Data<Done>),
        (status = 404, description = "`NOT_FOUND`: no address of the caller's waits for a code"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Done>, Problem> {
    caller.may(Action::ManagePayoutAddresses)?;
    let id: PayoutAddressId = id.parse().map_err(|_| Problem::not_found())?;
    match services.resend_address_code(&caller.actor, id).await {
        Ok(()) => Ok(Data::DONE),
        Err(ResendAddressCodeError::NotFound) => Err(Problem::not_found()),
        Err(ResendAddressCodeError::Throttled(error)) => Err(throttled(&services, error)),
        Err(ResendAddressCodeError::Failed(failure)) => Err(failed(failure)),
    }
}
