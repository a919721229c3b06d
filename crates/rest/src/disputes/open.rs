//! `POST /disputes`: opening one.

use std::sync::Arc;

use axum::extract::State;
use domain::deal::{Claim, Command, DisputeCategory, STATEMENT_CHARS_MAX};
use domain::policy::Action;
use domain::text::Block;
use serde::Deserialize;
use services::Services;
use services::deals::ActOnDeal;
use utoipa::ToSchema;

use super::case::Dispute;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::deals::{Refusals, refused};
use crate::edition::{IfMatch, Versioned};
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What one side holds against the other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewDispute {
    /// The request whose deal is disputed.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    /// `product_quality`, `delivery_delay`, `wrong_item`, `payment_issue`, `seller_behavior` or
    /// `other`.
    #[schema(example = "wrong_item")]
    category: String,
    /// In short.
    #[schema(example = "Another camera came")]
    reason: String,
    /// What happened. With the reason it has at most 2,000 characters.
    #[schema(example = "The serial number is not the one in the offer.")]
    description: String,
    /// The buyer's part that is asked for, in base units.
    #[schema(example = "100000000")]
    wanted_units: Option<String>,
}

impl NewDispute {
    fn read(&self) -> Result<Claim, Problem> {
        let mut fields = Fields::default();
        let codes = DisputeCategory::CHOOSABLE.map(DisputeCategory::code);
        let category = DisputeCategory::from_code(&self.category);
        let category = fields.choice("category", category, &codes);
        fields.text("reason", Block::<STATEMENT_CHARS_MAX>::new(&self.reason));
        let whole = format!("{}\n\n{}", self.reason, self.description);
        let statement = Block::<STATEMENT_CHARS_MAX>::new(&whole);
        let statement = fields.text("description", statement);
        let wanted = match &self.wanted_units {
            Some(units) => fields.units("wantedUnits", units),
            None => None,
        };
        match (category, statement, fields.are_right()) {
            (Some(category), Some(statement), true) => Ok(Claim {
                category,
                statement: statement.into(),
                wanted,
            }),
            _ => Err(fields.problem()),
        }
    }
}

/// Open a dispute
///
/// Either side's, from funding until the outcome is fixed; two in a deal at the most. Everything is
/// frozen until it is withdrawn, agreed on or ruled.
#[utoipa::path(
    post,
    path = "/disputes",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.take_part"))),
    security(("bearer" = []), ("session" = [])),
    params(IdempotencyKey, IfMatch),
    request_body = NewDispute,
    responses(
        (status = 200, description = "The dispute", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    IfMatch(version): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
    Body(sent): Body<NewDispute>,
) -> Result<Versioned<Dispute>, Problem> {
    caller.may(Action::DisputeDeal)?;
    let claim = sent.read()?;
    let actor = &caller.actor;
    let no_such = || Problem::field("purchaseRequestId", "INVALID_ID", "no id that we gave");
    let request = sent.purchase_request_id.parse().map_err(|_| no_such())?;
    let deal = services
        .deal_of_request(actor, request)
        .await
        .map(|(deal, _)| deal);
    let deal = deal.map_err(|error| refused(&services, error))?;
    let command = ActOnDeal {
        deal,
        expected_version: version,
        key: Some(key),
        step: Command::OpenDispute { claim },
    };
    let opened = services.act_on_deal(actor, command).await;
    opened.map_err(|error| refused(&services, error))?;
    let viewed = services.view_case(actor, deal).await;
    let viewed = viewed.map_err(|error| refused(&services, error))?;
    Ok(Dispute::answer(viewed))
}
