//! `/admin/payouts/together/{id}`: small payouts that are sent as one, for whoever approves it, or
//! has to say that it never left.

use axum::extract::Path;
use axum::response::Response;
use domain::id::JointPayoutId;
use domain::joint::JointState;
use leptos::prelude::*;
use serde::Deserialize;
use services::payouts::{JointReview, JointStep};

use super::payout::failure;
use super::{payout_parts, resend};
use crate::components::{
    Address, Banner, Button, Checkbox, Chip, Confirm, Look, Money, PostForm, Row, SummaryList,
    Tone, money_text,
};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::for_staff::{key, refusal, refusal_words};
use crate::pages::payouts_together::chip;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    sure: Option<String>,
}

pub(crate) async fn get(page: Page, Path(id): Path<String>) -> PageResult {
    let review = open(&page, &id).await?;
    Ok(show(&page, &review, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(id): Path<String>,
    form: Submission<Fields>,
) -> PageResult {
    let review = open(&page, &id).await?;
    let Some((step, _)) = review.step else {
        return Ok(show(&page, &review, &Errors::none()));
    };
    if form.fields.sure.is_none() {
        let t = page.t();
        let mut errors = Errors::none();
        errors.add(
            "sure",
            match step {
                JointStep::Approve => t.review_tick(),
                JointStep::AgreeResend => t.resend_tick(),
            },
        );
        return Ok(show(&page, &review, &errors));
    }
    let actor = page.actor();
    let (joint, version) = (review.joint.id, form.version);
    let services = page.services();
    let acted = services.act_on_joint(&actor, joint, step, version, key(&form));
    match acted.await {
        Ok(_) => {
            let done = match step {
                JointStep::Approve => "payout_approved",
                JointStep::AgreeResend => "resend_agreed",
            };
            Ok(page.see_other(&format!("/admin/payouts/together/{id}?done={done}")))
        }
        Err(error) => {
            let errors = Errors::whole(refusal_words(&page, &error)?);
            Ok(show(&page, &open(&page, &id).await?, &errors))
        }
    }
}

async fn open(page: &Page, id: &str) -> Result<JointReview, Failure> {
    let id: JointPayoutId = id.parse().map_err(|_| Failure::NotFound)?;
    let actor = page.actor();
    let review = page.services().review_joint(&actor, id).await;
    review.map_err(|error| failure(&error))
}

fn show(page: &Page, review: &JointReview, errors: &Errors) -> Response {
    let t = page.t();
    let joint = &review.joint;
    let sum = money_text(joint.net(), joint.asset);
    let title = t.review_title(sum, &review.payee);
    let (tone, icon, word) = chip(t, joint.state, joint.delayed);
    page.html(title.clone()).errors(errors).render(|| {
        view! {
            <div class="step stack loose">
                <div class="stack tight">
                    <p><a href="/admin/payouts">{t.paydesk_title()}</a></p>
                    <h1>{title}</h1>
                    <p class="muted">{t.payout_together_title()}</p>
                    <p><Chip tone icon text=word/></p>
                </div>
                {sums(page, review)}
                {destination(page, review)}
                {decide(page, review)}
            </div>
        }
    })
}

fn sums(page: &Page, review: &JointReview) -> impl IntoView + use<> {
    let t = page.t();
    let joint = &review.joint;
    let (asset, gross, fee, net) = (joint.asset, joint.gross(), joint.network_fee, joint.net());
    let count = u64::try_from(joint.parts.len()).unwrap_or(u64::MAX);
    let mut rows = vec![
        Row::new(t.payout_together_count(), t.number(count)),
        Row::new(
            t.payout_together_gross(),
            view! { <Money units=gross asset/> },
        ),
        Row::new(t.payout_together_fee(), view! { <Money units=fee asset/> }),
        Row::new(t.payout_together_net(), view! { <Money units=net asset/> }),
    ];
    if let Some(state) = &review.gateway {
        rows.push(Row::new(t.resend_sends(), t.number(u64::from(joint.sends))));
        let words = resend::gateway_words(page, state);
        rows.push(Row::new(t.resend_gateway(), words));
    }
    if let Some(name) = &review.first_key {
        rows.push(Row::new(t.review_first_key(), name.clone()));
    }
    view! { <section class="card"><SummaryList rows/></section> }
}

fn destination(page: &Page, review: &JointReview) -> impl IntoView + use<> {
    let t = page.t();
    let joint = &review.joint;
    let address = joint.destination.as_str().to_owned();
    let words = page.services().address_words(joint.payee, &address);
    let words = words.join(" ");
    let warning = payout_parts::standing(page, review.standing);
    view! {
        <section class="card stack tight" aria-labelledby="destination">
            <h2 id="destination">{t.review_destination()}</h2>
            <p class="pay-address"><Address address/></p>
            <p>{t.review_words()}" "<strong><bdi dir="ltr" lang="en">{words}</bdi></strong></p>
            {warning}
        </section>
    }
}

/// The button, or why there is none.
fn decide(page: &Page, review: &JointReview) -> impl IntoView + use<> {
    let t = page.t();
    let joint = &review.joint;
    let (step, after) = match review.step {
        None => return ().into_any(),
        Some((step, Ok(after))) => (step, after),
        Some((_, Err(rejection))) => {
            let words = refusal(page, rejection);
            return view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any();
        }
    };
    let sum = money_text(joint.net(), joint.asset);
    let is_first = after == joint.state;
    let (warning, more, sure, button) = match (step, is_first) {
        (JointStep::Approve, true) => (
            t.review_first_warning(),
            t.review_first_text(),
            t.review_sure(),
            t.review_approve_first(&sum),
        ),
        (JointStep::Approve, false) => (
            t.review_last_warning(),
            t.review_last_text(),
            t.review_sure(),
            t.review_approve(&sum),
        ),
        (JointStep::AgreeResend, true) => (
            t.resend_first(),
            t.resend_twice(),
            t.resend_sure(),
            t.resend_first_button().to_owned(),
        ),
        (JointStep::AgreeResend, false) => (
            t.resend_do_not(),
            t.resend_twice(),
            t.resend_sure(),
            t.resend_button(&sum),
        ),
    };
    let is_unclear = joint.state == JointState::Unknown;
    let banner = is_unclear.then(|| view! { <Banner tone=Tone::Bad>{t.resend_do_not()}</Banner> });
    let version = joint.version;
    view! {
        {banner}
        <PostForm version>
            <Confirm warning=warning final_word=more.to_owned()>
                <Checkbox name="sure" label=sure/>
                <p class="cluster">
                    <Button look=Look::Danger>{button}</Button>
                    <Button look=Look::Quiet href="/admin/payouts">{t.deal_step_not_yet()}</Button>
                </p>
            </Confirm>
        </PostForm>
    }
    .into_any()
}
