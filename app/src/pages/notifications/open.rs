//! `/notifications/{id}/open`: reads one, and leads to what it is about.

use axum::extract::Path;
use services::notifications::MarkReadError;

use super::list::Fields;
use crate::form::Submission;
use crate::next_path::local_path;
use crate::page::{Failure, Page, PageResult};

pub(crate) async fn post(
    page: Page,
    Path(id): Path<String>,
    _form: Submission<Fields>,
) -> PageResult {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    match page
        .web
        .services
        .mark_notification_read(&page.actor(), id)
        .await
    {
        Ok(leads_to) => {
            let path = leads_to.as_deref().and_then(local_path);
            Ok(page.see_other(path.unwrap_or("/notifications")))
        }
        Err(MarkReadError::NotFound) => Err(Failure::NotFound),
        Err(MarkReadError::Failed(failure)) => Err(failure.into()),
    }
}
