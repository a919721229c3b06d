//! Disputes: the desk of whoever judges them, the case, the ruling and its approval.

mod approve;
mod ask;
mod case;
mod claims;
mod desk;
mod evidence;
pub(crate) mod looked_at;
mod open;
mod reassign;
mod rule;
mod share;

use axum::routing::get;

use super::Pages;

pub(super) fn pages() -> Pages {
    Pages::new()
        .route("/disputes", get(desk::get))
        .route("/disputes/{id}", get(case::get))
        .route("/disputes/{id}/rule", get(rule::get).post(rule::post))
        .route(
            "/disputes/{id}/approve",
            get(approve::get).post(approve::post),
        )
        .route("/disputes/{id}/ask", get(ask::get).post(ask::post))
        .route(
            "/disputes/{id}/reassign",
            get(reassign::get).post(reassign::post),
        )
}
