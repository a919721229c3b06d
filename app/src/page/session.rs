//! Who is signed in, and how a page begins and ends that.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use browser::cookies::Secret;
use domain::User;
use services::identity::{Authenticated, SessionKind, SignedIn};
use services::{Actor, Client, ClientAddress, Secret as ServiceSecret};

use super::{Failure, Page};
use crate::web::Web;

/// How long a browser stays known after it signed in.
const DEVICE_S: i64 = 400 * 24 * 60 * 60;

/// The person of the session cookie, if it still opens anything.
pub(super) async fn authenticate(
    web: &Web,
    headers: &HeaderMap,
) -> Result<Option<Authenticated>, Failure> {
    let secret = Secret::Session
        .find(headers, web.is_secure())
        .and_then(|text| text.parse::<ServiceSecret>().ok());
    match secret {
        Some(secret) => Ok(web.services.authenticate(&secret).await?),
        None => Ok(None),
    }
}

/// What stands beside "Notifications" on every page. A page is there without it, too.
pub(super) async fn count_unread(web: &Web, viewer: &Authenticated) -> u64 {
    let counted = web
        .services
        .count_unread_notifications(&viewer.actor())
        .await;
    counted
        .inspect_err(|error| tracing::warn!(%error, "a page does not know what is unread"))
        .unwrap_or_default()
}

/// Where the request came from, for the limits of identity.
pub(super) fn client(
    web: &Web,
    headers: &HeaderMap,
    address: Option<ClientAddress>,
    language: domain::Language,
) -> Client {
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    Client {
        ip: address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0),
        user_agent: user_agent.unwrap_or_default().to_owned(),
        language,
        device: Secret::Device
            .find(headers, web.is_secure())
            .and_then(|text| text.parse().ok()),
        kind: SessionKind::Browser,
    }
}

impl Page {
    /// Who asks, for use cases.
    pub fn actor(&self) -> Actor {
        self.viewer
            .as_ref()
            .map_or(Actor::Visitor, |viewer| viewer.actor())
    }

    /// The account of the person who is signed in.
    ///
    /// # Errors
    /// [`Failure::SignIn`] for a visitor: they are sent to sign in, and come back here.
    pub fn user(&self) -> Result<&User, Failure> {
        let viewer = self.viewer.as_ref().ok_or(Failure::SignIn)?;
        Ok(&viewer.user)
    }

    /// After a way in: the browser keeps the session and goes on to `next`.
    pub fn signed_in(&self, signed_in: &SignedIn, next: &str) -> Response {
        self.keeping_session(signed_in, self.see_other(next))
    }

    /// An answer with which the browser keeps a session that has just begun.
    pub fn keeping_session(&self, signed_in: &SignedIn, mut response: Response) -> Response {
        let secure = self.web.is_secure();
        let life = signed_in
            .session
            .absolute_expiry
            .since(self.services().now());
        let session = signed_in.secret.to_string();
        let device = signed_in.device.to_string();
        let headers = response.headers_mut();
        headers.append(
            header::SET_COOKIE,
            Secret::Session.set(&session, life.ms() / 1_000, secure),
        );
        headers.append(
            header::SET_COOKIE,
            Secret::Device.set(&device, DEVICE_S, secure),
        );
        response
    }

    /// This page as the person sees it who has just signed in on it.
    #[must_use]
    pub fn of(&self, signed_in: &SignedIn) -> Self {
        let viewer = Authenticated {
            user: signed_in.user.clone(),
            session: signed_in.session.clone(),
        };
        Self {
            viewer: Some(Arc::new(viewer)),
            ..self.clone()
        }
    }

    /// After the way out: the browser forgets the session, and what it kept of our pages.
    pub fn signed_out(&self, next: &str) -> Response {
        let cookie = Secret::Session.set("", 0, self.web.is_secure());
        let clear = [("clear-site-data", "\"cache\"")];
        ([(header::SET_COOKIE, cookie)], clear, self.see_other(next)).into_response()
    }
}
