//! Pages that are the same for every visitor: drawn once, and sent again until anything changes.
//!
//! They carry no script, so no nonce, and no form that does something only once, so no key. What is
//! kept counts for one version of the data: after any write, by whichever process, it is drawn anew.

use axum::body::{self, Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use domain::Timestamp;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::{Page, SEEN_VERSION};
use crate::i18n::Locale;
use crate::theme::Theme;

/// What all drawn pages weigh together, in bytes.
const WEIGHT_MAX: u64 = 2 << 20;
/// What one page weighs, about.
const WEIGHT_USUAL: u64 = 32 << 10;
/// A larger page is not kept.
const PAGE_BYTES_MAX: u64 = 512 << 10;

/// Put on an answer: all visitors may be sent it, until the data changes or this moment comes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    until: Option<Timestamp>,
}

/// Marks an answer in which nothing is for this visitor alone, nothing runs, and nothing depends on
/// the time. Whoever is signed in gets it as well, and it is kept for nobody then.
pub(crate) fn share(response: Response) -> Response {
    share_until(response, None)
}

/// As [`share`], for what may read otherwise from a moment on.
pub(crate) fn share_until(mut response: Response, until: Option<Timestamp>) -> Response {
    response.extensions_mut().insert(Share { until });
    response
}

/// What a visitor can choose of a page: its address with the query, its language, its colours.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Wanted {
    address: String,
    locale: Locale,
    theme: Theme,
}

/// A drawn page, and until when it is sent.
#[derive(Debug, Clone)]
struct Drawn {
    data_version: u64,
    until: Option<Timestamp>,
    headers: HeaderMap,
    html: Bytes,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Wanted, Drawn> for Weight {
    fn weight(&self, wanted: &Wanted, drawn: &Drawn) -> u64 {
        let bytes = wanted.address.len().saturating_add(drawn.html.len());
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// The drawn pages of this node. Those that nobody asks for make room.
#[derive(Debug)]
pub struct SharedPages(Cache<Wanted, Drawn, Weight>);

impl Default for SharedPages {
    fn default() -> Self {
        let count = usize::try_from(WEIGHT_MAX / WEIGHT_USUAL).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(count, WEIGHT_MAX, Weight))
    }
}

impl SharedPages {
    /// The place of what `request` asks for; none when what it gets is its own.
    pub(super) fn place(&self, page: &Page, request: &Request) -> Option<Place<'_>> {
        let for_all = request.method() == Method::GET
            && page.viewer.is_none()
            && !request.headers().contains_key(SEEN_VERSION);
        if !for_all {
            return None;
        }
        Some(Place {
            pages: self,
            // Asked before anything is read: what is written meanwhile has another version.
            data_version: page.services().data_version()?,
            now: page.services().now(),
            wanted: Wanted {
                address: page.here().to_owned(),
                locale: page.locale,
                theme: page.theme,
            },
        })
    }
}

/// Where one page is kept, at one state of the data.
pub(super) struct Place<'p> {
    pages: &'p SharedPages,
    data_version: u64,
    now: Timestamp,
    wanted: Wanted,
}

impl Place<'_> {
    /// The page, if it was drawn and is still so.
    pub(super) fn find(&self) -> Option<Response> {
        let drawn = self.pages.0.get(&self.wanted)?;
        let is_fresh = drawn.data_version == self.data_version
            && drawn.until.is_none_or(|until| self.now < until);
        is_fresh.then(|| {
            let mut response = Response::new(Body::from(drawn.html));
            *response.headers_mut() = drawn.headers;
            response
        })
    }

    /// Keeps an answer that was marked with [`Share`]; gives back every one.
    pub(super) async fn put(self, response: Response) -> Response {
        let Some(Share { until }) = response.extensions().get().copied() else {
            return response;
        };
        let bytes = response.body().size_hint().exact();
        if response.status() != StatusCode::OK || bytes.is_none_or(|bytes| bytes > PAGE_BYTES_MAX) {
            return response;
        }
        let (parts, body) = response.into_parts();
        let html = body::to_bytes(body, usize::MAX)
            .await
            .expect("a drawn page lies in memory");
        let drawn = Drawn {
            data_version: self.data_version,
            until,
            headers: parts.headers.clone(),
            html: html.clone(),
        };
        self.pages.0.insert(self.wanted, drawn);
        Response::from_parts(parts, Body::from(html))
    }
}
