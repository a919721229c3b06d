//! `POST /user/payout-addresses/{id}/confirm`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::policy::Action;
use serde::Deserialize;
use services::Services;
use services::payout_addresses::{ConfirmAddress, ConfirmAddressError};
use utoipa::ToSchema;

use super::super::refusals::rejected;
use super::shape::OwnAddress;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::{Fields, conflict, failed, wrong_code};

/// The code of an address.
#[derive(Deserialize, ToSchema)]
pub struct AddressCode {
    /// Six digits, as they were mailed.
    #[schema(example = "123456")]
    code: String,
}

/// Confirm a payout address
///
/// By the code that was mailed when it was added.
#[utoipa::path(
    post,
    path = "/user/payout-addresses/{id}/confirm",
    tag = "users",
    extensions(("x-policy" = json!("payout_address.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which address", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d63")),
    request_body = AddressCode,
    responses(
        (status = 200, description = "The address, which waits now", body = Data<OwnAddress>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such address"),
        (status = 409, description = "`CODE_SPENT`: ask for another; `ALREADY_CONFIRMED`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    Body(sent): Body<AddressCode>,
) -> Result<Data<OwnAddress>, Problem> {
    caller.may(Action::ManagePayoutAddresses)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let mut fields = Fields::default();
    let Some(code) = fields.code(&sent.code) else {
        return Err(fields.problem());
    };
    let command = ConfirmAddress { id, code };
    let confirmed = services.confirm_payout_address(&caller.actor, command);
    match confirmed.await {
        Ok(address) => Ok(Data::new(OwnAddress::of(&address, services.now()))),
        Err(ConfirmAddressError::WrongCode { left }) => Err(wrong_code(left)),
        Err(ConfirmAddressError::CodeSpent) => {
            let why = "this code counts no more; ask for another";
            Err(conflict("CODE_SPENT", why))
        }
        Err(ConfirmAddressError::Rejected(rejection)) => Err(rejected(rejection)),
        Err(ConfirmAddressError::Failed(failure)) => Err(failed(failure)),
    }
}
