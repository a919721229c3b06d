//! Opening the case that a page is about.

use services::deals::Relation;
use services::disputes::CaseView;

use crate::page::{Failure, Page};
use crate::pages::deals::for_staff::{DealPath, failure, room_path};
use crate::pages::staff::Step;

/// The case as the caller may see it.
pub(super) async fn open(page: &Page, path: DealPath) -> Result<CaseView, Failure> {
    let case = page.services().view_case(&page.actor(), path.0).await;
    case.map_err(|error| failure(&error))
}

/// The case for whoever judges or oversees it: to its parties these pages are nobody's.
pub(super) async fn open_for_staff(page: &Page, path: DealPath) -> Result<CaseView, Failure> {
    let case = open(page, path).await?;
    match case.view.relation {
        Relation::Party(_) => Err(Failure::NotFound),
        Relation::Resolver | Relation::Approver | Relation::Admin => Ok(case),
    }
}

/// The address of a case.
pub(super) fn case_path(case: &CaseView) -> String {
    format!("/disputes/{}", case.view.deal.id)
}

/// The address at which its parties see the dispute.
pub(super) fn of_party(case: &CaseView) -> String {
    format!("{}#dispute", room_path(case.view.deal.id))
}

/// The frame of a step in this case.
pub(super) fn step<'a>(page: &'a Page, case: &'a CaseView, title: impl Into<String>) -> Step<'a> {
    Step {
        page,
        deal: &case.view.deal,
        title: title.into(),
        back: case_path(case),
        back_label: page.t().case_back().to_owned(),
    }
}
