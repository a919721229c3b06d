//! A party has late money sent back instead of going on.

use axum::response::Response;
use domain::Units;
use domain::deal::Command;
use leptos::prelude::*;

use super::Nothing;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::PlainStep;
use super::words::Words;
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: PlainStep = PlainStep {
    step: Command::RefundLate,
    done: "deal_late_refunded",
    show,
};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    STEP.get(page, path).await
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Nothing>) -> PageResult {
    STEP.post(page, path, form).await
}

pub(crate) fn show(page: &Page, case: &Case, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let late = case
        .deal()
        .late_undecided()
        .into_iter()
        .map(|(_, units)| units);
    let late = words.net(Units::sum(late).unwrap_or_default());
    let version = case.deal().version;
    let may = case.may(Command::RefundLate);
    step_page(page, case, t.deal_refund_late_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        view! {
            <p class="prose">{t.deal_refund_late_text(&late)}</p>
            <PostForm version>
                <p class="cluster">
                    <Button>{t.deal_refund_late_button(&late)}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
