//! The seller says that it will not be delivered: the buyer is refunded.

use axum::response::Response;
use domain::deal::{Command, Party};
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
    step: Command::Decline,
    done: "deal_declined",
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
    let buyer = words.name(Party::Buyer);
    let version = case.deal().version;
    let may = case.may(Command::Decline);
    step_page(page, case, t.deal_decline_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        view! {
            <p class="prose">{t.deal_decline_text(&refund, buyer)}</p>
            <PostForm version>
                <p class="cluster">
                    <Button look=Look::Danger>{t.deal_decline_button(&refund)}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
