//! `PATCH /users/admin/{userId}/status`, `…/role`, `…/seller-status`: what admins decide. Whatever
//! stands as it is asked for is no refusal, so each may be repeated.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::UserId;
use domain::policy::Action;
use domain::role::{Role, Roles};
use domain::text::Line;
use domain::user::UserRejection;
use domain::{SellerStatus, User};
use serde::Deserialize;
use services::Services;
use services::people::ChangeUserError;
use utoipa::ToSchema;

use super::super::refusals::rejected;
use super::one::{find, told};
use super::shape::AccountFile;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::edition::{IfMatch, Versioned, changed_since};
use crate::problem::Problem;
use crate::refusals::{Fields, failed};

/// Whether an account is in use.
#[derive(Debug, Deserialize, ToSchema)]
pub struct StatusDecision {
    /// `active` or `suspended`.
    #[schema(example = "suspended")]
    status: String,
    /// For the log, up to 200 characters.
    #[schema(example = "Sends the same offer to everybody.")]
    reason: String,
}

/// Suspend an account, or lift it
///
/// A suspended person acts in their open deals and nowhere else; the deals are held.
#[utoipa::path(
    patch,
    path = "/users/admin/{userId}/status",
    tag = "users",
    extensions(("x-policy" = json!("user.suspend"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("userId" = String, Path, description = "Whose", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IfMatch,
    ),
    request_body = StatusDecision,
    responses(
        (status = 200, description = "The account as it is now", body = Data<AccountFile>),
        (status = 403, description = "`FORBIDDEN`: one's own account, or another admin's"),
        (status = 404, description = "`NOT_FOUND`"),
        (status = 412, description = "`STALE`: it changed since it was read"),
    )
)]
pub async fn status(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    Body(sent): Body<StatusDecision>,
) -> Result<Versioned<AccountFile>, Problem> {
    let id = asked(&services, &caller, Action::SuspendUser, &id, seen).await?;
    let mut fields = Fields::default();
    let reason = fields.text("reason", Line::new(&sent.reason));
    let suspends = match sent.status.as_str() {
        "suspended" => Some(true),
        "active" => Some(false),
        _ => None,
    };
    let suspends = fields.choice("status", suspends, &["active", "suspended"]);
    let Some((suspends, reason)) = suspends.zip(reason) else {
        return Err(fields.problem());
    };
    let decided = if suspends {
        services.suspend_user(&caller.actor, id, reason).await
    } else {
        services.reinstate_user(&caller.actor, id, reason).await
    };
    settle(decided, Some(UserRejection::NotSuspended))?;
    Ok(told(&find(&services, &caller, id).await?))
}

/// What somebody may be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RoleDecision {
    /// All roles that they have from now on: `buyer`, `seller`, `support`, `resolver`, `admin`.
    #[schema(example = json!(["buyer", "support"]))]
    roles: Vec<String>,
    /// For the log, up to 200 characters.
    #[schema(example = "Joins the support desk.")]
    reason: String,
}

/// Give roles
///
/// Where a role of staff changes hands, the first admin's word waits for a second one who asks for
/// the same.
#[utoipa::path(
    patch,
    path = "/users/admin/{userId}/role",
    tag = "users",
    extensions(("x-policy" = json!("user.set_roles"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("userId" = String, Path, description = "Whose", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IfMatch,
    ),
    request_body = RoleDecision,
    responses(
        (status = 200, description = "The account as it is now", body = Data<AccountFile>),
        (status = 403, description = "`OWN_ACCOUNT`, `OTHER_KEY`: a different admin has to agree"),
        (status = 404, description = "`NOT_FOUND`"),
        (status = 412, description = "`STALE`: it changed since it was read"),
    )
)]
pub async fn role(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    Body(sent): Body<RoleDecision>,
) -> Result<Versioned<AccountFile>, Problem> {
    let id = asked(&services, &caller, Action::SetRoles, &id, seen).await?;
    let mut fields = Fields::default();
    let reason = fields.text("reason", Line::new(&sent.reason));
    let words = Role::ALL.map(Role::code);
    let mut roles = Roles::NONE;
    for (at, code) in sent.roles.iter().enumerate() {
        let role = Role::from_code(code);
        let role = fields.choice(format!("roles[{at}]"), role, &words);
        roles = role.map_or(roles, |role| roles.with(role));
    }
    let Some(reason) = reason.filter(|_| fields.are_right()) else {
        return Err(fields.problem());
    };
    let given = services.give_roles(&caller.actor, id, roles, reason).await;
    settle(given, Some(UserRejection::SameRoles))?;
    Ok(told(&find(&services, &caller, id).await?))
}

/// Whether somebody may sell.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerDecision {
    /// `approved` or `rejected`.
    #[schema(example = "approved")]
    seller_status: String,
}

/// Decide on an application to sell
///
/// The person is told by mail.
#[utoipa::path(
    patch,
    path = "/users/admin/{userId}/seller-status",
    tag = "users",
    extensions(("x-policy" = json!("seller.decide"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("userId" = String, Path, description = "Whose", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IfMatch,
    ),
    request_body = SellerDecision,
    responses(
        (status = 200, description = "The account as it is now", body = Data<AccountFile>),
        (status = 403, description = "`FORBIDDEN`: one's own application"),
        (status = 404, description = "`NOT_FOUND`"),
        (status = 409, description = "`NO_APPLICATION`, `CONTENDED`"),
        (status = 412, description = "`STALE`: it changed since it was read"),
    )
)]
pub async fn seller_status(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    Body(sent): Body<SellerDecision>,
) -> Result<Versioned<AccountFile>, Problem> {
    let id = asked(&services, &caller, Action::DecideSeller, &id, seen).await?;
    let mut fields = Fields::default();
    let wanted = match sent.seller_status.as_str() {
        "approved" => Some(SellerStatus::Approved),
        "rejected" => Some(SellerStatus::Rejected),
        _ => None,
    };
    let wanted = fields.choice("sellerStatus", wanted, &["approved", "rejected"]);
    let Some(wanted) = wanted else {
        return Err(fields.problem());
    };
    let approves = wanted == SellerStatus::Approved;
    let decided = services.decide_seller(&caller.actor, id, approves).await;
    let card = find(&services, &caller, id).await?;
    let stands = card.summary.seller_status == wanted;
    settle(decided, stands.then_some(UserRejection::NoApplication))?;
    Ok(told(&card))
}

/// The account that a decision is about, as it was read.
async fn asked(
    services: &Services,
    caller: &Caller,
    action: Action,
    id: &str,
    seen: Option<u64>,
) -> Result<UserId, Problem> {
    caller.may(action)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let card = find(services, caller, id).await?;
    if seen.is_some_and(|seen| seen != card.version) {
        return Err(changed_since());
    }
    Ok(id)
}

/// What was decided, unless it was refused; that it stands so already is no refusal.
fn settle(
    decided: Result<User, ChangeUserError>,
    stands: Option<UserRejection>,
) -> Result<(), Problem> {
    match decided {
        Ok(_) => Ok(()),
        Err(ChangeUserError::Rejected(rejection)) if stands == Some(rejection) => Ok(()),
        Err(ChangeUserError::Rejected(rejection)) => Err(rejected(rejection)),
        Err(ChangeUserError::Failed(failure)) => Err(failed(failure)),
    }
}
