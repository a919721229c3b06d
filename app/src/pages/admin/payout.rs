//! `/admin/payouts/{deal}/{leg}`: one payout with all that has to be seen before it is approved.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use domain::deal::{Command, LegId, LegState, Rejection};
use domain::id::DealId;
use leptos::prelude::*;
use serde::Deserialize;
use services::payouts::{PayoutReview, ReviewPayoutError};

use super::payout_parts;
use crate::components::{Banner, Button, Checkbox, Confirm, Look, PostForm, Tone, money_text};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::for_staff::refusal;
use crate::pages::staff::{Step, Taken, take};

/// The payout that the path names.
#[derive(Debug, Clone)]
pub(crate) struct PayoutPath {
    pub(super) deal: DealId,
    pub(super) leg: LegId,
}

impl<S: Send + Sync> FromRequestParts<S> for PayoutPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((deal, leg)) = path.map_err(|_| Failure::NotFound)?;
        Ok(Self {
            deal: deal.parse().map_err(|_| Failure::NotFound)?,
            leg: leg.parse().map_err(|_| Failure::NotFound)?,
        })
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    sure: Option<String>,
}

pub(crate) async fn get(page: Page, path: PayoutPath) -> PageResult {
    let review = open(&page, &path).await?;
    Ok(show(&page, &review, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: PayoutPath, form: Submission<Fields>) -> PageResult {
    let review = open(&page, &path).await?;
    if form.fields.sure.is_none() {
        let mut errors = Errors::none();
        errors.add("sure", page.t().review_tick());
        return Ok(show(&page, &review, &errors));
    }
    let leg = path.leg.clone();
    match take(&page, path.deal, &form, Command::ApproveLeg { leg }).await? {
        Taken::Done => {
            let here = format!("/admin/payouts/{}/{}", path.deal, path.leg);
            Ok(page.see_other(&format!("{here}?done=payout_approved")))
        }
        Taken::Refused(errors) => Ok(show(&page, &open(&page, &path).await?, &errors)),
    }
}

async fn open(page: &Page, path: &PayoutPath) -> Result<PayoutReview, Failure> {
    let actor = page.actor();
    let review = page.services().review_payout(&actor, path.deal, &path.leg);
    review.await.map_err(|error| failure(&error))
}

pub(super) fn failure(error: &ReviewPayoutError) -> Failure {
    match error {
        ReviewPayoutError::NotFound => Failure::NotFound,
        ReviewPayoutError::Failed(failure) => failure.clone().into(),
    }
}

pub(super) fn show(page: &Page, review: &PayoutReview, errors: &Errors) -> Response {
    let t = page.t();
    let sum = money_text(review.leg.net(), review.deal.terms.asset);
    let step = Step {
        page,
        deal: &review.deal,
        title: t.review_title(sum, &review.payee),
        back: "/admin/payouts".to_owned(),
        back_label: t.paydesk_title().to_owned(),
    };
    step.show(errors, Ok(()), || {
        view! {
            {payout_parts::state(page, review)}
            {payout_parts::destination(page, review)}
            {payout_parts::keys(page, review)}
            {payout_parts::ledger(page, review)}
            {decide(page, review)}
        }
    })
}

/// The button, or why there is none. A refusal is a pause of the whole deal.
fn decide(page: &Page, review: &PayoutReview) -> impl IntoView + use<> {
    let t = page.t();
    if review.leg.state != LegState::Planned {
        return ().into_any();
    }
    let is_own = review.endorsed_by.iter().any(|one| one.is_own);
    let form = match (&review.approval, is_own) {
        (_, true) => view! { <Banner tone=Tone::Care>{t.review_own()}</Banner> }.into_any(),
        (Err(Rejection::OwnDeal), _) => {
            view! { <Banner tone=Tone::Care>{t.refusal_own_deal()}</Banner> }.into_any()
        }
        (Err(rejection), _) => {
            let words = refusal(page, *rejection);
            view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any()
        }
        (Ok(after), _) => approval(page, review, *after).into_any(),
    };
    let hold = format!("/admin/deals/{}/hold", review.deal.id);
    let pause = review.deal.hold.is_none().then(|| {
        view! { <p>{t.review_doubt()}" "<a href=hold>{t.staff_hold()}</a></p> }
    });
    view! { {form}{pause} }.into_any()
}

/// `after` is where the approval would leave it.
fn approval(page: &Page, review: &PayoutReview, after: LegState) -> impl IntoView + use<> {
    let t = page.t();
    let version = review.deal.version;
    let sum = money_text(review.leg.net(), review.deal.terms.asset);
    let is_first = after == LegState::Planned;
    let button = if is_first {
        t.review_approve_first(&sum)
    } else {
        t.review_approve(&sum)
    };
    let warning = if is_first {
        t.review_first_warning()
    } else {
        t.review_last_warning()
    };
    let more = if is_first {
        t.review_first_text()
    } else if review.needs_two {
        t.review_veto_text()
    } else {
        t.review_last_text()
    };
    view! {
        <PostForm version>
            <Confirm warning=warning final_word=more.to_owned()>
                <Checkbox name="sure" label=t.review_sure()/>
                <p class="cluster">
                    <Button look=Look::Danger>{button}</Button>
                    <Button look=Look::Quiet href="/admin/payouts">{t.deal_step_not_yet()}</Button>
                </p>
            </Confirm>
        </PostForm>
    }
}
