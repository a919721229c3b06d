//! `/admin/payouts/{deal}/{leg}/resend`: a payout of which nobody knows whether it left. It is sent
//! again only when two people have seen that it never did.

use axum::response::Response;
use domain::deal::{Command, Rejection};
use domain::{Asset, Units};
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::{DealError, StaffView};
use services::payouts::{ReviewPayoutError, UnclearPayout};
use services::ports::gateway::{PayoutState, SentTransfer};

use super::payout::PayoutPath;
use crate::components::{
    Address, Banner, Button, Checkbox, Confirm, Look, Moment, Money, PostForm, Row, SummaryList,
    Tone, Transaction, money_text,
};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::deals::for_staff::{failure as deal_failure, refusal};
use crate::pages::staff::{Step, Taken, take};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    sure: Option<String>,
}

pub(crate) async fn get(page: Page, path: PayoutPath) -> PageResult {
    let (staff, seen) = open(&page, &path).await?;
    Ok(show(&page, &staff, &path, seen.as_ref(), &Errors::none()))
}

pub(crate) async fn post(page: Page, path: PayoutPath, form: Submission<Fields>) -> PageResult {
    if form.fields.sure.is_none() {
        let (staff, seen) = open(&page, &path).await?;
        let mut errors = Errors::none();
        errors.add("sure", page.t().resend_tick());
        return Ok(show(&page, &staff, &path, seen.as_ref(), &errors));
    }
    let leg = path.leg.clone();
    match take(&page, path.deal, &form, Command::AgreeResend { leg }).await? {
        Taken::Done => {
            let payout = format!("/admin/payouts/{}/{}", path.deal, path.leg);
            Ok(page.see_other(&format!("{payout}?done=resend_agreed")))
        }
        Taken::Refused(errors) => {
            let (staff, seen) = open(&page, &path).await?;
            Ok(show(&page, &staff, &path, seen.as_ref(), &errors))
        }
    }
}

/// The deal, and what is seen of the payout; nothing of it once it is not unclear any more.
async fn open(
    page: &Page,
    path: &PayoutPath,
) -> Result<(StaffView, Option<UnclearPayout>), Failure> {
    let (services, actor) = (page.services(), page.actor());
    let staff = services.view_deal_as_admin(&actor, path.deal).await;
    let staff = staff.map_err(|error: DealError| deal_failure(&error))?;
    if staff.view.deal.leg(&path.leg).is_none() {
        return Err(Failure::NotFound);
    }
    let seen = services.inspect_payout(&actor, path.deal, &path.leg).await;
    match seen {
        Ok(seen) => Ok((staff, Some(seen))),
        Err(ReviewPayoutError::NotFound) => Ok((staff, None)),
        Err(ReviewPayoutError::Failed(failure)) => Err(failure.into()),
    }
}

pub(super) fn show(
    page: &Page,
    staff: &StaffView,
    path: &PayoutPath,
    seen: Option<&UnclearPayout>,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let deal = &staff.view.deal;
    let step = Step {
        page,
        deal,
        title: t.resend_title().to_owned(),
        back: format!("/admin/payouts/{}/{}", path.deal, path.leg),
        back_label: t.resend_back().to_owned(),
    };
    let Some(seen) = seen else {
        return step.show(errors, Err(Rejection::WrongLegState), || ());
    };
    let agree = staff.after(Command::AgreeResend {
        leg: path.leg.clone(),
    });
    let agree = agree.map(|_| ());
    step.show(errors, Ok(()), || {
        view! {
            <Banner tone=Tone::Bad>{t.resend_do_not()}</Banner>
            {facts(page, staff, path, seen)}
            {history(page, staff, seen)}
            {decide(page, staff, seen, agree, &step)}
        }
    })
}

fn facts(
    page: &Page,
    staff: &StaffView,
    path: &PayoutPath,
    seen: &UnclearPayout,
) -> impl IntoView + use<> {
    let t = page.t();
    let asset = staff.view.deal.terms.asset;
    let net = seen.net;
    let mut rows = vec![Row::new(t.resend_sum(), view! { <Money units=net asset/> })];
    if let Some(at) = seen.sending_since {
        rows.push(Row::new(t.resend_since(), view! { <Moment at/> }));
    }
    rows.push(Row::new(t.resend_sends(), t.number(u64::from(seen.sends))));
    rows.push(Row::new(
        t.resend_gateway(),
        gateway_words(page, &seen.gateway),
    ));
    let leg = staff.view.deal.leg(&path.leg);
    let to = leg.and_then(|leg| leg.destination.clone());
    let to = to.map(|to| {
        let address = to.as_str().to_owned();
        view! { <p><Address address/></p> }
    });
    view! {
        <section class="card stack tight" aria-labelledby="seen">
            <h2 id="seen">{t.resend_seen()}</h2>
            <SummaryList rows/>
            {to}
        </section>
    }
}

/// What the gateway says; only that it was paid settles anything.
pub(super) fn gateway_words(page: &Page, state: &PayoutState) -> String {
    let t = page.t();
    match state {
        PayoutState::Paid { .. } => t.resend_gateway_paid().to_owned(),
        PayoutState::Pending { .. } => t.resend_gateway_pending().to_owned(),
        PayoutState::NotFound => t.resend_gateway_not_found().to_owned(),
        PayoutState::Failed { reason } => t.resend_gateway_failed(reason),
        PayoutState::Unclear { reason } => t.resend_gateway_unclear(reason),
    }
}

/// Transfers out of the wallet, those of the very sum marked.
fn history(page: &Page, staff: &StaffView, seen: &UnclearPayout) -> impl IntoView + use<> {
    let t = page.t();
    let asset = staff.view.deal.terms.asset;
    let body = match &seen.sent {
        Err(error) => {
            let words = t.resend_history_away(error.to_string());
            view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any()
        }
        Ok(sent) if sent.is_empty() => view! { <p>{t.resend_history_none()}</p> }.into_any(),
        Ok(sent) => {
            let lines: Vec<_> = sent
                .iter()
                .map(|one| transfer(page, one, seen.net, asset))
                .collect();
            view! { <ul class="leg-list plain stack tight">{lines}</ul> }.into_any()
        }
    };
    view! {
        <section class="card stack tight" aria-labelledby="history">
            <h2 id="history">{t.resend_history()}</h2>
            <p class="muted">{t.resend_history_hint()}</p>
            {body}
        </section>
    }
}

fn transfer(page: &Page, one: &SentTransfer, net: Units, asset: Asset) -> impl IntoView + use<> {
    let t = page.t();
    let (units, tx) = (one.amount, one.txid.clone());
    let network = asset.network();
    let same = (units == net).then(|| view! { <strong>{t.resend_same_sum()}</strong> });
    view! {
        <li>
            <p class="cluster"><Money units asset/>{same}</p>
            <p class="small-text">{t.deal_leg_tx()}" "<Transaction network tx short=true/></p>
        </li>
    }
}

fn decide(
    page: &Page,
    staff: &StaffView,
    seen: &UnclearPayout,
    agree: Result<(), Rejection>,
    step: &Step<'_>,
) -> impl IntoView + use<> {
    let t = page.t();
    let not_yet = step.not_yet();
    if seen.is_own_key {
        return view! { <Banner tone=Tone::Care>{t.resend_own()}</Banner> }.into_any();
    }
    if let Err(rejection) = agree {
        let words = refusal(page, rejection);
        return view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any();
    }
    let deal = &staff.view.deal;
    let version = deal.version;
    let sum = money_text(seen.net, deal.terms.asset);
    let (warning, button) = match &seen.first_key {
        Some(name) => (t.resend_second(name), t.resend_button(&sum)),
        None => (
            t.resend_first().to_owned(),
            t.resend_first_button().to_owned(),
        ),
    };
    view! {
        <PostForm version>
            <Confirm warning final_word=t.resend_twice().to_owned()>
                <Checkbox name="sure" label=t.resend_sure()/>
                <p class="cluster">
                    <Button look=Look::Danger>{button}</Button>
                    {not_yet}
                </p>
            </Confirm>
        </PostForm>
    }
    .into_any()
}
