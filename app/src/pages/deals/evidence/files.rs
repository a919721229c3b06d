//! The files of a deal, each with what it is to whoever judges by it.

use leptos::prelude::*;
use services::files::FiledEvidence;

use super::super::room::item_word;
use super::super::words::Words;
use crate::components::{Disclosure, Moment};
use crate::pages::files::words::size;

/// Every one of these files, oldest first; a sentence when there is none.
pub(in crate::pages) fn list<'f>(
    words: Words<'_>,
    filed: impl IntoIterator<Item = &'f FiledEvidence>,
) -> AnyView {
    let lines: Vec<_> = filed.into_iter().map(|filed| line(words, filed)).collect();
    if lines.is_empty() {
        return view! { <p>{words.t().deal_evidence_none()}</p> }.into_any();
    }
    view! { <ul class="evidence-files">{lines}</ul> }.into_any()
}

/// That there are so many files, for those who look after money and not after papers.
pub(in super::super) fn count(words: Words<'_>) -> impl IntoView + use<> {
    let count = u64::try_from(words.view.deal.evidence.len()).unwrap_or(u64::MAX);
    view! { <p>{words.t().evidence_files(count)}</p> }
}

fn line(words: Words<'_>, filed: &FiledEvidence) -> impl IntoView + use<> {
    let t = words.t();
    let evidence = &filed.evidence;
    let what = evidence
        .item
        .map_or_else(|| t.deal_evidence_other(), |item| item_word(t, item));
    let who = words.role(evidence.by);
    let (at, note) = (evidence.at, evidence.note.clone());
    let sha256 = evidence.sha256.to_string();
    let digest = format!("digest-{}", evidence.file);
    let href = format!("/files/{}", evidence.file);
    let picture = filed.has_preview.then(|| {
        let src = format!("{href}/preview");
        let larger = src.clone();
        let alt = t.evidence_preview(&filed.name);
        view! {
            <a class="evidence-picture" href=larger>
                <img src=src alt=alt width="112" height="112" loading="lazy" decoding="async"/>
            </a>
        }
    });
    let (name, size) = (filed.name.clone(), size(t, filed.size));
    view! {
        <li>
            {picture}
            <div class="stack tight">
                <p>
                    <a href=href download><bdi class="break">{name}</bdi></a>
                    " "<span class="muted">{size}</span>
                </p>
                <p>{what}</p>
                {(!note.is_empty()).then(|| view! { <p class="said" dir="auto">{note}</p> })}
                <p class="small-text muted">{who}" · "<Moment at bare=true/></p>
                <Disclosure id=digest title=t.evidence_digest()>
                    <p class="small-text muted">
                        {t.evidence_digest_text()}
                    </p>
                    <p class="small-text"><code class="break" dir="ltr">{sha256}</code></p>
                </Disclosure>
            </div>
        </li>
    }
}
