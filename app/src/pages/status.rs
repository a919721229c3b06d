//! The pages for what went wrong: what happened, whether money is safe, what to do.

use axum::http::StatusCode;
use axum::response::Response;
use domain::Span;
use leptos::prelude::*;

use crate::components::{Button, KeptForm, Look};
use crate::form::Kept;
use crate::i18n::Locale;
use crate::page::Page;

/// The page for a status. `safe` says that asking again changes nothing, so it may be offered;
/// after a form its page is, with what is `kept` of it. `wait` is how long there is no use in it.
pub(crate) fn show(
    page: &Page,
    status: StatusCode,
    safe: bool,
    wait: Option<Span>,
    kept: Option<&Kept>,
) -> Response {
    let t = page.t();
    let (title, text) = texts(t, status);
    let wait = wait.filter(|_| status == StatusCode::TOO_MANY_REQUESTS);
    let wait = wait.map(|wait| {
        let whole = wait.max(Span::minutes(1));
        t.status_wait(page.when.length(whole).unwrap_or_default())
    });
    let back = page.back().filter(|_| !safe && kept.is_none());
    let back = back.map(ToOwned::to_owned);
    let kept = kept.cloned();
    let is_kept = kept.is_some();
    let again = safe && matches!(status.as_u16(), 409 | 429 | 500 | 502 | 503 | 504);
    page.html(title).status(status).render(|| {
        view! {
            <div class="stack status-page">
                <p class="status-code" aria-hidden="true">{status.as_u16()}</p>
                <h1>{title}</h1>
                <p class="lede">{text}</p>
                {wait.map(|wait| view! { <p>{wait}</p> })}
                {is_kept.then(|| view! { <p>{t.status_kept()}</p> })}
                <div class="cluster">
                    {kept.map(|kept| view! {
                        <KeptForm page=page.here() kept>{t.status_back()}</KeptForm>
                    })}
                    {again.then(|| view! {
                        <Button href=page.here().to_owned()>{t.status_again()}</Button>
                    })}
                    {back.map(|back| view! { <Button href=back>{t.status_back()}</Button> })}
                    <Button look=Look::Quiet href=page.public("/")>{t.status_home()}</Button>
                </div>
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
