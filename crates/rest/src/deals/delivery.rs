//! `PUT /marketplace/deals/{id}/delivery`.

use domain::deal::{Command, LABEL_CHARS_MAX};
use domain::text::Line;
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

type Label = Line<LABEL_CHARS_MAX>;

/// How the goods are sent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Delivery {
    /// Who carries them; goods that nobody carries need none.
    #[serde(default)]
    #[schema(example = "Post")]
    carrier: String,
    /// The carrier's number for them.
    #[serde(default)]
    #[schema(example = "RR123456789IR")]
    tracking: String,
}

/// Say that the goods are on their way
///
/// The seller's, once the deal is funded.
#[utoipa::path(
    put,
    path = "/marketplace/deals/{id}/delivery",
    tag = "deals",
    extensions(("x-policy" = json!("deal.ship"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Delivery,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn put(step: Step, Body(sent): Body<Delivery>) -> Result<Versioned<DealRoom>, Problem> {
    let mut fields = Fields::default();
    let carrier = fields.text("carrier", Label::optional(&sent.carrier));
    let tracking = fields.text("tracking", Label::optional(&sent.tracking));
    if !fields.are_right() {
        return Err(fields.problem());
    }
    let text =
        |label: Option<Option<Label>>| label.flatten().map_or_else(String::new, String::from);
    let ship = Command::Ship {
        carrier: text(carrier),
        tracking: text(tracking),
    };
    step.take(ship).await
}
