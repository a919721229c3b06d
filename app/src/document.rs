//! The document around a page: head, header, main part, footer, and the rules for scripts.

mod head;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::components::{Banner, ErrorSummary, Footer, Header, Tone};
use crate::form::{Errors, FieldLabels, Kept};
use crate::page::Page;

/// A page's answer, made step by step and ended by [`Html::render`].
#[derive(Debug)]
pub struct Html<'p> {
    page: &'p Page,
    title: String,
    description: Option<String>,
    status: StatusCode,
    errors: Errors,
    translated: bool,
}

impl<'p> Html<'p> {
    pub(crate) fn new(page: &'p Page, title: String) -> Self {
        Self {
            page,
            title,
            description: None,
            status: StatusCode::OK,
            errors: Errors::none(),
            translated: false,
        }
    }

    /// A sentence for search engines and link previews.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Another status than 200.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// What was wrong with the form of this page: a summary stands on top, each field says its
    /// own, and the status is 422. Without errors nothing changes.
    #[must_use]
    pub fn errors(mut self, errors: &Errors) -> Self {
        if !errors.is_empty() {
            self.errors = errors.clone();
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    /// Says that the page stands under `/en` and `/fa` too, and may be listed by search engines.
    #[must_use]
    pub const fn translated(mut self) -> Self {
        self.translated = true;
        self
    }

    /// Renders the main part and the document around it.
    ///
    /// Scripts are allowed exactly when an island stands in the page; other pages carry none.
    pub fn render<V: IntoView>(self, main: impl FnOnce() -> V) -> Response {
        provide_context(self.errors.clone());
        provide_context(FieldLabels::default());
        let body = body(self.page, main).to_html();
        // Text is escaped, so only an island's own markup can match.
        let nonce = body
            .contains("<leptos-island")
            .then(|| self.page.web.token());
        let policy = head::policy(nonce.as_deref(), self.page.web.is_secure());
        let html = head::document(&self, &body, nonce);
        respond(self.status, html, &policy, self.page.viewer.is_some())
    }
}

/// Everything a person sees. The summary of errors and the message of a form that did its work
/// stand first in every page, so no page forgets them.
fn body<V: IntoView, M: FnOnce() -> V>(page: &Page, main: M) -> impl IntoView + use<V, M> {
    let t = page.t();
    let kept = Kept::current();
    // A form that was refused stands at the address to which the last one that worked has led.
    let is_new = kept.is_none() && Errors::current().is_empty();
    let done = page.query("done").filter(|_| is_new);
    let done = done.and_then(|code| t.find_done(code));
    let done = done.map(|text| view! { <Banner tone=Tone::Ok live=true>{text}</Banner> });
    let kept = kept.map(|_| view! { <Banner live=true>{t.common_kept()}</Banner> });
    // The summary stands above the fields, and is made after they have said what they are called.
    let main = main();
    let summary = view! { <ErrorSummary/> };
    view! {
        <a class="skip" href="#main">{t.common_skip()}</a>
        <Header/>
        <main id="main" tabindex="-1">
            {summary}
            {done}
            {kept}
            {main}
        </main>
        <Footer/>
    }
}

/// What a person sees when signed in stays in no cache; what everybody sees may come back with the
/// back button.
fn respond(status: StatusCode, html: String, policy: &str, personal: bool) -> Response {
    let cache = if personal {
        "no-store"
    } else {
        "private, no-cache"
    };
    let policy = HeaderValue::from_str(policy).expect("the policy is plain ASCII");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (
            header::VARY,
            HeaderValue::from_static("Cookie, Accept-Language"),
        ),
    ];
    (status, headers, html).into_response()
}
