//! `GET /users/admin/{userId}`, `GET /users/admin/{userId}/dependencies`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::UserId;
use domain::policy::Action;
use services::Services;
use services::people::UserCard;

use super::shape::{AccountFile, DependenciesTold};
use crate::answer::Data;
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::failed;

/// See an account
#[utoipa::path(
    get,
    path = "/users/admin/{userId}",
    tag = "users",
    extensions(("x-policy" = json!("user.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("userId" = String, Path, description = "Whose", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The account; its `ETag` is its version", body = Data<AccountFile>),
        (status = 404, description = "`NOT_FOUND`"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Versioned<AccountFile>, Problem> {
    caller.may(Action::ReadUsers)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    Ok(told(&find(&services, &caller, id).await?))
}

/// See what hangs on an account
#[utoipa::path(
    get,
    path = "/users/admin/{userId}/dependencies",
    tag = "users",
    extensions(("x-policy" = json!("user.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("userId" = String, Path, description = "Whose", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "What would be in the way of closing it", body = Data<DependenciesTold>),
        (status = 404, description = "`NOT_FOUND`"),
    )
)]
pub async fn dependencies(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<DependenciesTold>, Problem> {
    caller.may(Action::ReadUsers)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let card = find(&services, &caller, id).await?;
    Ok(Data::new(DependenciesTold::from(card.dependencies)))
}

/// The account of this id.
pub async fn find(services: &Services, caller: &Caller, id: UserId) -> Result<UserCard, Problem> {
    let found = services.view_user(&caller.actor, id).await;
    found.map_err(failed)?.ok_or_else(Problem::not_found)
}

/// An account as it stands.
pub fn told(card: &UserCard) -> Versioned<AccountFile> {
    Versioned::new(AccountFile::from(card), card.version)
}
