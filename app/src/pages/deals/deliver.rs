//! The seller says that it was delivered, with evidence in place of the code.

use axum::response::Response;
use domain::deal::{Command, Rejection};
use leptos::prelude::*;

use super::Nothing;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath, step_path};
use super::refusal::refusal;
use super::room;
use super::take::take;
use super::words::Words;
use crate::components::{Banner, Button, EvidenceChecklist, Look, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Nothing>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let step = Command::DeliverWithoutCode;
    take(
        &page,
        &case,
        &form,
        step,
        "deal_delivered",
        |case, errors| show(&page, case, errors),
    )
    .await
}

pub(crate) fn show(page: &Page, case: &Case, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    // What is missing can be mended from here, so the page stands.
    let (may, lacks) = match case.may(Command::DeliverWithoutCode) {
        Err(lacks @ (Rejection::TooEarly(_) | Rejection::EvidenceMissing)) => {
            (Ok(()), Some(refusal(page, lacks)))
        }
        may => (may, None),
    };
    let items = room::checklist(words);
    let evidence = step_path(case.deal().id, "evidence");
    let inspection = words.length(case.deal().terms.periods.inspection);
    let version = case.deal().version;
    let is_ready = lacks.is_none();
    let lacks = lacks.filter(|_| errors.is_empty());
    step_page(page, case, t.deal_deliver_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        let button = is_ready.then(|| view! { <Button>{t.deal_deliver_button()}</Button> });
        let add = if is_ready { Look::Quiet } else { Look::Primary };
        view! {
            <p class="prose">{t.deal_deliver_text(inspection)}</p>
            <p class="prose">{t.deal_deliver_weaker()}</p>
            <EvidenceChecklist items/>
            {lacks.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
            <PostForm version>
                <p class="cluster">
                    {button}
                    <Button look=add href=evidence>{t.deal_more_evidence()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
