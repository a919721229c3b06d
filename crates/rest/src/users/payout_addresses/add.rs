//! `POST /user/payout-addresses`.

use std::sync::Arc;

use axum::extract::State;
use domain::Network;
use domain::password::Password;
use domain::policy::Action;
use domain::text::Line;
use serde::Deserialize;
use services::Services;
use services::payout_addresses::{AddAddress, AddAddressError};
use utoipa::ToSchema;

use super::super::refusals::rejected;
use super::shape::OwnAddress;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::{Fields, failed, locked, throttled};

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
