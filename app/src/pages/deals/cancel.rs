//! A party calls the deal off before anything arrived.

use axum::response::Response;
use domain::deal::Command;
use leptos::prelude::*;

use super::Nothing;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::PlainStep;
use crate::components::{Button, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: PlainStep = PlainStep {
    step: Command::Cancel,
    done: "deal_cancelled",
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
    let may = case.may(Command::Cancel);
    step_page(page, case, t.deal_cancel_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        view! {
            <p class="prose">{t.deal_cancel_text()}</p>
            <PostForm version>
                <p class="cluster">
                    <Button look=Look::Danger>{t.deal_cancel_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
