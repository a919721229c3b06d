//! Evidence: files are added here, by both parties, while the deal is open or disputed.
//!
//! Adding is never wrong because something else happened meanwhile, so the form carries no version.
//! Every file is kept as soon as it arrives: what else is wrong with the form does not lose it.

mod bring;
mod files;
mod show;
mod words;

use axum::http::StatusCode;
use domain::deal::{EVIDENCE_NOTE_CHARS_MAX, EvidenceItem};
use domain::id::{DealId, FileId};
use domain::text::Block;
use services::files::{AddEvidence, AddEvidenceError, EvidenceFile, FiledEvidence};

use self::bring::Form;
pub(super) use self::files::count as count_of_files;
pub(in crate::pages) use self::files::list as list_of_files;
use self::show::{Fields, Shown};
use super::open::{Case, DealPath, failure, step_path};
use super::refusal;
use crate::form::{Errors, MultipartForm};
use crate::page::{Failure, Page, PageResult};
use crate::pages::files::words::not_taken;

/// So many files fit into one form.
const FILES_AT_ONCE: usize = 10;

/// What is said of the files.
type Note = Block<EVIDENCE_NOTE_CHARS_MAX>;

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    let shown = Shown {
        filed: filed(&page, path.0).await?,
        ..Shown::default()
    };
    Ok(show::show(&page, &case, shown, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: MultipartForm) -> PageResult {
    let case = Case::open(&page, path).await?;
    let mut form = match bring::read(&page, &case, form).await? {
        Ok(form) => form,
        Err(refused) => return Ok(refused),
    };
    let chosen = chosen(&page, &case, &mut form);
    if let Some((item, note)) = chosen.filter(|_| form.errors.is_empty()) {
        add(&page, path.0, &mut form, item, note.as_ref()).await?;
    }
    if form.errors.is_empty() {
        let here = step_path(path.0, "evidence");
        return Ok(page.see_other(&format!("{here}?done=deal_evidence_added")));
    }
    show_again(&page, path, form).await
}

/// What the files show and what is said of them, read from the form.
fn chosen(
    page: &Page,
    case: &Case,
    form: &mut Form,
) -> Option<(Option<EvidenceItem>, Option<Note>)> {
    let t = page.t();
    if form.staged.is_empty() && form.errors.is_empty() {
        form.errors.add("files", t.evidence_none_chosen());
    }
    let Fields { item, note } = &form.fields;
    let item = match EvidenceItem::from_code(item) {
        Some(item) => Ok(Some(item)),
        None if item == show::OTHER || show::items(case).is_empty() => Ok(None),
        None => Err(t.evidence_item_missing()),
    };
    let item = form.errors.take("item", item);
    let note = Note::optional(note).map_err(|error| super::fields::text_words(t, error));
    let note = form.errors.take("note", note);
    Some((item?, note?))
}

/// Adds what is kept, file by file. Sending the same again adds nothing: a file is in a deal once.
async fn add(
    page: &Page,
    deal: DealId,
    form: &mut Form,
    item: Option<EvidenceItem>,
    note: Option<&Note>,
) -> Result<(), Failure> {
    for file in &form.staged {
        let command = AddEvidence {
            deal,
            file: EvidenceFile::Staged(*file),
            item,
            note: note.cloned(),
            key: None,
        };
        let added = page.services().add_evidence(&page.actor(), command).await;
        match added {
            Ok(_) => {}
            Err(AddEvidenceError::NoSuchFile) => {
                form.errors.add("files", page.t().evidence_gone());
            }
            Err(AddEvidenceError::Deal(error)) => {
                form.errors.add_whole(refusal::words(page, &error)?);
                return Ok(());
            }
            Err(AddEvidenceError::File(error)) => {
                form.errors.add("files", not_taken(page, "", &error)?);
            }
        }
    }
    Ok(())
}

/// The page with all that was typed, all that is kept, and the deal as it is now.
async fn show_again(page: &Page, path: DealPath, form: Form) -> PageResult {
    let Form {
        fields,
        staged,
        errors,
        status,
    } = form;
    let case = Case::open(page, path).await?;
    let is_new = |id: &FileId| {
        let mut given = case.deal().evidence.iter();
        !given.any(|evidence| evidence.file == *id)
    };
    let staged: Vec<FileId> = staged.into_iter().filter(is_new).collect();
    let kept = page
        .services()
        .list_staged(&page.actor(), path.0, &staged)
        .await;
    let shown = Shown {
        fields,
        kept: kept.map_err(|error| words::unexpected(&error))?,
        filed: filed(page, path.0).await?,
        status: status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(show::show(page, &case, shown, &errors))
}

/// The evidence of the deal with its files.
async fn filed(page: &Page, deal: DealId) -> Result<Vec<FiledEvidence>, Failure> {
    let filed = page.services().list_evidence(&page.actor(), deal).await;
    filed.map_err(|error| failure(&error))
}
