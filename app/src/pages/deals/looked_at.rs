//! The pages as functions of what they show, for looking at them without trading.

use axum::response::Response;
use services::requests::DeliveryView;

use super::{accept, dispute, extension, ship};
use crate::form::Errors;
use crate::page::Page;

pub(crate) use super::code::{show_to_buyer as code_of_buyer, show_to_seller as code_of_seller};
pub(crate) use super::concede::show as concede;
pub(crate) use super::deliver::show as deliver;
pub(crate) use super::open::Case;
pub(crate) use super::pay::{not_due, show as pay};
pub(crate) use super::room::show as room;
pub(crate) use super::split::show as split;
pub(crate) use super::waiver::show as waiver;

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
