//! Files of both sides, and what of the agreed evidence is there.

use domain::deal::{Evidence, EvidenceItem as Item, Party};
use leptos::prelude::*;

use super::super::words::Words;
use crate::components::{EvidenceChecklist, EvidenceItem, Moment};
use crate::i18n::Locale;

pub(super) fn section(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let items = checklist(words);
    let files = files(words);
    view! {
        <section id="evidence" class="stack" aria-labelledby="evidence-heading">
            <h2 id="evidence-heading">{t.deal_evidence()}</h2>
            <p class="muted">{t.deal_evidence_agreed()}</p>
            <EvidenceChecklist items/>
            {files}
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
            given: deal
                .evidence
                .iter()
                .any(|file| file.by == Party::Seller && file.item == Some(*item)),
        })
        .collect()
}

/// Every file, with who gave it, when, and the digest of its bytes.
pub(in super::super) fn files(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let lines: Vec<_> = words
        .view
        .deal
        .evidence
        .iter()
        .map(|file| line(words, file))
        .collect();
    if lines.is_empty() {
        view! { <p>{t.deal_evidence_none()}</p> }.into_any()
    } else {
        view! { <ul class="files stack">{lines}</ul> }.into_any()
    }
}

fn line(words: Words<'_>, file: &Evidence) -> impl IntoView + use<> {
    let t = words.t();
    let what = file
        .item
        .map_or_else(|| t.deal_evidence_other(), |item| item_word(t, item));
    let who = words.role(file.by);
    let at = file.at;
    let note = file.note.clone();
    let sha256 = file.sha256.to_string();
    let href = format!("/files/{}", file.file);
    view! {
        <li class="stack tight">
            <p><a href=href download>{what}</a>" · "{who}" · "<Moment at bare=true/></p>
            {(!note.is_empty()).then(|| view! { <p class="said" dir="auto">{note}</p> })}
            <p class="small-text muted">"SHA-256 "<code dir="ltr">{sha256}</code></p>
        </li>
    }
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
