//! All pages. Each is one file with its GET and, where it has a form, its POST.
//!
//! `docs/adding-a-page.md` shows how one is made.

mod account;
mod admin;
pub(crate) mod auth;
mod dashboard;
mod deals;
mod desk;
mod dev;
mod disputes;
mod files;
mod notifications;
mod offers;
mod old_addresses;
mod payments;
mod payout_addresses;
mod payouts;
mod payouts_together;
mod preferences;
mod public;
mod report;
mod requests;
mod staff;
pub(crate) mod status;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::extract::OriginalUri;
use axum::response::Redirect;
use axum::routing::{MethodRouter, any, get, post};
use axum::{Router, middleware};
use domain::receipt::RECEIPT_BYTES_MAX;
use tower_http::catch_panic::CatchPanicLayer;

use crate::form::{BODY_BYTES_MAX, FILES_BYTES_MAX, KEPT_BYTES_MAX};
use crate::form_limit::{FormLimit, form_limit};
use crate::keep_form::keep_form;
use crate::page::{self, Failure, SharedPages};
use crate::same_origin::same_origin;
use crate::web::Web;

type Pages = Router<Arc<Web>>;

/// Every page, with the layers that none can do without.
pub fn router(web: Arc<Web>) -> Router {
    let with = Arc::clone(&web);
    // A form may become a look at its page, so what keeps forms stands before the choice of a route.
    Router::new()
        .fallback_service(routes(web))
        .layer(middleware::from_fn(keep_form))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&with),
            same_origin,
        ))
        .layer(middleware::from_fn_with_state(
            (with, Arc::new(SharedPages::default())),
            page::with_page,
        ))
}

fn routes(web: Arc<Web>) -> Router {
    let limit = Arc::new(FormLimit::new(web.forms_per_minute));
    let mut pages = Pages::new()
        .merge(public_pages())
        .nest("/en", public_pages())
        .nest("/fa", public_pages())
        .route("/en/", any(without_slash))
        .route("/fa/", any(without_slash))
        .merge(personal_pages())
        .merge(market_pages())
        .merge(old_addresses::pages());
    if web.demo {
        pages = pages.merge(dev_pages());
    }
    pages
        .fallback(|| async { Failure::NotFound })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(limit, form_limit))
        .layer(CatchPanicLayer::custom(page::after_panic))
        .layer(middleware::from_fn(page::only_known))
        .with_state(web)
}

/// A language's own page has no slash at its end: whoever types one is sent there, for good.
async fn without_slash(OriginalUri(uri): OriginalUri) -> Redirect {
    let path = uri.path().trim_end_matches('/');
    let query = uri.query().map(|query| format!("?{query}"));
    Redirect::permanent(&format!("{path}{}", query.unwrap_or_default()))
}

/// Pages for everybody: they also stand under `/en` and `/fa`. Link to them by [`page::Page::public`].
fn public_pages() -> Pages {
    // A file that is too large is answered with words, so some more is read of it.
    let limit = DefaultBodyLimit::max(2 * RECEIPT_BYTES_MAX);
    let verify = post(public::verify::post).layer(limit);
    Pages::new()
        .route("/", get(public::home::get))
        .route("/how-it-works", get(public::how_it_works::get))
        .route("/contact", get(public::contact::get))
        .route("/prohibited", get(public::prohibited::get))
        .route("/status", get(public::status::get))
        .route("/verify", get(public::verify::get).merge(verify))
        .route("/requests", get(requests::browse::get))
        .route("/requests/{request}", get(requests::view::get))
        .merge(auth_pages())
}

/// The ways in and out.
fn auth_pages() -> Pages {
    // It may carry another form along.
    let sign_in = post(auth::sign_in::post).layer(DefaultBodyLimit::max(KEPT_BYTES_MAX));
    Pages::new()
        .route("/auth/sign-in", get(auth::sign_in::get).merge(sign_in))
        .route("/auth/sign-out", post(auth::sign_out::post))
        .route(
            "/auth/sign-up",
            get(auth::sign_up::get).post(auth::sign_up::post),
        )
        .route(
            "/auth/verify",
            get(auth::verify::get).post(auth::verify::post),
        )
        .route("/auth/verify/resend", post(auth::verify::resend))
        .route("/auth/reset", get(auth::reset::get).post(auth::reset::post))
        .route(
            "/auth/reset/code",
            get(auth::reset_code::get).post(auth::reset_code::post),
        )
}

/// One's own account.
fn account_pages() -> Pages {
    Pages::new()
        .route("/account", get(account::overview::get))
        .route(
            "/account/profile",
            get(account::profile::get).post(account::profile::post),
        )
        .route(
            "/account/preferences",
            get(account::preferences::get).post(account::preferences::post),
        )
        .route(
            "/account/security",
            get(account::security::get).post(account::security::post),
        )
        .route(
            "/account/sessions",
            get(account::sessions::get).post(account::sessions::post),
        )
        .route(
            "/account/sessions/end-all",
            post(account::sessions::end_all),
        )
        .route(
            "/account/close",
            get(account::close::get).post(account::close::post),
        )
        .merge(email_pages())
        .route(
            "/account/blocked",
            get(account::blocked::get).post(account::blocked::post),
        )
        .route(
            "/account/data",
            get(account::data::get).post(account::data::post),
        )
        .route("/report", get(report::get).post(report::post))
        .route("/sell", get(account::sell::get).post(account::sell::post))
        .route(
            "/notifications",
            get(notifications::list::get).post(notifications::list::post),
        )
        .route("/notifications/{id}/open", post(notifications::open::post))
}

/// Another mailbox.
fn email_pages() -> Pages {
    Pages::new()
        .route(
            "/account/email",
            get(account::email::get).post(account::email::post),
        )
        .route(
            "/account/email/confirm",
            get(account::email::confirm::get).post(account::email::confirm::post),
        )
        .route(
            "/account/email/stop",
            get(account::email::stop::get).post(account::email::stop::post),
        )
}

/// What the people who run the place do.
fn admin_pages() -> Pages {
    Pages::new()
        .merge(desk_pages())
        .route(
            "/admin/sellers",
            get(admin::sellers::get).post(admin::sellers::post),
        )
        .route(
            "/admin/moderation",
            get(admin::moderation::get).post(admin::moderation::post),
        )
        .route("/admin/payouts", get(admin::payouts::get))
        .route(
            "/admin/payouts/together/{id}",
            get(admin::payouts_together::get).post(admin::payouts_together::post),
        )
        .route(
            "/admin/payouts/{deal}/{leg}",
            get(admin::payout::get).post(admin::payout::post),
        )
        .route(
            "/admin/payouts/{deal}/{leg}/resend",
            get(admin::resend::get).post(admin::resend::post),
        )
        .route(
            "/admin/solvency",
            get(admin::solvency::get).post(admin::solvency::post),
        )
        .route("/admin/work", get(admin::work::get).post(admin::work::post))
        .route("/admin/deals", get(admin::deals::get))
        .route(
            "/admin/deals/{id}/hold",
            get(admin::hold::get).post(admin::hold::post),
        )
        .route(
            "/admin/deals/{id}/lift",
            get(admin::lift::get).post(admin::lift::post),
        )
        .route(
            "/admin/deals/{id}/loss",
            get(admin::loss::get).post(admin::loss::post),
        )
}

/// The tables of staff, and what leads on from them.
fn desk_pages() -> Pages {
    Pages::new()
        .route("/admin", get(admin::overview::get))
        .route("/admin/users", get(admin::users::get))
        .route("/admin/users.csv", get(admin::users::csv))
        .route(
            "/admin/users/{id}",
            get(admin::user::get).post(admin::user::post),
        )
        .route(
            "/admin/users/{id}/roles",
            get(admin::roles::get).post(admin::roles::post),
        )
        .route("/admin/audit", get(admin::audit::get))
        .route("/admin/audit.csv", get(admin::audit::csv))
        .route("/admin/ledger", get(admin::ledger::get))
        .route("/admin/ledger.csv", get(admin::ledger::csv))
        .route("/admin/deals/{id}", get(admin::deal_file::get))
        .route(
            "/admin/categories",
            get(admin::categories::get).post(admin::categories::post),
        )
        .route(
            "/admin/categories/{slug}",
            get(admin::category::get).post(admin::category::post),
        )
        .route("/admin/jobs", get(admin::jobs::get))
}

/// Where one is paid.
fn payout_address_pages() -> Pages {
    Pages::new()
        .route("/payouts/address", get(payout_addresses::list::get))
        .route(
            "/payouts/address/new",
            get(payout_addresses::new::get).post(payout_addresses::new::post),
        )
        .route(
            "/payouts/address/stop",
            get(payout_addresses::stop::get).post(payout_addresses::stop::post),
        )
        .route(
            "/payouts/address/{id}/confirm",
            get(payout_addresses::confirm::get).post(payout_addresses::confirm::post),
        )
        .route(
            "/payouts/address/{id}/resend",
            post(payout_addresses::confirm::resend),
        )
        .route(
            "/payouts/address/{id}/remove",
            get(payout_addresses::remove::get).post(payout_addresses::remove::post),
        )
}

/// Pages of the person who is signed in, in the language of their choice.
fn personal_pages() -> Pages {
    Pages::new()
        .merge(account_pages())
        .merge(admin_pages())
        .merge(payout_address_pages())
        .route("/dashboard", get(dashboard::get))
        .route("/payments", get(payments::list::get))
        .route("/payments/{id}", get(payments::one::get))
        .route("/payouts", get(payouts::get))
        .route(
            "/payouts/together/{network}/{token}",
            get(payouts_together::get).post(payouts_together::post),
        )
        .route("/files/{id}", get(files::open::get))
        .route("/files/{id}/preview", get(files::preview::get))
        .route("/preferences/language", post(preferences::language::post))
        .route("/preferences/theme", post(preferences::theme::post))
        .merge(deals::pages())
        .merge(disputes::pages())
}

/// Pages about requests and offers, of whoever is signed in; a draft is written before that, too.
fn market_pages() -> Pages {
    let wizard = "/requests/new";
    Pages::new()
        .route(
            &format!("{wizard}/what"),
            get(requests::wizard::what::get).post(requests::wizard::what::post),
        )
        .route(
            &format!("{wizard}/files"),
            get(requests::files::get_draft).merge(with_files(post(requests::files::post_draft))),
        )
        .route(
            &format!("{wizard}/delivery"),
            get(requests::wizard::delivery::get).post(requests::wizard::delivery::post),
        )
        .route(
            &format!("{wizard}/budget"),
            get(requests::wizard::budget::get).post(requests::wizard::budget::post),
        )
        .route(
            &format!("{wizard}/check"),
            get(requests::wizard::check::get).post(requests::wizard::check::post),
        )
        .route("/requests/mine", get(requests::mine::get))
        .route(
            "/requests/{request}/edit",
            get(requests::edit::get).post(requests::edit::post),
        )
        .route(
            &format!("{wizard}/invite"),
            get(requests::invite::get_draft).post(requests::invite::post_draft),
        )
        .route(
            "/requests/{request}/invite",
            get(requests::invite::get).post(requests::invite::post),
        )
        .route(
            "/requests/{request}/files",
            get(requests::files::get).merge(with_files(post(requests::files::post))),
        )
        .route(
            "/requests/{request}/cancel",
            get(requests::cancel::get).post(requests::cancel::post),
        )
        .route("/requests/{request}/offers", get(offers::compare::get))
        .route(
            "/requests/{request}/offers/{offer}/accept",
            get(offers::accept::get).post(offers::accept::post),
        )
        .route(
            "/requests/{request}/offers/{offer}/counter",
            get(offers::counter::get).post(offers::counter::post),
        )
        .route(
            "/requests/{request}/offer",
            get(offers::make::get).post(offers::make::post),
        )
        .route(
            "/requests/{request}/offer/files",
            get(offers::files::get).merge(with_files(post(offers::files::post))),
        )
        .route(
            "/requests/{request}/offer/withdraw",
            get(offers::withdraw::get).post(offers::withdraw::post),
        )
        .route("/feed", get(requests::feed::get))
        .route("/offers", get(offers::mine::get))
}

/// A form that brings files.
fn with_files(form: MethodRouter<Arc<Web>>) -> MethodRouter<Arc<Web>> {
    form.layer(DefaultBodyLimit::max(FILES_BYTES_MAX))
}

/// Pages of the demonstration alone.
fn dev_pages() -> Pages {
    Pages::new()
        .route(
            "/dev/components",
            get(dev::components::get).post(dev::components::post),
        )
        .route("/dev/clock", get(dev::clock::get).post(dev::clock::post))
        .route("/dev/requests", get(dev::requests::get))
        .route("/dev/mail", get(dev::mail::list::get))
        .route("/dev/mail.json", get(dev::mail::json::get))
        .route("/dev/mail/{id}", get(dev::mail::letter::get))
        .route("/dev/mail/{id}/html", get(dev::mail::letter::html))
        .route("/dev/status/{status}", get(dev::status::get))
        .route("/dev/desks/{sample}", get(dev::deals::desks::show))
        .route("/dev/deals", get(dev::deals::list))
        .route("/dev/deals/{sample}/{viewer}/{part}", get(dev::deals::show))
}
