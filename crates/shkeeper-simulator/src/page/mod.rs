//! The page where a person plays the payer, the chain and the wallet. It needs no script.

mod forms;
mod html;
mod invoice;
mod overview;
mod sections;

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Router, extract::DefaultBodyLimit};

use crate::simulator::Simulator;

/// The largest form that is read.
const BODY_MAX: usize = 16 * 1024;

pub(crate) fn router() -> Router<Simulator> {
    Router::new()
        .route("/", get(overview::handler))
        .route("/pay/{address}", get(invoice::handler).post(forms::pay))
        .route("/transactions/{txid}/{turn}", post(forms::turn))
        .route("/payouts/{task}/{end}", post(forms::end_payout))
        .route("/payouts", post(forms::payouts_by_hand))
        .route("/payout-faults", post(forms::arm_payout_fault))
        .route("/tick", post(forms::tick))
        .route("/page.css", get(style))
        .layer(from_fn(only_from_here))
        .layer(DefaultBodyLimit::max(BODY_MAX))
}

async fn style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (kind, include_str!("page.css")).into_response()
}

/// Another site's page may not pay or confirm anything here.
async fn only_from_here(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    let ours = site.is_none_or(|site| site == "same-origin" || site == "none");
    if request.method() == Method::POST && !ours {
        return (StatusCode::FORBIDDEN, "This form belongs to another site.").into_response();
    }
    next.run(request).await
}
