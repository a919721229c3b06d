//! `POST /auth/register`: asking for an account.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use services::identity::{StartSignUp, StartSignUpError};
use services::{Actor, Services};
use utoipa::ToSchema;

use crate::answer::Data;
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{Fields, failed, password, throttled};

/// Who wants an account.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Register {
    #[schema(example = "sara@example.com")]
    email: String,
    /// Ten characters or more.
    #[schema(example = "tall ships sail at dawn")]
    password: String,
    #[serde(default)]
    role: RegisterRole,
    #[schema(example = "Sara")]
    first_name: Option<String>,
    #[schema(example = "Ahmadi")]
    last_name: Option<String>,
}

/// What the account is for. Sellers buy, too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RegisterRole {
    /// To buy.
    #[default]
    Buyer,
    /// To sell as well.
    Seller,
}

/// A sign-up that waits for its code.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// Goes with the mailed code to `/auth/verify-email-code`.
    #[schema(example = "9sIbCW1vJc7gTQ1nT0hZ0w5Ew2kq3o8Xr4uYd6aFbLM")]
    sign_up_token: String,
}

/// Ask for an account
///
/// Mails a code of six digits. The answer is the same whether or not the address has an account;
/// only the mail says.
#[utoipa::path(
    post,
    path = "/auth/register",
    tag = "auth",
    extensions(("x-policy" = json!("account.sign_up"))),
    request_body = Register,
    responses(
        (status = 200, description = "A code is on its way", body = Data<Registered>),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Register>,
) -> Result<Data<Registered>, Problem> {
    let command = read(&sent)?;
    let started = services.start_sign_up(&Actor::Visitor, &client, command);
    match started.await {
        Ok(ticket) => Ok(Data::new(Registered {
            sign_up_token: ticket.to_string(),
        })),
        Err(StartSignUpError::Password(rejection)) => Err(password("password", rejection)),
        Err(StartSignUpError::Throttled(error)) => Err(throttled(&services, error)),
        Err(StartSignUpError::Failed(failure)) => Err(failed(failure)),
    }
}

fn read(sent: &Register) -> Result<StartSignUp, Problem> {
    let mut fields = Fields::default();
    let email = fields.email(&sent.email);
    let first_name = fields.name("firstName", sent.first_name.as_deref());
    let last_name = fields.name("lastName", sent.last_name.as_deref());
    let personal = [
        sent.email.trim(),
        sent.first_name.as_deref().unwrap_or_default(),
    ];
    let password = fields.password("password", &sent.password, &personal);
    let Some(email) = email.filter(|_| fields.are_right()) else {
        return Err(fields.problem());
    };
    Ok(StartSignUp {
        email,
        password,
        first_name,
        last_name,
        wants_to_sell: sent.role == RegisterRole::Seller,
    })
}
