//! The pages as functions of what they show, for looking at them without a dispute.

use axum::response::Response;
use services::disputes::CaseView;

use super::{approve, reassign, rule, share};
use crate::form::Errors;
use crate::page::Page;

pub(crate) use super::case::show as case;

pub(crate) fn rule(page: &Page, case: &CaseView) -> Response {
    rule::show(page, case, &rule::Fields::default(), &Errors::none())
}

/// The page before a ruling of `share` for the buyer.
pub(crate) fn check_ruling(page: &Page, case: &CaseView, typed: &str, reasons: &str) -> Response {
    let fields = rule::Fields::new(typed, reasons);
    match share::part(page.t(), &case.view.deal, typed) {
        Ok(division) => rule::check(page, case, &fields, division, &Errors::none()),
        Err(words) => rule::show(page, case, &fields, &Errors::whole(words)),
    }
}

pub(crate) fn approve(page: &Page, case: &CaseView) -> Response {
    approve::show(page, case, &Errors::none())
}

pub(crate) fn reassign(page: &Page, case: &CaseView) -> Response {
    reassign::show(page, case, "", &Errors::none())
}
