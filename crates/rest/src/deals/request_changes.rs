//! `POST /marketplace/deals/{id}/request-changes`.

use domain::deal::{Command, STATEMENT_CHARS_MAX};
use domain::text::Block;
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::body::Body;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What is to be changed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Changes {
    #[schema(example = "The lens is not the one in the offer.")]
    note: String,
}

/// Ask for changes
///
/// The buyer's, while looking at the goods; twice at the most. The goods are then delivered anew.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/request-changes",
    tag = "deals",
    extensions(("x-policy" = json!("deal.request_changes"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Changes,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step, Body(sent): Body<Changes>) -> Result<Versioned<DealRoom>, Problem> {
    let mut fields = Fields::default();
    let note = Block::<STATEMENT_CHARS_MAX>::new(&sent.note);
    let Some(note) = fields.text("note", note) else {
        return Err(fields.problem());
    };
    let note = note.into();
    step.take(Command::AskForChanges { note }).await
}
