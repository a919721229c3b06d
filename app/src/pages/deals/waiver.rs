//! Going on at the lower price of what has arrived: one proposes, the other signs.

use axum::response::Response;
use domain::deal::{Command, Offer};
use leptos::prelude::*;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::proposal::{Kind, Reply, standing, waits_for_answer};
use super::take::take;
use super::words::Words;
use crate::components::{Button, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Reply>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let (step, done) = form
        .fields
        .command()
        .unwrap_or_else(|| (proposing(&case), "deal_proposed"));
    take(&page, &case, &form, step, done, |case, errors| {
        show(&page, case, errors)
    })
    .await
}

fn proposing(case: &Case) -> Command {
    Command::Propose {
        offer: Offer::Waiver {
            arrived: case.deal().held(),
        },
    }
}

const fn is_waiver(offer: Offer) -> bool {
    matches!(offer, Offer::Waiver { .. })
}

pub(crate) fn show(page: &Page, case: &Case, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let deal = case.deal();
    let (arrived, missing) = (words.money(deal.held()), words.money(deal.missing()));
    let receives = words.money(deal.terms.seller_receives(deal.held()));
    let kind = Kind {
        is: is_waiver,
        agree: &|_| t.deal_waiver_agree(&arrived),
        detail: &|_| None,
    };
    let standing = standing(page, case, &kind);
    let may = case.may(proposing(case));
    let page_may = if standing.is_empty() { may } else { Ok(()) };
    let version = deal.version;
    // One proposal of a kind is enough: a second would say the same.
    let can_propose = may.is_ok() && standing.is_empty();
    let look = if waits_for_answer(case, is_waiver) {
        Look::Quiet
    } else {
        Look::Primary
    };
    step_page(
        page,
        case,
        t.deal_waiver_title(&arrived),
        errors,
        page_may,
        || {
            let not_yet = not_yet(page, case);
            view! {
                <p class="prose">{t.deal_waiver_text(&arrived, &missing)}</p>
                <p class="prose">{t.deal_waiver_receives(receives)}</p>
                {standing}
                {can_propose.then(|| view! {
                    <PostForm version>
                        <p class="cluster">
                            <Button look name="act" value="propose">{t.deal_waiver_button(&arrived)}</Button>
                            {not_yet}
                        </p>
                    </PostForm>
                })}
            }
        },
    )
}
