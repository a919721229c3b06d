//! What each side has shown, and what of the agreed evidence is there.

use domain::deal::Party;
use leptos::prelude::*;
use services::deals::Relation;
use services::disputes::CaseView;

use crate::components::{Banner, EvidenceChecklist, Tone};
use crate::page::Page;
use crate::pages::deals::for_staff::{Words, checklist, list_of_files};

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
    let words = Words::new(page, &case.view);
    let role = match party {
        Party::Buyer => t.deal_buyer(),
        Party::Seller => t.deal_seller(),
    };
    // The evidence contract is the seller's to fulfil.
    let contract = (party == Party::Seller).then(|| {
        let items = checklist(words);
        view! {
            <p class="muted">{t.case_contract()}</p>
            <EvidenceChecklist items/>
        }
    });
    let theirs = case
        .evidence
        .iter()
        .filter(|filed| filed.evidence.by == party);
    let files = list_of_files(words, theirs);
    view! {
        <div class="card stack tight">
            <h3>{role}</h3>
            {contract}
            {files}
        </div>
    }
}
