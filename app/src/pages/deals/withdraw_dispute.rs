//! The opener of a dispute takes it back: the clocks go on.

use axum::response::Response;
use domain::deal::Command;
use leptos::prelude::*;

use super::Nothing;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Nothing>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let step = Command::WithdrawDispute;
    take(
        &page,
        &case,
        &form,
        step,
        "deal_dispute_withdrawn",
        |case, errors| show(&page, case, errors),
    )
    .await
}

fn show(page: &Page, case: &Case, errors: &Errors) -> Response {
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
