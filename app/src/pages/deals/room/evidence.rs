//! What of the agreed evidence is there, and the files of both sides.

use domain::deal::{EvidenceItem as Item, State};
use leptos::prelude::*;
use services::deals::Relation;
use services::files::FiledEvidence;

use super::super::evidence::{count_of_files, list_of_files};
use super::super::open::step_path;
use super::super::words::Words;
use crate::components::{Banner, EvidenceChecklist, EvidenceItem, Tone};
use crate::i18n::Locale;

pub(super) fn section(words: Words<'_>, filed: Option<&[FiledEvidence]>) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    let items = checklist(words);
    let list = match (words.view.relation, filed) {
        (Relation::Admin, _) => count_of_files(words).into_any(),
        (Relation::Party(_) | Relation::Resolver | Relation::Approver, Some(filed)) => {
            list_of_files(words, filed)
        }
        (_, None) => view! { <Banner tone=Tone::Care>{t.deal_evidence_away()}</Banner> }.into_any(),
    };
    let takes_more = deal.state.is_open() || deal.state == State::Disputed;
    let add = (takes_more && words.view.party().is_some()).then(|| {
        let href = step_path(deal.id, "evidence");
        view! { <p><a href=href>{t.deal_more_evidence()}</a></p> }
    });
    view! {
        <section id="evidence" class="stack" aria-labelledby="evidence-heading">
            <h2 id="evidence-heading">{t.deal_evidence()}</h2>
            {(!items.is_empty()).then(|| view! {
                <p class="muted">{t.deal_evidence_agreed()}</p>
                <EvidenceChecklist items/>
            })}
            {list}
            {add}
        </section>
    }
}

/// The evidence contract, and what the seller has given of it.
pub(in crate::pages) fn checklist(words: Words<'_>) -> Vec<EvidenceItem> {
    let deal = &words.view.deal;
    let items = deal.terms.evidence_contract.iter();
    items
        .map(|item| EvidenceItem {
            label: item_word(words.t(), *item).to_owned(),
            given: deal.is_proved_by(*item),
        })
        .collect()
}

/// A kind of evidence in a word.
pub(in crate::pages) const fn item_word(t: Locale, item: Item) -> &'static str {
    match item {
        Item::PhotoOfGoods => t.deal_item_photo_of_goods(),
        Item::PhotoOfParcel => t.deal_item_photo_of_parcel(),
        Item::CarrierReceipt => t.deal_item_carrier_receipt(),
        Item::DeliveryRecord => t.deal_item_delivery_record(),
        Item::SignedNote => t.deal_item_signed_note(),
        Item::HandedOverFile => t.deal_item_handed_over_file(),
        Item::WorkRecord => t.deal_item_work_record(),
    }
}
