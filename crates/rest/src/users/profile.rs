//! `GET`, `PUT /user/profile`: what one tells about oneself.

use std::sync::Arc;

use axum::extract::State;
use domain::User;
use domain::policy::Action;
use domain::text::Block;
use domain::user::{Phone, Website};
use serde::{Deserialize, Serialize};
use services::Services;
use services::people::EditProfile;
use utoipa::ToSchema;

use crate::answer::Data;
use crate::auth::Account;
use crate::body::Body;
use crate::caller::Caller;
use crate::edition::{IfMatch, Versioned, changed_since};
use crate::problem::Problem;
use crate::refusals::{Fields, failed};

/// The caller's own account, with what they tell about themselves.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnProfile {
    #[serde(flatten)]
    account: Account,
    profile: ProfileTold,
}

/// What one tells about oneself.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileTold {
    /// For the other party of a deal, never for the public.
    #[schema(example = "+982112345678")]
    phone: Option<String>,
    #[schema(example = "I restore cameras.")]
    bio: Option<String>,
    #[schema(example = "https://example.com")]
    website: Option<String>,
    /// A picture, by its file.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64")]
    avatar_id: Option<String>,
    /// Whether strangers see more than the name.
    is_public: bool,
}

impl From<&User> for OwnProfile {
    fn from(user: &User) -> Self {
        let profile = &user.profile;
        Self {
            account: Account::of(user),
            profile: ProfileTold {
                phone: profile.phone.as_ref().map(|one| one.as_str().to_owned()),
                bio: profile.bio.as_ref().map(ToString::to_string),
                website: profile.website.as_ref().map(|one| one.as_str().to_owned()),
                avatar_id: profile.avatar.map(|file| file.to_string()),
                is_public: profile.is_public,
            },
        }
    }
}

/// See one's own profile
#[utoipa::path(
    get,
    path = "/user/profile",
    tag = "users",
    extensions(("x-policy" = json!("account.read"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "The account; its `ETag` is its version", body = Data<OwnProfile>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Versioned<OwnProfile>, Problem> {
    let user = services.read_account(&caller.actor).await.map_err(failed)?;
    Ok(told(&user))
}

/// What one tells about oneself from now on: what is not sent is empty.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileSent {
    #[schema(example = "Sara")]
    first_name: Option<String>,
    #[schema(example = "Ahmadi")]
    last_name: Option<String>,
    /// For the other party of a deal, never for the public.
    #[schema(example = "+982112345678")]
    phone: Option<String>,
    /// Up to 500 characters.
    #[schema(example = "I restore cameras.")]
    bio: Option<String>,
    /// `https` only.
    #[schema(example = "https://example.com")]
    website: Option<String>,
    /// Whether strangers see more than the name.
    is_public: bool,
}

/// Change one's profile
#[utoipa::path(
    put,
    path = "/user/profile",
    tag = "users",
    extensions(("x-policy" = json!("account.edit_profile"))),
    security(("bearer" = []), ("session" = [])),
    params(IfMatch),
    request_body = ProfileSent,
    responses(
        (status = 200, description = "The account as it is now", body = Data<OwnProfile>),
        (status = 412, description = "`STALE`: it changed since it was read"),
    )
)]
pub async fn put(
    State(services): State<Arc<Services>>,
    caller: Caller,
    IfMatch(seen): IfMatch,
    Body(sent): Body<ProfileSent>,
) -> Result<Versioned<OwnProfile>, Problem> {
    caller.may(Action::EditProfile)?;
    let command = read(&sent)?;
    let before = services.read_account(&caller.actor).await.map_err(failed)?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(changed_since());
    }
    let edited = services.edit_profile(&caller.actor, command).await;
    Ok(told(&edited.map_err(failed)?))
}

fn told(user: &User) -> Versioned<OwnProfile> {
    Versioned::new(OwnProfile::from(user), user.version)
}

fn read(sent: &ProfileSent) -> Result<EditProfile, Problem> {
    let mut fields = Fields::default();
    let first_name = fields.name("firstName", sent.first_name.as_deref());
    let last_name = fields.name("lastName", sent.last_name.as_deref());
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let phone = given(&sent.phone).and_then(|text| {
        let read = Phone::new(&text).map_err(|error| ("INVALID_PHONE", error.to_string()));
        fields.take("phone", read)
    });
    let website = given(&sent.website).and_then(|text| {
        let read = Website::new(&text).map_err(|error| ("INVALID_WEBSITE", error.to_string()));
        fields.take("website", read)
    });
    let bio = Block::optional(sent.bio.as_deref().unwrap_or_default());
    let bio = fields.text("bio", bio).flatten();
    if !fields.are_right() {
        return Err(fields.problem());
    }
    Ok(EditProfile {
        first_name,
        last_name,
        phone,
        bio,
        website,
        is_public: sent.is_public,
    })
}
