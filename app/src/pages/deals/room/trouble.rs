//! What is out of the ordinary: a pause for review, late money, a dispute.

use domain::deal::{DeadlineKind, Dispute, Division, Opener, Party, RuledBy, Ruling, State, Tier};
use leptos::prelude::*;

use super::super::questions::list_of_questions;
use super::super::words::Words;
use crate::components::{
    Banner, Button, Look, Moment, Money, Row, SplitPreview, SummaryList, Tone,
};

/// The pause that an admin has placed.
pub(super) fn hold(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let hold = words.view.deal.hold.as_ref()?;
    let reason = hold.reason.clone();
    let until = words.view.deal.clocks.at(&DeadlineKind::Hold);
    Some(view! {
        <Banner tone=Tone::Care>
            <p><strong>{t.deal_hold_title()}</strong></p>
            <p>{t.deal_hold_reason()}" "<bdi>{reason}</bdi></p>
            {until.map(|at| view! { <p>{t.deal_hold_until()}" "<Moment at/></p> })}
            <p>{t.deal_hold_may()}</p>
        </Banner>
    })
}

/// Money that came when nobody waited for it any more.
pub(super) fn late_money(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let deal = &words.view.deal;
    let is_open = matches!(deal.state, State::Expired | State::Cancelled)
        && deal.clocks.has(&DeadlineKind::LateFunds);
    is_open.then(|| {
        let word = |agreed| {
            if agreed {
                t.deal_late_agreed()
            } else {
                t.deal_late_waits()
            }
        };
        let rows = vec![
            Row::new(words.name(Party::Buyer), word(deal.reopen.buyer)),
            Row::new(words.name(Party::Seller), word(deal.reopen.seller)),
        ];
        view! {
            <section class="card stack tight" aria-labelledby="late">
                <h2 id="late">{t.deal_late_title()}</h2>
                <p>{t.deal_late_text()}</p>
                <SummaryList rows/>
            </section>
        }
    })
}

/// The last dispute: claims side by side, who judges, until when.
pub(super) fn dispute(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let deal = &words.view.deal;
    let case = deal.disputes.last()?;
    let is_open = case.closed.is_none();
    let rows = rows(words, case);
    let claims = claims(words, case);
    let ruling = case.ruling.as_ref().or(case.first_ruling.as_ref());
    let ruling = ruling.map(|ruling| ruling_view(words, ruling));
    Some(view! {
        <section id="dispute" class="card stack" aria-labelledby="dispute-heading">
            <h2 id="dispute-heading">
                {if is_open { t.deal_dispute_open() } else { t.deal_dispute_past() }}
            </h2>
            <SummaryList rows/>
            {claims}
            {questions(words, case)}
            {ruling}
        </section>
    })
}

/// What whoever judges asked; the party that is asked has a way to answer.
fn questions(words: Words<'_>, case: &Dispute) -> Option<impl IntoView + use<>> {
    let t = words.t();
    let list = list_of_questions(words, case)?;
    let waits = words
        .view
        .party()
        .filter(|party| case.closed.is_none() && case.open_question(*party).is_some());
    let answer = waits.map(|_| {
        let href = format!("/deals/{}/question", words.view.deal.id);
        view! { <p><Button look=Look::Quiet href=href>{t.question_answer()}</Button></p> }
    });
    Some(view! {
        <h3>{t.question_title()}</h3>
        {list}
        {answer}
    })
}

fn rows(words: Words<'_>, case: &Dispute) -> Vec<Row> {
    let t = words.t();
    let deal = &words.view.deal;
    let mut rows = vec![Row::new(t.deal_dispute_about(), category(words, case))];
    if case.closed.is_none() {
        let (units, asset) = (deal.held(), deal.terms.asset);
        let held = view! { <Money units asset/> };
        rows.push(Row::new(t.deal_dispute_frozen(), held));
        let resolver = words.view.resolver_name.clone();
        let resolver = resolver.unwrap_or_else(|| t.deal_dispute_undrawn().to_owned());
        rows.push(Row::new(t.deal_dispute_resolver(), resolver));
        let tier = match case.tier {
            Tier::First => t.deal_dispute_first_tier(),
            Tier::Second => t.deal_dispute_second_tier(),
        };
        rows.push(Row::new(t.deal_dispute_tier(), tier));
        for (label, kind) in [
            (t.deal_dispute_answer_by(), DeadlineKind::Answer),
            (t.deal_dispute_rule_by(), DeadlineKind::Ruling),
            (t.deal_dispute_appeal_by(), DeadlineKind::Appeal),
        ] {
            if let Some(at) = deal.clocks.at(&kind) {
                rows.push(Row::new(label, view! { <Moment at/> }));
            }
        }
    }
    rows
}

pub(in super::super) fn category(words: Words<'_>, case: &Dispute) -> &'static str {
    use domain::deal::DisputeCategory as C;
    let t = words.t();
    match case.category {
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

/// What both sides say.
fn claims(words: Words<'_>, case: &Dispute) -> impl IntoView + use<> {
    let t = words.t();
    let opener = case.opener.party();
    let claim = opener.map(|party| {
        let wanted = case.wanted.and_then(|buyer| {
            let parts = words.division(buyer)?;
            let asset = words.view.deal.terms.asset;
            let Division { buyer, seller, fee } = parts;
            Some(view! {
                <p class="muted">{t.deal_dispute_wants()}</p>
                <SplitPreview asset buyer seller fee/>
            })
        });
        statement(
            t.deal_dispute_claims(words.role(party)),
            case.statement.clone(),
            wanted.map(IntoAny::into_any),
        )
    });
    let by_itself =
        (case.opener == Opener::System).then(|| view! { <p>{t.deal_dispute_by_clock()}</p> });
    let answers: Vec<_> = [Party::Buyer, Party::Seller]
        .into_iter()
        .filter(|party| opener != Some(*party))
        .map(|party| answer(words, case, party))
        .collect();
    let appeal = case.appeal.as_ref().map(|appeal| {
        let heading = t.deal_dispute_appeals(words.role(appeal.by));
        statement(heading, appeal.statement.clone(), None)
    });
    view! { {by_itself}<div class="claims">{claim}{answers}{appeal}</div> }
}

/// What a party answered, or that it has not.
fn answer(words: Words<'_>, case: &Dispute, party: Party) -> impl IntoView + use<> {
    let t = words.t();
    let given = case.answers.iter().find(|answer| answer.by == party);
    let text = match given {
        Some(answer) => answer.statement.clone(),
        None if case.may_be_ruled => t.deal_dispute_unanswered().to_owned(),
        None => t.deal_dispute_not_yet_answered().to_owned(),
    };
    statement(t.deal_dispute_answers(words.role(party)), text, None)
}

/// Somebody's words, kept in their own lines.
fn statement(heading: String, text: String, wanted: Option<AnyView>) -> impl IntoView + use<> {
    view! {
        <div class="stack tight">
            <h3>{heading}</h3>
            <p class="said" dir="auto">{text}</p>
            {wanted}
        </div>
    }
}

fn ruling_view(words: Words<'_>, ruling: &Ruling) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let by = match ruling.by {
        RuledBy::Resolver(_) => t.deal_ruling_by_resolver(),
        RuledBy::Evidence => t.deal_ruling_by_evidence(),
    };
    // Once it is paid, what was held stands in the settlement.
    let parts = deal.settlement.map_or_else(
        || {
            deal.division(ruling.buyer)
                .map(|parts| (parts.buyer, parts.seller, parts.fee))
        },
        |fixed| Some((fixed.buyer, fixed.seller, fixed.fee)),
    );
    let reasoning = ruling.reasoning.clone();
    view! {
        <div class="stack tight">
            <h3>{t.deal_ruling()}</h3>
            <p>{by}</p>
            {parts.map(|(buyer, seller, fee)| view! { <SplitPreview asset buyer seller fee/> })}
            {(!reasoning.is_empty()).then(|| view! { <p class="said" dir="auto">{reasoning}</p> })}
        </div>
    }
}
