//! The pages as functions of what they show, for looking at them without trading.

use axum::response::Response;
use domain::deal::Claim;
use services::requests::DeliveryView;

use super::{accept, dispute, extension, payout_address, refund_address, ship};
use crate::form::Errors;
use crate::page::{Page, PageResult};

pub(crate) use super::answer::show as answer;
pub(crate) use super::appeal::show as appeal;
pub(crate) use super::cancel::show as cancel;
pub(crate) use super::changes::show as changes;
pub(crate) use super::code::{show_to_buyer as code_of_buyer, show_to_seller as code_of_seller};
pub(crate) use super::concede::show as concede;
pub(crate) use super::decline::show as decline;
pub(crate) use super::deliver::show as deliver;
pub(crate) use super::open::Case;
pub(crate) use super::pay::{gateway_away, not_due, show as pay};
pub(crate) use super::refund_late::show as refund_late;
pub(crate) use super::reopen::show as reopen;
pub(crate) use super::room::show as room;
pub(crate) use super::split::show as split;
pub(crate) use super::surplus::show as surplus;
pub(crate) use super::waiver::show as waiver;
pub(crate) use super::withdraw::show as withdraw;
pub(crate) use super::withdraw_dispute::show as withdraw_dispute;

pub(crate) fn accept(page: &Page, case: &Case, errors: &Errors) -> Response {
    accept::show(page, case, &accept::Fields::default(), errors)
}

pub(crate) fn dispute(page: &Page, case: &Case, errors: &Errors) -> Response {
    dispute::show(page, case, &dispute::Fields::default(), errors)
}

pub(crate) fn extension(page: &Page, case: &Case, errors: &Errors) -> Response {
    extension::show(page, case, "", errors)
}

pub(crate) fn ship(
    page: &Page,
    case: &Case,
    to: Option<&DeliveryView>,
    errors: &Errors,
) -> Response {
    ship::show(page, case, to, &ship::Fields::default(), errors)
}

/// The page before a dispute is opened.
pub(crate) fn check_dispute(page: &Page, case: &Case, claim: Claim) -> Response {
    let fields = dispute::Fields::default();
    dispute::check(page, case, &fields, claim, &Errors::none())
}

pub(crate) fn refund_address(page: &Page, case: &Case) -> PageResult {
    refund_address::show_to(page, case)
}

pub(crate) fn payout_address(page: &Page, case: &Case) -> PageResult {
    payout_address::PURPOSE.show(page, case, "")
}

pub(crate) fn claim(page: &Page, case: &Case) -> PageResult {
    super::claim::PURPOSE.show(page, case, "")
}
