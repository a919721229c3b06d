//! The ruling: how what is held is divided and why; looked at in exact sums, then given.

use axum::response::Response;
use domain::deal::{Command, Division, STATEMENT_CHARS_MAX, Tier};
use leptos::prelude::*;
use serde::Deserialize;
use services::disputes::CaseView;

use super::open::{case_path, open_for_staff, step};
use super::share;
use crate::components::{
    Banner, Button, Checkbox, Confirm, Look, MoneyInput, PostForm, Textarea, Tone,
};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, Words, block};
use crate::pages::staff::{Taken, take};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    act: String,
    /// The buyer's part: a sum, or a share with a per cent sign.
    share: String,
    reasons: String,
    sure: Option<String>,
}

impl Fields {
    pub(super) fn new(share: &str, reasons: &str) -> Self {
        Self {
            share: share.to_owned(),
            reasons: reasons.to_owned(),
            ..Self::default()
        }
    }
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = open_for_staff(&page, path).await?;
    Ok(show(&page, &case, &Fields::default(), &Errors::none()))
}

/// Three buttons lead here: to look at both sums, to change them, to rule.
pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = open_for_staff(&page, path).await?;
    let fields = &form.fields;
    if fields.act == "change" {
        return Ok(show(&page, &case, fields, &Errors::none()));
    }
    let (division, reasoning) = match read(&page, &case, fields) {
        Ok(read) => read,
        Err(errors) => return Ok(show(&page, &case, fields, &errors)),
    };
    if fields.act != "rule" {
        return Ok(check(&page, &case, fields, division, &Errors::none()));
    }
    if fields.sure.is_none() {
        let mut errors = Errors::none();
        errors.add("sure", page.t().ruling_tick());
        return Ok(check(&page, &case, fields, division, &errors));
    }
    let ruling = Command::Rule {
        buyer: division.buyer,
        seller: division.seller,
        reasoning,
    };
    match take(&page, path.0, &form, ruling).await? {
        Taken::Done => Ok(page.see_other(&format!("{}?done=ruled", case_path(&case)))),
        Taken::Refused(errors) => {
            let case = open_for_staff(&page, path).await?;
            Ok(show(&page, &case, fields, &errors))
        }
    }
}

fn read(page: &Page, case: &CaseView, fields: &Fields) -> Result<(Division, String), Errors> {
    let t = page.t();
    let mut errors = Errors::none();
    let division = share::part(t, &case.view.deal, &fields.share);
    let division = errors.take("share", division);
    let reasons = block::<STATEMENT_CHARS_MAX>(t, &fields.reasons);
    let reasons = errors.take("reasons", reasons);
    division.zip(reasons).ok_or(errors)
}

pub(super) fn show(page: &Page, case: &CaseView, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let deal = &case.view.deal;
    let held = Words::new(page, &case.view).money(deal.held());
    let unit = deal.terms.asset.token().code();
    let version = deal.version;
    let Fields { share, reasons, .. } = fields.clone();
    let step = step(page, case, t.ruling_title());
    step.show(errors, case.may_rule(), || {
        let not_yet = step.not_yet();
        view! {
            <p class="prose">{t.ruling_text(held)}</p>
            {approval_needed(page, case)}
            <PostForm version class="stack loose">
                <MoneyInput
                    name="share"
                    label=t.ruling_share()
                    hint=t.ruling_share_hint()
                    value=share
                    unit
                />
                <Textarea
                    name="reasons"
                    label=t.ruling_reasons()
                    hint=t.ruling_reasons_hint()
                    value=reasons
                    rows=10
                />
                <p class="cluster">
                    <Button name="act" value="check">{t.ruling_check()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}

fn approval_needed(page: &Page, case: &CaseView) -> Option<impl IntoView + use<>> {
    let words = page.t().case_needs_approval();
    case.needs_approval()
        .then(|| view! { <Banner tone=Tone::Info>{words}</Banner> })
}

/// Both sums, the reasons and what cannot be undone, before it is done.
pub(super) fn check(
    page: &Page,
    case: &CaseView,
    fields: &Fields,
    division: Division,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let deal = &case.view.deal;
    let version = deal.version;
    let words = Words::new(page, &case.view);
    let (buyer, seller) = (words.money(division.buyer), words.money(division.seller));
    let Fields { share, reasons, .. } = fields.clone();
    let said = reasons.clone();
    let (warning, more) = consequences(page, case);
    let button = if case.needs_approval() {
        t.ruling_propose_button(&buyer, &seller)
    } else {
        t.ruling_button(&buyer, &seller)
    };
    let step = step(page, case, t.ruling_check_title());
    step.show(errors, case.may_rule(), || {
        let not_yet = step.not_yet();
        view! {
            {share::preview(t, deal, division)}
            <section class="card stack tight">
                <h2>{t.ruling_reasons()}</h2>
                <p class="said" dir="auto">{said}</p>
            </section>
            <PostForm version>
                <input type="hidden" name="share" value=share/>
                <input type="hidden" name="reasons" value=reasons/>
                <Confirm warning final_word=more>
                    <Checkbox name="sure" label=t.ruling_sure()/>
                    <p class="cluster">
                        <Button look=Look::Danger name="act" value="rule">{button}</Button>
                        <Button look=Look::Quiet name="act" value="change">{t.ruling_change()}</Button>
                        {not_yet}
                    </p>
                </Confirm>
            </PostForm>
        }
    })
}

/// What follows, and what nobody can undo.
fn consequences(page: &Page, case: &CaseView) -> (String, String) {
    let t = page.t();
    let (warning, more) = match (case.needs_approval(), case.case.tier) {
        (true, _) => (t.ruling_needs_other(), t.ruling_needs_other_text()),
        (false, Tier::First) => (t.ruling_first_final(), t.ruling_first_final_text()),
        (false, Tier::Second) => (t.ruling_last_final(), t.ruling_last_final_text()),
    };
    (warning.to_owned(), more.to_owned())
}
