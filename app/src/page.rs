//! The page that is being asked for: who asks, in which language, and how it answers.

mod failure;
mod layer;
mod session;
mod shared;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use browser::cookies;
use hydration_context::SsrSharedContext;
use leptos::prelude::{Owner, provide_context, use_context};
use leptos::reactive::computed::ScopedFuture;
use services::identity::Authenticated;
use services::{Client, ClientAddress, Services};

pub use self::failure::Failure;
pub use self::layer::{after_panic, drawn_with, is_bare_refusal, only_known, with_page};
pub use self::shared::SharedPages;
pub(crate) use self::shared::{share, share_until};
use crate::document::Html;
use crate::i18n::Locale;
use crate::next_path::{local_path, query_value};
use crate::theme::Theme;
use crate::web::Web;
use crate::when::When;

/// The header in which a live region says what it shows; empty when it asks for all of it.
const SEEN_VERSION: &str = "x-seen-version";
/// The header in which a live region is told what to say once it gets no answers any more.
const OFFLINE_WORDS: &str = "x-offline-words";

/// Where one signs in, without a language in front.
pub const SIGN_IN: &str = "/auth/sign-in";

/// What a page handler returns.
pub type PageResult = Result<Response, Failure>;

/// One request for a page. Handlers take it as an argument, components by [`Page::current`].
#[derive(Debug, Clone)]
pub struct Page {
    /// What all pages share.
    pub web: Arc<Web>,
    /// Who is signed in.
    pub viewer: Option<Arc<Authenticated>>,
    /// Where the request came from, for use cases about identity.
    pub client: Arc<Client>,
    /// The language of the answer.
    pub locale: Locale,
    /// The colours of the answer.
    pub theme: Theme,
    /// How the answer writes moments.
    pub when: When,
    /// The address asked for, with its query.
    pub uri: Uri,
    /// How much news the person has not read.
    pub unread: u64,
    /// What a live region says it shows.
    seen_version: Option<String>,
    /// The page of this site with the form that was sent.
    came_from: Option<String>,
}

impl Page {
    /// Reads the request's address, cookies and wishes. What a person has chosen for good goes
    /// before what the browser says. A page is there even when the store cannot tell who asks.
    async fn read(
        web: Arc<Web>,
        uri: Uri,
        address: Option<ClientAddress>,
        headers: &HeaderMap,
    ) -> (Arc<Self>, Result<(), Failure>) {
        let (viewer, known) = match session::authenticate(&web, headers).await {
            Ok(viewer) => (viewer.map(Arc::new), Ok(())),
            Err(failure) => (None, Err(failure)),
        };
        let chosen = viewer.as_ref().map(|viewer| &viewer.user.preferences);
        let locale = split_locale(uri.path())
            .0
            .or_else(|| chosen.map(|chosen| chosen.language.into()))
            .or_else(|| wanted_locale(headers))
            .unwrap_or_default();
        let theme = chosen
            .map(|chosen| chosen.theme.into())
            .or_else(|| Theme::from_code(cookies::find(headers, cookies::THEME)?))
            .unwrap_or_default();
        let when = match chosen {
            Some(chosen) => When::chosen(locale, chosen),
            None => When::usual(locale),
        };
        let came_from = headers.get(header::REFERER);
        let came_from = came_from.and_then(|from| {
            let (_, path) = from.to_str().ok()?.split_once("://")?;
            let path = path.get(path.find('/')?..)?;
            local_path(path).map(ToOwned::to_owned)
        });
        let unread = match &viewer {
            Some(viewer) if !headers.contains_key(SEEN_VERSION) => {
                session::count_unread(&web, viewer).await
            }
            _ => 0,
        };
        let page = Arc::new(Self {
            came_from,
            client: Arc::new(session::client(&web, headers, address, locale.into())),
            web,
            viewer,
            locale,
            theme,
            when,
            uri,
            unread,
            seen_version: headers
                .get(SEEN_VERSION)
                .and_then(|version| Some(version.to_str().ok()?.to_owned())),
        });
        (page, known)
    }

    /// The use cases.
    pub fn services(&self) -> &Services {
        &self.web.services
    }

    /// The texts of the answer's language.
    pub const fn t(&self) -> Locale {
        self.locale
    }

    /// The page that is being rendered, for components.
    ///
    /// # Panics
    /// Outside of [`with_page`]: a component belongs to a page.
    pub fn current() -> Arc<Self> {
        use_context().expect("components are made while a page is answered")
    }

    /// Answers the request in a scope of its own, in which every component knows this page and
    /// what islands keep is let go at the end.
    async fn scope<T>(self: &Arc<Self>, answer: impl Future<Output = T>) -> T {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let answer = owner.with(|| {
            provide_context(Arc::clone(self));
            provide_context(self.locale);
            ScopedFuture::new_untracked(answer)
        });
        answer.await
    }

    /// The link to a public page, in this page's language when its address says the language.
    pub fn public(&self, path: &str) -> String {
        match split_locale(self.uri.path()).0 {
            Some(locale) => localised(locale, path),
            None => path.to_owned(),
        }
    }

    /// The address of this very page, with its query.
    pub fn here(&self) -> &str {
        self.uri
            .path_and_query()
            .map_or("/", axum::http::uri::PathAndQuery::as_str)
    }

    /// This page's path without a language in front.
    pub fn bare_path(&self) -> &str {
        split_locale(self.uri.path()).1
    }

    /// The value of a key of the query, when it is written in plain ASCII.
    pub fn query(&self, key: &str) -> Option<&str> {
        self.uri
            .query()?
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(name, value)| (name == key).then_some(value))
    }

    /// Starts the answer: a document with this title.
    pub fn html(&self, title: impl Into<String>) -> Html<'_> {
        Html::new(self, title.into())
    }

    /// Whether the browser shows `version` already: answer [`Self::unchanged`].
    pub fn has_seen(&self, version: &str) -> bool {
        self.seen_version.as_deref() == Some(version)
    }

    /// The answer to a live region that is fresh already.
    pub fn unchanged(&self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }

    /// What a live region says when no answer comes: of when it is what is still shown.
    pub fn offline_words(&self) -> String {
        let now = self.when.time(self.services().now());
        self.t().common_offline(now)
    }

    /// Tells a live region what to say should this be the last answer that it gets.
    fn stamp(&self, response: &mut Response) {
        if self.seen_version.is_some() {
            let words = HeaderValue::try_from(query_value(&self.offline_words()));
            let words = words.expect("what is encoded is plain ASCII");
            response.headers_mut().insert(OFFLINE_WORDS, words);
        }
    }

    /// The page to go back to: the one with the form. Only what [`crate::same_origin`] has let
    /// pass asks for it, so it is one of ours.
    pub fn back(&self) -> Option<&str> {
        self.came_from.as_deref()
    }

    /// Whether what was sent here came from the page that stands here, as all forms do that are
    /// typed into. The form for signing in also stands where another was refused.
    pub fn is_form_of_its_page(&self) -> bool {
        let path = |address: &str| address.split(['?', '#']).next().map(ToOwned::to_owned);
        let from = self.back().and_then(path);
        from.is_none_or(|from| from == self.uri.path()) || self.bare_path() == SIGN_IN
    }

    /// Sends a visitor to sign in, and back here; from a form back to its page.
    fn sign_in(&self, safe: bool) -> Response {
        let next = if safe {
            self.here()
        } else {
            self.back().unwrap_or("/")
        };
        self.see_other(&format!("{SIGN_IN}?next={}", query_value(next)))
    }

    /// Sends the browser to another page of this site after a form did its work.
    pub fn see_other(&self, path: &str) -> Response {
        let Ok(location) = HeaderValue::from_str(path) else {
            return Failure::Internal.into_response();
        };
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }
}

/// What the browser kept of an earlier choice, or what it says its owner reads.
fn wanted_locale(headers: &HeaderMap) -> Option<Locale> {
    cookies::find(headers, cookies::LANGUAGE)
        .and_then(Locale::from_code)
        .or_else(|| {
            let wishes = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Locale::from_accept_language(wishes)
        })
}

/// Parts a path into the language it begins with, if any, and the rest.
pub fn split_locale(path: &str) -> (Option<Locale>, &str) {
    for locale in Locale::ALL {
        let rest = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(locale.code()));
        match rest {
            Some("") => return (Some(locale), "/"),
            Some(rest) if rest.starts_with('/') => return (Some(locale), rest),
            Some(_) | None => {}
        }
    }
    (None, path)
}

/// The address of a public page in a language.
pub fn localised(locale: Locale, path: &str) -> String {
    let path = if path == "/" { "" } else { path };
    format!("/{}{path}", locale.code())
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let page = parts.extensions.get::<Arc<Self>>();
        page.map(|page| Self::clone(page)).ok_or(Failure::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_whole_first_part_of_a_path() {
        for (path, locale, rest) in [
            ("/fa", Some(Locale::Fa), "/"),
            ("/fa/requests", Some(Locale::Fa), "/requests"),
            ("/en/", Some(Locale::En), "/"),
            ("/fast", None, "/fast"),
            ("/requests/fa", None, "/requests/fa"),
            ("/", None, "/"),
        ] {
            assert_eq!(split_locale(path), (locale, rest));
        }
        assert_eq!(localised(Locale::Fa, "/"), "/fa");
        assert_eq!(localised(Locale::Fa, "/requests"), "/fa/requests");
    }
}
