//! What the answers about identity are made of.

use domain::role::Role;
use domain::{User, UserStatus};
use serde::Serialize;
use services::Services;
use services::identity::{SignedIn, Tokens};
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// The caller's own account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "sara@example.com")]
    email: String,
    is_email_verified: bool,
    #[schema(example = "Sara")]
    first_name: Option<String>,
    #[schema(example = "Ahmadi")]
    last_name: Option<String>,
    #[schema(example = json!(["buyer"]))]
    roles: Vec<&'static str>,
    /// `none`, `pending`, `approved` or `rejected`.
    #[schema(example = "none")]
    seller_status: &'static str,
    /// `active` or `suspended`.
    #[schema(example = "active")]
    status: &'static str,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    last_login_at: Option<String>,
    #[schema(example = 3)]
    version: u64,
}

impl Account {
    pub fn of(user: &User) -> Self {
        let has = |role: &Role| user.roles.has(*role);
        Self {
            id: user.id.to_string(),
            email: user.email.as_str().to_owned(),
            is_email_verified: user.email_verified_at.is_some(),
            first_name: user.first_name.as_ref().map(ToString::to_string),
            last_name: user.last_name.as_ref().map(ToString::to_string),
            roles: Role::ALL
                .iter()
                .filter(|role| has(role))
                .map(|role| role.code())
                .collect(),
            seller_status: services::people::seller_status_code(user.seller_status),
            status: match user.status {
                UserStatus::Active => "active",
                UserStatus::Suspended => "suspended",
                UserStatus::Deleted => "deleted",
            },
            created_at: rfc3339(user.created_at),
            updated_at: rfc3339(user.updated_at),
            last_login_at: user.last_sign_in_at.map(rfc3339),
            version: user.version,
        }
    }
}

/// How a program holds its session. Never printed: no `Debug`.
#[derive(Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenPair {
    /// Goes with each call as `Authorization: Bearer`.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl")]
    access_token: String,
    /// Gets the next pair at `/auth/refresh-token`, once.
    #[schema(example = "AZNybloQfMSdLj8aKzxNXgAAAAHTMsuqjqO4b0Kn7m0r1v2w3x4y5z6A7B8C9D0E1F2G3H")]
    refresh_token: String,
    /// Seconds until the access token is over.
    #[schema(example = 900)]
    expires_in: i64,
}

impl From<&Tokens> for TokenPair {
    fn from(tokens: &Tokens) -> Self {
        Self {
            access_token: tokens.access.clone(),
            refresh_token: tokens.refresh.to_string(),
            expires_in: tokens.access_life.ms() / 1_000,
        }
    }
}

/// The account, and the tokens of a session that has just begun or gone on.
#[derive(Clone, Serialize, ToSchema)]
pub struct Entered {
    user: Account,
    tokens: TokenPair,
}

impl Entered {
    pub fn new(user: &User, tokens: &Tokens) -> Self {
        Self {
            user: Account::of(user),
            tokens: tokens.into(),
        }
    }

    pub fn signed_in(services: &Services, signed_in: &SignedIn) -> Self {
        Self::new(&signed_in.user, &services.tokens_of(&signed_in.session))
    }
}
