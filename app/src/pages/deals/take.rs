//! Taking a step in a deal, for the pages of all steps.

use axum::response::Response;
use domain::deal::Command;
use domain::id::CommandKey;
use services::deals::ActOnDeal;

use super::open::{Case, DealPath};
use super::refusal;
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

/// Takes the step that a form asks for. Done: back to the deal with the message `done`. Refused,
/// or decided on an older version: the page again, with the deal as it is now and all that was
/// typed.
pub(super) async fn take<T>(
    page: &Page,
    case: &Case,
    form: &Submission<T>,
    step: Command,
    done: &str,
    show: impl FnOnce(&Case, &Errors) -> Response,
) -> PageResult {
    let path = DealPath(case.deal().id);
    let command = ActOnDeal {
        deal: path.0,
        expected_version: form.version,
        key: key(form),
        step,
    };
    let taken = page.services().act_on_deal(&page.actor(), command).await;
    match taken {
        Ok(_) => Ok(case.done(page, done)),
        Err(error) => {
            let errors = Errors::whole(refusal::words(page, &error)?);
            let case = Case::open(page, path).await?;
            Ok(show(&case, &errors))
        }
    }
}

/// What makes sending the form twice do it once.
pub(in crate::pages) fn key<T>(form: &Submission<T>) -> Option<CommandKey> {
    CommandKey::new(form.key.clone()).ok()
}
