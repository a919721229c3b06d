//! `GET /users/profile/{userId}`: what strangers see of somebody.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde::Serialize;
use services::Services;
use services::people::{PublicProfile, ViewProfileError};
use utoipa::ToSchema;

use crate::answer::Data;
use crate::caller::Caller;
use crate::marketplace::Seller;
use crate::moment::rfc3339;
use crate::problem::Problem;
use crate::refusals::failed;

/// What strangers see of somebody.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StrangersProfile {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "Sara Ahmadi")]
    name: String,
    /// Since when they have an account.
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    since: String,
    /// Deals that they finished, buying.
    #[schema(example = 4)]
    bought: u64,
    /// How they sell, once they may.
    seller: Option<Seller>,
    /// A few words, where they show them.
    #[schema(example = "I restore cameras.")]
    bio: Option<String>,
    /// A page elsewhere, where they show it.
    #[schema(example = "https://example.com")]
    website: Option<String>,
    /// A picture, by its file, where they show one.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64")]
    avatar_id: Option<String>,
}

impl From<&PublicProfile> for StrangersProfile {
    fn from(profile: &PublicProfile) -> Self {
        let website = profile.website.as_ref();
        Self {
            id: profile.card.id.to_string(),
            name: profile.card.name.clone(),
            since: rfc3339(profile.card.since),
            bought: profile.card.deals,
            seller: profile.seller.as_ref().map(Seller::from),
            bio: profile.bio.as_ref().map(ToString::to_string),
            website: website.map(|website| website.as_str().to_owned()),
            avatar_id: profile.picture.map(|picture| picture.to_string()),
        }
    }
}

/// See somebody's profile
#[utoipa::path(
    get,
    path = "/users/profile/{userId}",
    tag = "users",
    extensions(("x-policy" = json!("public.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(("userId" = String, Path, description = "Whose", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "What strangers see", body = Data<StrangersProfile>),
        (status = 404, description = "`NOT_FOUND`, also when the account was closed"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<StrangersProfile>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    match services.view_profile(&caller.actor, id).await {
        Ok(profile) => Ok(Data::new(StrangersProfile::from(&profile))),
        Err(ViewProfileError::NotFound) => Err(Problem::not_found()),
        Err(ViewProfileError::Failed(failure)) => Err(failed(failure)),
    }
}
