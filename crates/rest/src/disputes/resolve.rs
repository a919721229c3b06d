//! `POST /disputes/{id}/resolve`: a resolver rules.

use domain::deal::{Command, STATEMENT_CHARS_MAX};
use domain::text::Block;
use serde::Deserialize;
use utoipa::ToSchema;

use super::case::Dispute;
use super::ruling::outcome_of;
use super::step::CaseStep;
use crate::answer::Data;
use crate::body::Body;
use crate::deals::Refusals;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::Fields;

/// How what is held is divided, to the last unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resolution {
    /// `release`, `refund` or `split`: has to agree with the sums.
    #[schema(example = "split")]
    outcome: String,
    /// The buyer's part, in base units.
    #[schema(example = "70000000")]
    buyer_units: String,
    /// The seller's part after the fee, in base units. With the buyer's part and the fee it adds up
    /// to what is held.
    #[schema(example = "29700000")]
    seller_units: String,
    /// Why, for both sides to read.
    #[schema(example = "The photographs show another camera.")]
    reasoning: String,
}

/// Rule a dispute
///
/// Of the resolver it was drawn for, after the answer or its 72 hours. Where much is held it is only
/// proposed until another resolver approves it. It can be appealed for 48 hours.
#[utoipa::path(
    post,
    path = "/disputes/{id}/resolve",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.rule"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    request_body = Resolution,
    responses(
        (status = 200, description = "The dispute after it", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn post(
    case: CaseStep,
    Body(sent): Body<Resolution>,
) -> Result<Versioned<Dispute>, Problem> {
    let mut fields = Fields::default();
    let buyer = fields.units("buyerUnits", &sent.buyer_units);
    let seller = fields.units("sellerUnits", &sent.seller_units);
    let reasoning = Block::<STATEMENT_CHARS_MAX>::new(&sent.reasoning);
    let reasoning = fields.text("reasoning", reasoning);
    let (Some(buyer), Some(seller), Some(reasoning)) = (buyer, seller, reasoning) else {
        return Err(fields.problem());
    };
    let named = outcome_of(buyer, seller);
    if sent.outcome != named {
        let message = format!("these sums are a {named}");
        return Err(Problem::field("outcome", "OUTCOME_MISMATCH", message));
    }
    let rule = Command::Rule {
        buyer,
        seller,
        reasoning: reasoning.into(),
    };
    case.take(rule).await
}
