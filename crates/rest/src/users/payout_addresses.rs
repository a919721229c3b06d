//! `GET`, `POST /user/payout-addresses`, and for one of them `DELETE`, `POST …/confirm`,
//! `POST …/resend-code`: where one is paid.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::Timestamp;
use domain::id::PayoutAddressId;
use domain::password::Password;
use domain::policy::Action;
use domain::text::Line;
use domain::user::{AddressState, PayoutAddress};
use domain::{Network, User};
use serde::{Deserialize, Serialize};
use services::Services;
use services::payout_addresses::{
    AddAddress, AddAddressError, ConfirmAddress, ConfirmAddressError, ResendAddressCodeError,
};
use services::people::ChangeUserError;
use utoipa::ToSchema;

use super::refusals::rejected;
use crate::answer::{Data, Done};
use crate::body::Body;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::problem::Problem;
use crate::refusals::{Fields, conflict, failed, locked, throttled, wrong_code};

/// Where one is paid.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnAddress {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d63")]
    id: String,
    #[schema(example = "bsc")]
    network: &'static str,
    #[schema(example = "0x52908400098527886E0F7030069857D2E4169EE7")]
    address: String,
    #[schema(example = "My phone")]
    label: Option<String>,
    /// `unconfirmed` until its code is entered, `waiting` until money may be sent there, `active`.
    #[schema(example = "waiting")]
    state: &'static str,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    confirmed_at: Option<String>,
    /// When money may be sent there.
    #[schema(example = "2026-11-29T10:30:00.000Z")]
    active_from: Option<String>,
}

impl OwnAddress {
    fn of(address: &PayoutAddress, now: Timestamp) -> Self {
        Self {
            id: address.id.to_string(),
            network: address.network.code(),
            address: address.address.clone(),
            label: address.label.as_ref().map(ToString::to_string),
            state: match address.state(now) {
                AddressState::Unconfirmed => "unconfirmed",
                AddressState::Waiting(_) => "waiting",
                AddressState::Active => "active",
                AddressState::Ended(_) => "ended",
            },
            created_at: rfc3339(address.added_at),
            confirmed_at: address.confirmed_at.map(rfc3339),
            active_from: address.active_from.map(rfc3339),
        }
    }

    fn all_of(user: &User, now: Timestamp) -> Vec<Self> {
        user.listed().map(|one| Self::of(one, now)).collect()
    }
}

/// List one's payout addresses
#[utoipa::path(
    get,
    path = "/user/payout-addresses",
    tag = "users",
    extensions(("x-policy" = json!("account.read"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "Those in use or on their way to be", body = Data<Vec<OwnAddress>>))
)]
pub async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Vec<OwnAddress>>, Problem> {
    let user = services.read_account(&caller.actor).await.map_err(failed)?;
    Ok(Data::new(OwnAddress::all_of(&user, services.now())))
}

/// Where one wants to be paid.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayoutAddressSent {
    /// `bsc`, `polygon`, `tron` or `ethereum`.
    #[schema(example = "bsc")]
    network: String,
    #[schema(example = "0x52908400098527886E0F7030069857D2E4169EE7")]
    address: String,
    /// What one calls it, up to 40 characters.
    #[schema(example = "My phone")]
    label: Option<String>,
    /// To show that it is still you.
    #[schema(example = "tall ships sail at dawn")]
    password: String,
    /// Says that an address that begins and ends like another one is meant all the same.
    #[serde(default)]
    #[schema(example = false)]
    look_alike_accepted: bool,
}

/// Add a payout address
///
/// Mails the code that confirms it. Confirmed, it waits a day, or three while one has a live deal.
/// Added once more before its code was entered, it begins anew with another code.
#[utoipa::path(
    post,
    path = "/user/payout-addresses",
    tag = "users",
    extensions(("x-policy" = json!("payout_address.manage"))),
    security(("bearer" = []), ("session" = [])),
    request_body = PayoutAddressSent,
    responses(
        (status = 200, description = "The address, to be confirmed", body = Data<OwnAddress>),
        (status = 409, description = "`CHANGE_WAITING`, `TOO_MANY_ADDRESSES`, `CONTENDED`"),
        (status = 423, description = "`LOCKED`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Body(sent): Body<PayoutAddressSent>,
) -> Result<Data<OwnAddress>, Problem> {
    caller.may(Action::ManagePayoutAddresses)?;
    let command = read(&sent)?;
    let added = services.add_payout_address(&caller.actor, &caller.client, command);
    let added = added.await.map_err(|error| not_added(&services, error))?;
    Ok(Data::new(OwnAddress::of(&added, services.now())))
}

fn read(sent: &PayoutAddressSent) -> Result<AddAddress, Problem> {
    let mut fields = Fields::default();
    let words = Network::ALL.map(Network::code);
    let network = fields.choice("network", Network::from_code(&sent.network), &words);
    let label = Line::optional(sent.label.as_deref().unwrap_or_default());
    let label = fields.text("label", label);
    let Some((network, label)) = network.zip(label) else {
        return Err(fields.problem());
    };
    Ok(AddAddress {
        network,
        address: sent.address.clone(),
        label,
        password: Password::typed(&sent.password),
        look_alike_accepted: sent.look_alike_accepted,
    })
}

fn not_added(services: &Services, error: AddAddressError) -> Problem {
    match error {
        AddAddressError::Address(error) => {
            Problem::field("address", error.code(), error.to_string())
        }
        AddAddressError::Rejected(rejection) => rejected(rejection),
        AddAddressError::WrongPassword => {
            Problem::field("password", "WRONG_PASSWORD", "the password is wrong")
        }
        AddAddressError::Locked { until } => locked(services, until),
        AddAddressError::Throttled(error) => throttled(services, error),
        AddAddressError::Failed(failure) => failed(failure),
    }
}

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
pub async fn confirm(
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
pub async fn resend(
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
