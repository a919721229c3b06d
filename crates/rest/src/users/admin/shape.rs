//! What the answers about others' accounts are made of. Neither mailboxes nor addresses stand in
//! them.

use domain::Roles;
use domain::role::Role;
use serde::Serialize;
use services::people::{Dependencies, UserCard, UserSummary, seller_status_code, user_status_code};
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// An account in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountCard {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "Sara Ahmadi")]
    name: String,
    /// Enough of the mailbox to recognise it by.
    #[schema(example = "s…@example.com")]
    email: String,
    #[schema(example = json!(["buyer"]))]
    roles: Vec<&'static str>,
    /// `none`, `pending`, `approved` or `rejected`.
    #[schema(example = "none")]
    seller_status: &'static str,
    /// `active`, `suspended` or `deleted`.
    #[schema(example = "active")]
    status: &'static str,
    /// Whether roles wait for a second admin.
    #[schema(example = false)]
    has_proposed_roles: bool,
    /// Whether a proposal to suspend waits for an admin.
    #[schema(example = false)]
    has_proposed_suspension: bool,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
}

impl From<&UserSummary> for AccountCard {
    fn from(summary: &UserSummary) -> Self {
        Self {
            id: summary.id.to_string(),
            name: summary.name.clone(),
            email: summary.email.clone(),
            roles: role_codes(summary.roles),
            seller_status: seller_status_code(summary.seller_status),
            status: user_status_code(summary.status),
            has_proposed_roles: summary.has_proposed_roles,
            has_proposed_suspension: summary.has_proposed_suspension,
            created_at: rfc3339(summary.created_at),
        }
    }
}

/// An account, with what staff decide by.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountFile {
    #[serde(flatten)]
    card: AccountCard,
    #[schema(example = 3)]
    version: u64,
    #[schema(example = "en")]
    language: &'static str,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    email_verified_at: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    last_login_at: Option<String>,
    /// In how many places they are signed in.
    #[schema(example = 2)]
    sessions: usize,
    /// How many payout addresses they have.
    #[schema(example = 1)]
    payout_addresses: usize,
    /// Until when nothing is paid out to them.
    #[schema(example = "2026-12-01T10:30:00.000Z")]
    payouts_blocked_until: Option<String>,
    dependencies: DependenciesTold,
    /// Roles that wait for a second admin.
    proposed_roles: Option<ProposedRolesTold>,
    /// A proposal to suspend.
    proposed_suspension: Option<ProposedSuspensionTold>,
}

/// What hangs on an account.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DependenciesTold {
    /// Deals that are not over; a hundred stands for that or more.
    #[schema(example = 1)]
    live_deals: usize,
    /// Offers that wait for an answer.
    #[schema(example = 2)]
    open_offers: u64,
    /// Money is on its way: the account cannot be closed.
    #[schema(example = true)]
    money_in_play: bool,
}

/// Roles that one admin asks for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProposedRolesTold {
    #[schema(example = json!(["support"]))]
    roles: Vec<&'static str>,
    /// What the admin is called.
    #[schema(example = "Nima")]
    by: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

/// That somebody ought to be suspended.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProposedSuspensionTold {
    #[schema(example = "Sends the same offer to everybody.")]
    reason: String,
    /// What its author is called.
    #[schema(example = "Nima")]
    by: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl From<Dependencies> for DependenciesTold {
    fn from(dependencies: Dependencies) -> Self {
        Self {
            live_deals: dependencies.live_deals,
            open_offers: dependencies.open_offers,
            money_in_play: dependencies.money_in_play,
        }
    }
}

impl From<&UserCard> for AccountFile {
    fn from(card: &UserCard) -> Self {
        let roles = card.proposed_roles.as_ref();
        let suspension = card.proposed_suspension.as_ref();
        Self {
            card: AccountCard::from(&card.summary),
            version: card.version,
            language: card.language.code(),
            email_verified_at: card.email_verified_at.map(rfc3339),
            last_login_at: card.last_sign_in_at.map(rfc3339),
            sessions: card.sessions,
            payout_addresses: card.addresses,
            payouts_blocked_until: card.payouts_blocked.map(rfc3339),
            dependencies: DependenciesTold::from(card.dependencies),
            proposed_roles: roles.map(|(proposed, by)| ProposedRolesTold {
                roles: role_codes(proposed.roles),
                by: by.clone(),
                at: rfc3339(proposed.at),
            }),
            proposed_suspension: suspension.map(|(proposed, by)| ProposedSuspensionTold {
                reason: proposed.reason.to_string(),
                by: by.clone(),
                at: rfc3339(proposed.at),
            }),
        }
    }
}

fn role_codes(roles: Roles) -> Vec<&'static str> {
    roles.iter().map(Role::code).collect()
}
