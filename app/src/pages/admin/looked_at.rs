//! The pages as functions of what they show, for looking at them without payouts.

use axum::response::Response;
use domain::deal::LegId;
use domain::id::DealId;
use services::deals::StaffView;
use services::payouts::{PayoutReview, UnclearPayout};

use super::{hold, lift, loss, payout, resend};
use crate::form::Errors;
use crate::page::Page;

pub(crate) fn payout(page: &Page, review: &PayoutReview) -> Response {
    payout::show(page, review, &Errors::none())
}

pub(crate) fn resend(
    page: &Page,
    staff: &StaffView,
    (deal, leg): (DealId, LegId),
    seen: &UnclearPayout,
) -> Response {
    let path = payout::PayoutPath { deal, leg };
    resend::show(page, staff, &path, Some(seen), &Errors::none())
}

pub(crate) fn hold(page: &Page, staff: &StaffView) -> Response {
    hold::show(page, staff, "", &Errors::none())
}

pub(crate) fn lift(page: &Page, staff: &StaffView) -> Response {
    lift::show(page, staff, &Errors::none())
}

pub(crate) fn loss(page: &Page, staff: &StaffView, cover: &str) -> Response {
    loss::show(page, staff, cover, &Errors::none())
}
