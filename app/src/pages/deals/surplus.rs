//! The buyer has what was paid too much sent back.

use axum::response::Response;
use domain::deal::Command;
use domain::ledger::Account;
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
    step: Command::TakeSurplus,
    done: "deal_surplus",
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
    let surplus = words.net(case.deal().balance(Account::Surplus));
    let version = case.deal().version;
    let may = case.may(Command::TakeSurplus);
    step_page(
        page,
        case,
        t.deal_surplus_title(&surplus),
        errors,
        may,
        || {
            let not_yet = not_yet(page, case);
            view! {
                <p class="prose">{t.deal_surplus_text()}</p>
                <PostForm version>
                    <p class="cluster">
                        <Button>{t.deal_surplus_button(&surplus)}</Button>
                        {not_yet}
                    </p>
                </PostForm>
            }
        },
    )
}
