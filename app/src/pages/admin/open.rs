//! Opening the deal in which an admin is about to take a step.

use services::deals::StaffView;

use crate::page::{Failure, Page};
use crate::pages::deals::for_staff::{DealPath, failure, room_path};
use crate::pages::staff::Step;

/// The deal, for those who see all money.
pub(super) async fn open(page: &Page, path: DealPath) -> Result<StaffView, Failure> {
    let actor = page.actor();
    let staff = page.services().view_deal_as_admin(&actor, path.0);
    staff.await.map_err(|error| failure(&error))
}

/// The frame of a step in this deal.
pub(super) fn step<'a>(page: &'a Page, staff: &'a StaffView, title: impl Into<String>) -> Step<'a> {
    let deal = &staff.view.deal;
    Step {
        page,
        deal,
        title: title.into(),
        back: room_path(deal.id),
        back_label: page.t().deal_title(deal.id.short()),
    }
}

/// Where a step leads once it was taken.
pub(super) fn done(path: DealPath, message: &str) -> String {
    format!("{}?done={message}", room_path(path.0))
}
