//! Who calls: the person of the access token or of the browser's session, and the place they call
//! from.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use browser::{cookies, origin};
use domain::Language;
use domain::policy::Action;
use services::identity::SessionKind;
use services::{Actor, Client, ClientAddress, Services};

use crate::problem::Problem;
use crate::refusals::failed;

/// A caller of what a token or a session may be needed for. One that opens nothing is refused even where none is
/// needed: its holder should hear of it.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person of the token or the session, or a visitor.
    pub actor: Actor,
    /// Where the call comes from.
    pub client: Client,
}

/// A caller of the ways in. A token that is over must not stand in the way to the next one, so none
/// is looked at.
#[derive(Debug, Clone)]
pub struct Anyone {
    /// Where the call comes from.
    pub client: Client,
}

impl Caller {
    /// Asks the policy table before anything is said about what was sent.
    ///
    /// # Errors
    /// 401 or 403.
    pub fn may(&self, action: Action) -> Result<(), Problem> {
        let asked = self.actor.may(action);
        asked.map_err(|denied| failed(denied.into()))
    }
}

impl FromRequestParts<Arc<Services>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        services: &Arc<Services>,
    ) -> Result<Self, Problem> {
        let actor = match bearer(&parts.headers)? {
            Some(token) => {
                let found = services.authenticate_token(token).await.map_err(failed)?;
                found.ok_or_else(Problem::unauthenticated)?.actor()
            }
            None => person_of_browser(&parts.headers, services).await?,
        };
        let client = client(parts)?;
        Ok(Self { actor, client })
    }
}

impl FromRequestParts<Arc<Services>> for Anyone {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Services>) -> Result<Self, Problem> {
        let client = client(parts)?;
        Ok(Self { client })
    }
}

/// The person of the session cookie, which counts only in what our own pages send: any other site
/// could make a browser send it along.
async fn person_of_browser(headers: &HeaderMap, services: &Services) -> Result<Actor, Problem> {
    let site = &services.config().site_url;
    let secret = cookies::Secret::Session.find(headers, site.starts_with("https://"));
    let secret = secret.and_then(|secret| secret.parse().ok());
    let Some(secret) = secret.filter(|_| origin::is_ours(headers, site)) else {
        return Ok(Actor::Visitor);
    };
    let found = services.authenticate(&secret).await.map_err(failed)?;
    Ok(found.map_or(Actor::Visitor, |found| found.actor()))
}

/// Where a call comes from. Without its address all limits would be one for all: that is a fault.
fn client(parts: &Parts) -> Result<Client, Problem> {
    let address = parts.extensions.get::<ClientAddress>();
    let address = address.ok_or_else(|| {
        tracing::error!("a call has no address: the layer that finds it is missing");
        Problem::internal()
    })?;
    let text = |name| {
        let value = parts.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    Ok(Client {
        ip: address.0,
        user_agent: text(header::USER_AGENT).to_owned(),
        language: language(text(header::ACCEPT_LANGUAGE)),
        device: None,
        kind: SessionKind::Api,
    })
}

/// The token of `Authorization: Bearer …`; another scheme is refused.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let value = value.to_str().map_err(|_| Problem::unauthenticated())?;
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim())),
        Some(_) | None => Err(Problem::unauthenticated()),
    }
}

/// The language of letters that the call leads to.
fn language(wanted: &str) -> Language {
    let first = wanted.split([',', ';', '-']).next().unwrap_or_default();
    Language::from_code(&first.trim().to_ascii_lowercase()).unwrap_or_default()
}
