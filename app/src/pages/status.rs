//! The pages for what went wrong: what happened, whether money is safe, what to do.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::components::{Button, Look};
use crate::i18n::Locale;
use crate::page::Page;

/// The page for a status. `safe` says that asking again changes nothing, so it may be offered.
pub(crate) fn show(page: &Page, status: StatusCode, safe: bool) -> Response {
    let t = page.t();
    let (title, text) = texts(t, status);
    let again = safe && matches!(status.as_u16(), 409 | 429 | 500 | 502 | 503 | 504);
    page.html(title).status(status).render(|| {
        view! {
            <div class="stack status-page">
                <p class="status-code" aria-hidden="true">{status.as_u16()}</p>
                <h1>{title}</h1>
                <p class="lede">{text}</p>
                <p class="cluster">
                    {again.then(|| view! {
                        <Button href=page.here().to_owned()>{t.status_again()}</Button>
                    })}
                    <Button look=Look::Quiet href=page.public("/")>{t.status_home()}</Button>
                </p>
            </div>
        }
    })
}

const fn texts(t: Locale, status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        401 | 403 => (t.status_forbidden_title(), t.status_forbidden_text()),
        404 | 410 => (t.status_not_found_title(), t.status_not_found_text()),
        409 => (t.status_contended_title(), t.status_contended_text()),
        413 => (t.status_too_large_title(), t.status_too_large_text()),
        429 => (t.status_too_many_title(), t.status_too_many_text()),
        502..=504 => (t.status_unavailable_title(), t.status_unavailable_text()),
        400..=499 => (t.status_bad_title(), t.status_bad_text()),
        _ => (t.status_failed_title(), t.status_failed_text()),
    }
}
