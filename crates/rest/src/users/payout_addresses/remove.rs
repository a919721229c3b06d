//! `DELETE /user/payout-addresses/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::PayoutAddressId;
use domain::policy::Action;
use services::Services;
use services::people::ChangeUserError;

use super::super::refusals::rejected;
use super::shape::OwnAddress;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// Take a payout address out of use
///
/// Nothing is sent there any more, from running deals either.
#[utoipa::path(
    delete,
    path = "/user/payout-addresses/{id}",
    tag = "users",
    extensions(("x-policy" = json!("payout_address.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which address", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d63")),
    responses(
        (status = 200, description = "Those that are left", body = Data<Vec<OwnAddress>>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such address"),
    )
)]
pub async fn delete(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Vec<OwnAddress>>, Problem> {
    caller.may(Action::ManagePayoutAddresses)?;
    let id: PayoutAddressId = id.parse().map_err(|_| Problem::not_found())?;
    match services.remove_payout_address(&caller.actor, id).await {
        Ok(user) => Ok(Data::new(OwnAddress::all_of(&user, services.now()))),
        Err(ChangeUserError::Rejected(rejection)) => Err(rejected(rejection)),
        Err(ChangeUserError::Failed(failure)) => Err(failed(failure)),
    }
}
