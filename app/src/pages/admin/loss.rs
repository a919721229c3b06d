//! `/admin/deals/{id}/loss`: the chain took money back that was paid out already. Two admins agree
//! how much the operator covers; the rest is cut from what was not sent.

use axum::extract::Query;
use axum::response::Response;
use domain::deal::{Command, LegId, Rejection, State, TwoKeyAction};
use domain::ledger::Account;
use domain::{Asset, Units};
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::{CutLeg, FirstKey, StaffView};

use super::open::{done, open, step};
use crate::components::{
    Banner, Button, Checkbox, Confirm, Look, MoneyInput, PostForm, Table, Tone, money_text,
};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, Words, refusal, sum};
use crate::pages::staff::{Step, Taken, take};

/// What Amn would cover, to be looked at before it is agreed to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    cover: String,
    sure: Option<String>,
}

pub(crate) async fn get(page: Page, path: DealPath, Query(fields): Query<Fields>) -> PageResult {
    let staff = open(&page, path).await?;
    let mut errors = Errors::none();
    if !fields.cover.is_empty() {
        errors.take("cover", read(&page, &staff, &fields.cover));
    }
    Ok(show(&page, &staff, &fields.cover, &errors))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let staff = open(&page, path).await?;
    let typed = &form.fields.cover;
    let mut errors = Errors::none();
    let cover = errors.take("cover", read(&page, &staff, typed));
    if form.fields.sure.is_none() {
        errors.add("sure", page.t().loss_tick());
    }
    let (Some((cover, _)), true) = (cover, errors.is_empty()) else {
        return Ok(show(&page, &staff, typed, &errors));
    };
    match take(&page, path.0, &form, Command::SettleLoss { cover }).await? {
        Taken::Done => {
            let staff = open(&page, path).await?;
            let message = if staff.view.deal.state == State::Loss {
                "loss_first"
            } else {
                "loss_settled"
            };
            Ok(page.see_other(&done(path, message)))
        }
        Taken::Refused(errors) => Ok(show(&page, &open(&page, path).await?, typed, &errors)),
    }
}

/// What is covered and what is cut then, from the function that will do it.
fn read(page: &Page, staff: &StaffView, typed: &str) -> Result<(Units, Vec<CutLeg>), String> {
    let asset = staff.view.deal.terms.asset;
    let cover = sum(page.t(), asset, typed)?;
    let cuts = staff.cuts(cover);
    let cuts = cuts.map_err(|rejection| refusal(page, rejection))?;
    Ok((cover, cuts))
}

pub(super) fn show(page: &Page, staff: &StaffView, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let deal = &staff.view.deal;
    let asset = deal.terms.asset;
    let lost = money_text(deal.balance(Account::Shortfall), asset);
    let may = match deal.state {
        State::Loss => Ok(()),
        _ => Err(Rejection::WrongState),
    };
    let first = staff.first_key(|action| matches!(action, TwoKeyAction::SettleLoss { .. }));
    // The second key is for the very sum of the first, unless another is typed.
    let typed = match (&first, typed.is_empty()) {
        (Some(first), true) => covered(&first.action, asset),
        _ => typed.to_owned(),
    };
    let step = step(page, staff, t.loss_title());
    step.show(errors, may, || {
        let unit = asset.token().code();
        let looked_at = read(page, staff, &typed).ok();
        let value = typed.clone();
        let agree = looked_at.map(|(cover, cuts)| {
            let cuts = cuts_view(page, staff, cuts);
            let form = decide(page, staff, (cover, typed), first.as_ref(), &step);
            view! { {cuts}{form} }
        });
        view! {
            <Banner tone=Tone::Bad>{t.loss_text(lost)}</Banner>
            <form method="get" class="stack" novalidate>
                <MoneyInput
                    name="cover"
                    label=t.loss_cover()
                    hint=t.loss_cover_hint()
                    value
                    unit
                />
                <p><Button look=Look::Quiet>{t.loss_preview()}</Button></p>
            </form>
            {agree}
        }
    })
}

/// The sum of the first key as it would be typed.
fn covered(action: &TwoKeyAction, asset: Asset) -> String {
    match action {
        TwoKeyAction::SettleLoss { cover } => cover.to_grouped(asset.decimals()),
        TwoKeyAction::LiftHold | TwoKeyAction::Resend { .. } => String::new(),
    }
}

fn cuts_view(page: &Page, staff: &StaffView, cuts: Vec<CutLeg>) -> impl IntoView + use<> {
    let t = page.t();
    let asset = staff.view.deal.terms.asset;
    if cuts.is_empty() {
        return view! { <p>{t.loss_no_cuts()}</p> }.into_any();
    }
    let words = Words::new(page, &staff.view);
    let lines: Vec<_> = cuts
        .into_iter()
        .map(|cut| {
            let [before, after] =
                [cut.before, cut.after].map(|units| units.to_grouped(asset.decimals()));
            view! {
                <tr>
                    <th scope="row">{leg_word(words, &cut.leg)}</th>
                    <td class="number"><bdi dir="ltr">{before}</bdi></td>
                    <td class="number"><bdi dir="ltr">{after}</bdi></td>
                </tr>
            }
        })
        .collect();
    view! {
        <Table caption=t.loss_cuts(asset.token().code()) id="cuts">
            <thead>
                <tr>
                    <th scope="col">{t.loss_payout()}</th>
                    <th scope="col" class="number">{t.review_before()}</th>
                    <th scope="col" class="number">{t.review_after()}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </Table>
    }
    .into_any()
}

fn leg_word(words: Words<'_>, id: &LegId) -> String {
    let deal = &words.view.deal;
    let payee = deal.leg(id).map(|leg| words.name(leg.payee));
    words.t().paydesk_to(payee.unwrap_or_default())
}

fn decide(
    page: &Page,
    staff: &StaffView,
    (cover, typed): (Units, String),
    first: Option<&FirstKey>,
    step: &Step<'_>,
) -> impl IntoView + use<> {
    let t = page.t();
    let not_yet = step.not_yet();
    let deal = &staff.view.deal;
    let sum = money_text(cover, deal.terms.asset);
    let is_same = first.is_some_and(|first| first.action == TwoKeyAction::SettleLoss { cover });
    if let Err(rejection) = staff.after(Command::SettleLoss { cover }) {
        let words = match rejection {
            Rejection::AnotherAdmin => t.loss_own().to_owned(),
            other => refusal(page, other),
        };
        return view! { <Banner tone=Tone::Care>{words}</Banner> }.into_any();
    }
    let (warning, button) = match first.filter(|_| is_same) {
        Some(first) => (t.loss_second(&first.name), t.loss_button(&sum)),
        None => (t.loss_first().to_owned(), t.loss_first_button(&sum)),
    };
    let version = deal.version;
    view! {
        <PostForm version>
            <input type="hidden" name="cover" value=typed/>
            <Confirm warning final_word=t.loss_final().to_owned()>
                <Checkbox name="sure" label=t.loss_sure()/>
                <p class="cluster">
                    <Button look=Look::Danger>{button}</Button>
                    {not_yet}
                </p>
            </Confirm>
        </PostForm>
    }
    .into_any()
}
