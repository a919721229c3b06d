//! The opener of a dispute takes it back: the clocks go on.

use axum::response::Response;
use domain::deal::Command;
use leptos::prelude::*;

use super::Nothing;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::PlainStep;
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: PlainStep = PlainStep {
    step: Command::WithdrawDispute,
    done: "deal_dispute_withdrawn",
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
    let version = case.deal().version;
    let may = case.may(Command::WithdrawDispute);
    step_page(
        page,
        case,
        t.deal_withdraw_dispute_title(),
        errors,
        may,
        || {
            let not_yet = not_yet(page, case);
            view! {
                <p class="prose">{t.deal_withdraw_dispute_text()}</p>
                <PostForm version>
                    <p class="cluster">
                        <Button>{t.deal_withdraw_dispute_button()}</Button>
                        {not_yet}
                    </p>
                </PostForm>
            }
        },
    )
}
