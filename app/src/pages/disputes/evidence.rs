//! What each side has shown, and what of the agreed evidence is there.

use domain::deal::Party;
use leptos::prelude::*;
use services::deals::Relation;
use services::disputes::CaseView;
use services::files::FiledEvidence;

use crate::components::{Banner, EvidenceChecklist, Moment, Tone};
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::deals::for_staff::{Words, checklist, item_word};

pub(super) fn section(page: &Page, case: &CaseView) -> impl IntoView + use<> {
    let t = page.t();
    let body = if case.view.relation == Relation::Admin {
        view! { <Banner tone=Tone::Info>{t.case_evidence_hidden()}</Banner> }.into_any()
    } else {
        view! {
            <div class="claims">
                {side(page, case, Party::Buyer)}
                {side(page, case, Party::Seller)}
            </div>
        }
        .into_any()
    };
    view! {
        <section id="evidence" class="stack" aria-labelledby="evidence-heading">
            <h2 id="evidence-heading">{t.deal_evidence()}</h2>
            {body}
        </section>
    }
}

fn side(page: &Page, case: &CaseView, party: Party) -> impl IntoView + use<> {
    let t = page.t();
    let role = match party {
        Party::Buyer => t.deal_buyer(),
        Party::Seller => t.deal_seller(),
    };
    // The evidence contract is the seller's to fulfil.
    let contract = (party == Party::Seller).then(|| {
        let items = checklist(Words::new(page, &case.view));
        view! {
            <p class="muted">{t.case_contract()}</p>
            <EvidenceChecklist items/>
        }
    });
    let files: Vec<_> = case
        .evidence
        .iter()
        .filter(|filed| filed.evidence.by == party)
        .map(|filed| file(t, filed))
        .collect();
    let files = if files.is_empty() {
        view! { <p>{t.deal_evidence_none()}</p> }.into_any()
    } else {
        view! { <ul class="files plain stack">{files}</ul> }.into_any()
    };
    view! {
        <div class="card stack tight">
            <h3>{role}</h3>
            {contract}
            {files}
        </div>
    }
}

/// A file with what it shows, whose it is, when it came and the digest of its bytes.
fn file(t: Locale, filed: &FiledEvidence) -> impl IntoView + use<> {
    let evidence = &filed.evidence;
    let what = evidence
        .item
        .map_or_else(|| t.deal_evidence_other(), |item| item_word(t, item));
    let href = format!("/files/{}", evidence.file);
    let picture = filed.has_preview.then(|| {
        let src = format!("{href}/preview");
        view! { <img class="evidence-preview" src=src alt="" loading="lazy"/> }
    });
    let (at, note) = (evidence.at, evidence.note.clone());
    let sha256 = evidence.sha256.to_string();
    let name = filed.name.clone();
    view! {
        <li class="stack tight">
            {picture}
            <p>
                <a href=href download><bdi dir="auto" class="break">{name}</bdi></a>
                " "
                <span class="muted">{size(t, filed.size)}</span>
            </p>
            <p class="muted">{what}" · "<Moment at bare=true/></p>
            {(!note.is_empty()).then(|| view! { <p class="said" dir="auto">{note}</p> })}
            <p class="small-text muted">"SHA-256 "<code class="break" dir="ltr">{sha256}</code></p>
        </li>
    }
}

/// `412 KB`, rounded up so that no file looks empty.
fn size(t: Locale, bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000 * KB;
    if bytes < MB {
        t.case_kilobytes(t.number(bytes.div_ceil(KB)))
    } else {
        t.case_megabytes(t.number(bytes.div_ceil(MB)))
    }
}
