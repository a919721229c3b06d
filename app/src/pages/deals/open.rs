//! Opening the deal that a page is about.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use domain::deal::{Command, Deal, Party, Rejection};
use domain::id::DealId;
use services::deals::{DealError, DealView};

use crate::page::{Failure, Page};

/// The deal that the path names. A word that is no id names none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DealPath(pub(crate) DealId);

impl<S: Send + Sync> FromRequestParts<S> for DealPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(id) = path.map_err(|_| Failure::NotFound)?;
        id.parse().map(Self).map_err(|_| Failure::NotFound)
    }
}

/// A deal as one of its parties sees it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) view: DealView,
    pub(crate) party: Party,
}

impl Case {
    /// Opens the deal for one of its parties; for anybody else there is none.
    pub(super) async fn open(page: &Page, path: DealPath) -> Result<Self, Failure> {
        let view = view(page, path).await?;
        let party = view.party().ok_or(Failure::NotFound)?;
        Ok(Self { view, party })
    }

    pub(super) const fn deal(&self) -> &Deal {
        &self.view.deal
    }

    /// Whether the party could take this step now, asked of the function that decides it.
    pub(super) fn may(&self, step: Command) -> Result<(), Rejection> {
        self.view.after(step).map(|_| ())
    }

    /// Back to the deal, with the message that the step was taken.
    pub(super) fn done(&self, page: &Page, message: &str) -> Response {
        let room = room_path(self.deal().id);
        page.see_other(&format!("{room}?done={message}"))
    }
}

/// The deal as the caller may see it.
pub(in crate::pages) async fn view(page: &Page, path: DealPath) -> Result<DealView, Failure> {
    let view = page.services().view_deal(&page.actor(), path.0).await;
    view.map_err(|error| failure(&error))
}

/// The page for an error that no words beside a form would mend.
pub(in crate::pages) fn failure(error: &DealError) -> Failure {
    match error {
        DealError::NotFound => Failure::NotFound,
        DealError::Failed(failure) => failure.clone().into(),
        DealError::Rejected(_) | DealError::AddressNotConfirmed | DealError::KeyReused => {
            Failure::Internal
        }
    }
}

/// The address of a deal's room.
pub(crate) fn room_path(deal: DealId) -> String {
    format!("/deals/{deal}")
}

/// The address of the page of one step.
pub(crate) fn step_path(deal: DealId, step: &str) -> String {
    format!("/deals/{deal}/{step}")
}
