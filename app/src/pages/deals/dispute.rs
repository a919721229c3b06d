//! Opening a dispute: what happened, what is asked for, and what will follow, before it is done.

use axum::response::Response;
use domain::Units;
use domain::deal::{
    Claim, Command, DeadlineKind, DisputeCategory, STATEMENT_CHARS_MAX, outcomes_if_nobody_acts,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::fields;
use super::frame::{files_separately, not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::statement_field;
use super::room::{foreseen_list, foreseen_steps};
use super::take::take;
use super::words::Words;
use crate::components::{
    Banner, Button, Choice, Look, Moment, MoneyInput, PostForm, RadioCards, SplitPreview, Tone,
};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    act: String,
    category: String,
    wanted: String,
    statement: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Fields::default(), &Errors::none()))
}

/// Three buttons lead here: to look at what was written, to change it, to open the dispute.
pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    if form.fields.act == "change" {
        return Ok(show(&page, &case, &form.fields, &Errors::none()));
    }
    let claim = match read(&page, &case, &form.fields) {
        Ok(claim) => claim,
        Err(errors) => return Ok(show(&page, &case, &form.fields, &errors)),
    };
    if form.fields.act != "open" {
        return Ok(check(&page, &case, &form.fields, claim, &Errors::none()));
    }
    let step = Command::OpenDispute {
        claim: claim.clone(),
    };
    take(
        &page,
        &case,
        &form,
        step,
        "deal_dispute_opened",
        |case, errors| check(&page, case, &form.fields, claim, errors),
    )
    .await
}

fn read(page: &Page, case: &Case, fields: &Fields) -> Result<Claim, Errors> {
    let t = page.t();
    let mut errors = Errors::none();
    let category = DisputeCategory::from_code(&fields.category);
    let category = errors.take("category", category.ok_or(t.deal_dispute_category_wrong()));
    let wanted = errors.take("wanted", wanted(page, case, &fields.wanted));
    let statement = fields::block::<STATEMENT_CHARS_MAX>(t, &fields.statement);
    let statement = errors.take("statement", statement);
    match (category, wanted, statement) {
        (Some(category), Some(wanted), Some(statement)) => Ok(Claim {
            category,
            statement,
            wanted,
        }),
        _ => Err(errors),
    }
}

/// The buyer's part that is asked for; it may be left to whoever rules.
fn wanted(page: &Page, case: &Case, typed: &str) -> Result<Option<Units>, String> {
    let t = page.t();
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let deal = case.deal();
    let units = fields::sum(t, deal.terms.asset, typed)?;
    if units > deal.held() {
        return Err(t.deal_split_too_large(Words::new(page, &case.view).money(deal.held())));
    }
    Ok(Some(units))
}

fn any_dispute() -> Command {
    let claim = Claim {
        category: DisputeCategory::Other,
        statement: String::new(),
        wanted: None,
    };
    Command::OpenDispute { claim }
}

pub(super) fn show(page: &Page, case: &Case, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let deal = case.deal();
    let held = Words::new(page, &case.view).money(deal.held());
    let unit = deal.terms.asset.token().code();
    let version = deal.version;
    let Fields {
        category,
        wanted,
        statement,
        ..
    } = fields.clone();
    let choices = DisputeCategory::CHOOSABLE
        .into_iter()
        .map(|choice| Choice::new(choice.code(), category_word(t, choice)))
        .collect();
    step_page(
        page,
        case,
        t.deal_dispute_title(),
        errors,
        case.may(any_dispute()),
        || {
            let not_yet = not_yet(page, case);
            let files = files_separately(page, case);
            let hint = Some(t.deal_dispute_statement_hint());
            let field = statement_field(t, t.deal_dispute_statement(), hint, statement);
            view! {
                <p class="prose">{t.deal_dispute_freezes(held)}</p>
                <PostForm version class="stack loose">
                    <RadioCards
                        name="category"
                        legend=t.deal_dispute_category()
                        choices
                        chosen=category
                    />
                    <MoneyInput
                        name="wanted"
                        label=t.deal_dispute_wanted()
                        hint=t.deal_dispute_wanted_hint()
                        value=wanted
                        unit
                        optional=true
                    />
                    {field}
                    <p class="cluster">
                        <Button name="act" value="check">{t.deal_dispute_check()}</Button>
                        {not_yet}
                    </p>
                </PostForm>
                {files}
            }
        },
    )
}

/// What was written and what will follow, by the function that will decide it.
pub(super) fn check(
    page: &Page,
    case: &Case,
    fields: &Fields,
    claim: Claim,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let asset = case.deal().terms.asset;
    let held = words.money(case.deal().held());
    let after = case.view.after(Command::OpenDispute {
        claim: claim.clone(),
    });
    let may = after.as_ref().map(|_| ()).map_err(|rejection| *rejection);
    let follows = after.ok().map(|after| {
        let foreseen = outcomes_if_nobody_acts(&after, case.view.now);
        let rule_by = after.clocks.at(&DeadlineKind::Ruling);
        let steps = foreseen_list(foreseen_steps(words, &after, &foreseen));
        view! {
            {rule_by.map(|at| view! { <p>{t.deal_dispute_rule_by()}": "<Moment at/></p> })}
            <h2>{t.when_if_nobody_acts()}</h2>
            {steps}
        }
    });
    let parts = claim.wanted.and_then(|buyer| case.deal().division(buyer));
    let about = category_word(t, claim.category);
    let said = claim.statement;
    let (version, fields) = (case.deal().version, fields.clone());
    let freezes = t.deal_dispute_freezes(&held);
    step_page(
        page,
        case,
        t.deal_dispute_check_title(),
        errors,
        may,
        || {
            let not_yet = not_yet(page, case);
            view! {
                <Banner tone=Tone::Dispute>{freezes}</Banner>
                <section class="card stack tight">
                    <h2>{about}</h2>
                    <p class="said" dir="auto">{said}</p>
                    {match parts {
                        Some(parts) => view! {
                            <SplitPreview asset buyer=parts.buyer seller=parts.seller fee=parts.fee/>
                        }.into_any(),
                        None => view! { <p class="muted">{t.deal_dispute_wanted_open()}</p> }.into_any(),
                    }}
                </section>
                <section class="clock stack tight">{follows}</section>
                <PostForm version>
                    <input type="hidden" name="category" value=fields.category/>
                    <input type="hidden" name="wanted" value=fields.wanted/>
                    <input type="hidden" name="statement" value=fields.statement/>
                    <p class="cluster">
                        <Button name="act" value="open">{t.deal_dispute_button(held)}</Button>
                        <Button look=Look::Quiet name="act" value="change">{t.deal_dispute_change()}</Button>
                        {not_yet}
                    </p>
                </PostForm>
            }
        },
    )
}

/// A category in a word.
pub(in crate::pages) const fn category_word(t: Locale, category: DisputeCategory) -> &'static str {
    use DisputeCategory as C;
    match category {
        C::ProductQuality => t.deal_category_product_quality(),
        C::DeliveryDelay => t.deal_category_delivery_delay(),
        C::WrongItem => t.deal_category_wrong_item(),
        C::PaymentIssue => t.deal_category_payment_issue(),
        C::SellerBehavior => t.deal_category_seller_behavior(),
        C::Other => t.deal_category_other(),
        C::FundingLost => t.deal_category_funding_lost(),
        C::DeliveryUnseen => t.deal_category_delivery_unseen(),
    }
}
