//! The buyer takes an incomplete payment back.

use axum::response::Response;
use domain::deal::Command;
use leptos::prelude::*;

use super::Nothing;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::PlainStep;
use super::words::Words;
use crate::components::{Button, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: PlainStep = PlainStep {
    step: Command::WithdrawPayment,
    done: "deal_withdrawn",
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
    let refund = words.net(case.deal().held());
    let version = case.deal().version;
    let may = case.may(Command::WithdrawPayment);
    step_page(
        page,
        case,
        t.deal_withdraw_title(&refund),
        errors,
        may,
        || {
            let not_yet = not_yet(page, case);
            view! {
                <p class="prose">{t.deal_withdraw_text(&refund)}</p>
                <PostForm version>
                    <p class="cluster">
                        <Button look=Look::Danger>{t.deal_withdraw_button(&refund)}</Button>
                        {not_yet}
                    </p>
                </PostForm>
            }
        },
    )
}
