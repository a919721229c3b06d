//! The page: what can be added and how, what was agreed, and what is there.

use axum::http::StatusCode;
use axum::response::Response;
use domain::deal::{
    Command, EVIDENCE_NOTE_CHARS_MAX, EVIDENCE_PER_SIDE_MAX, EvidenceItem, Party, Rejection,
};
use domain::digest::Digest;
use domain::id::FileId;
use leptos::prelude::*;
use services::files::{FiledEvidence, Staged};

use super::super::frame::heading;
use super::super::open::{Case, room_path};
use super::super::refusal::refusal;
use super::super::room::{checklist, future_panel, item_word};
use super::super::words::Words;
use super::files;
use super::words::at_once;
use crate::components::{
    Banner, Button, Checkboxes, Choice, EvidenceChecklist, FileField, Look, PostForm, RadioCards,
    Refresh, Textarea, Tone,
};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::islands::Uploading;
use crate::page::Page;
use crate::pages::files::words::{largest, size};

/// The choice of an item that says: none of those agreed.
pub(super) const OTHER: &str = "other";

/// What a file chooser offers first; what a file is decides its content, once it is here.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif,\
    application/pdf,video/mp4,video/quicktime,video/webm,audio/mpeg,audio/mp4,audio/ogg,\
    text/plain,application/zip,.heic,.heif,.m4a,.txt";

/// What is typed beside the files.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub(super) item: String,
    pub(super) note: String,
}

/// What the page shows beside the deal.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) fields: Fields,
    /// Files of a form that was refused.
    pub(super) kept: Vec<Staged>,
    pub(super) filed: Vec<FiledEvidence>,
    /// The answer's status when something was wrong.
    pub(super) status: StatusCode,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            fields: Fields::default(),
            kept: Vec::new(),
            filed: Vec::new(),
            status: StatusCode::OK,
        }
    }
}

/// The items of the evidence contract that the party can fulfil: it is the seller's.
pub(super) fn items(case: &Case) -> &[EvidenceItem] {
    match case.party {
        Party::Seller => &case.deal().terms.evidence_contract,
        Party::Buyer => &[],
    }
}

/// Whether a file more would be taken, asked of the function that decides it.
fn may_add(case: &Case) -> Result<(), Rejection> {
    case.may(Command::AddEvidence {
        file: FileId::derived(&[b"any"]),
        sha256: Digest::of(b"any"),
        item: None,
        note: String::new(),
    })
}

pub(super) fn show(page: &Page, case: &Case, shown: Shown, errors: &Errors) -> Response {
    let t = page.t();
    let title = t.deal_step_page_title(t.evidence_title(), case.deal().id.short());
    let words = Words::new(page, &case.view);
    let status = shown.status;
    page.html(title).errors(errors).status(status).render(|| {
        let rest = match may_add(case) {
            Ok(()) => form(page, case, &shown).into_any(),
            Err(rejection) => {
                let text = refusal(page, rejection);
                // Said once: the summary of a refused form has the same words.
                let is_said = errors.iter().any(|error| error.message == text);
                let text = if is_said {
                    t.evidence_closed().to_owned()
                } else {
                    text
                };
                view! { <Banner tone=Tone::Care>{text}</Banner> }.into_any()
            }
        };
        let agreed = (!case.deal().terms.evidence_contract.is_empty()).then(|| {
            let items = checklist(words);
            view! {
                <p class="muted">{t.deal_evidence_agreed()}</p>
                <EvidenceChecklist items/>
            }
        });
        view! {
            <div class="step stack loose">
                {heading(page, case, t.evidence_title().to_owned())}
                {rest}
                <section class="stack" aria-labelledby="there">
                    <h2 id="there">{t.evidence_all()}</h2>
                    <Refresh/>
                    {agreed}
                    {files::list(words, &shown.filed)}
                </section>
                {future_panel(words)}
            </div>
        }
    })
}

fn form(page: &Page, case: &Case, shown: &Shown) -> impl IntoView + use<> {
    let t = page.t();
    let given = case.deal().evidence.iter();
    let given = given.filter(|evidence| evidence.by == case.party).count();
    let number = move |count: usize| t.number(u64::try_from(count).unwrap_or(u64::MAX));
    let room = t.evidence_given_of(number(given), number(EVIDENCE_PER_SIDE_MAX));
    let hint = format!("{} {}", t.evidence_limits(largest(t), at_once(t)), room);
    let choices = item_choices(t, case);
    let chosen = shown.fields.item.clone();
    let note = shown.fields.note.clone();
    let back = room_path(case.deal().id);
    let has_kept = !shown.kept.is_empty();
    let label = if has_kept {
        t.evidence_files_more()
    } else {
        t.evidence_files_label()
    };
    let kept = kept(t, &shown.kept);
    view! {
        <div class="stack">
            <p class="prose">{t.evidence_text()}</p>
            <PostForm multipart=true class="stack loose">
                {kept}
                <FileField
                    name="files"
                    label
                    hint
                    accept=ACCEPT
                    multiple=true
                    optional=has_kept
                />
                {(!choices.is_empty()).then(|| view! {
                    <RadioCards name="item" legend=t.evidence_item() choices chosen/>
                })}
                <Textarea
                    name="note"
                    label=t.evidence_note()
                    hint=t.evidence_note_hint(number(EVIDENCE_NOTE_CHARS_MAX))
                    value=note
                    rows=3
                    optional=true
                />
                <Banner tone=Tone::Care>{t.evidence_for_good()}</Banner>
                <p class="cluster">
                    <Button>{t.evidence_button()}</Button>
                    <Button look=Look::Quiet href=back>{t.deal_step_to_deal()}</Button>
                </p>
                <Uploading label=t.evidence_uploading()/>
            </PostForm>
        </div>
    }
}

/// Files that need not be chosen again.
fn kept(t: Locale, kept: &[Staged]) -> Option<impl IntoView + use<>> {
    let choices: Vec<_> = kept
        .iter()
        .map(|file| {
            let choice = Choice::new(file.id.to_string(), file.name.clone());
            choice.detail(size(t, file.size))
        })
        .collect();
    let chosen: Vec<_> = choices.iter().map(|choice| choice.value.clone()).collect();
    (!choices.is_empty()).then(|| {
        view! {
            <Checkboxes
                name="staged"
                legend=t.evidence_kept()
                hint=t.evidence_kept_hint()
                choices
                chosen
            />
        }
    })
}

fn item_choices(t: Locale, case: &Case) -> Vec<Choice> {
    let agreed = items(case);
    if agreed.is_empty() {
        return Vec::new();
    }
    let choices = agreed
        .iter()
        .map(|item| Choice::new(item.code(), item_word(t, *item)));
    let other = Choice::new(OTHER, t.evidence_item_other());
    choices.chain([other]).collect()
}
