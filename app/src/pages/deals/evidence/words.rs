//! What is said of the files of one form.

use services::files::AddEvidenceError;

use super::super::open::failure;
use super::FILES_AT_ONCE;
use crate::i18n::Locale;
use crate::page::{Failure, Page};

/// How many files fit into one form, in digits.
pub(super) fn at_once(t: Locale) -> String {
    t.number(u64::try_from(FILES_AT_ONCE).unwrap_or(u64::MAX))
}

pub(super) fn too_many(page: &Page, name: &str) -> String {
    let t = page.t();
    t.evidence_too_many(name, at_once(t))
}

/// The page for an error of which the form has nothing to say.
pub(super) fn unexpected(error: &AddEvidenceError) -> Failure {
    match error {
        AddEvidenceError::Deal(error) => failure(error),
        AddEvidenceError::File(_) | AddEvidenceError::NoSuchFile => Failure::internal(error),
    }
}
