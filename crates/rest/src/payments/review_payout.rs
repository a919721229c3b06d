//! `GET /payment/payouts/{id}`, `POST …/approve`, `…/reject`, `…/retry`: an admin's word on a payout.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::deal::{Command, LegId, NOTE_CHARS_MAX};
use domain::id::{CommandKey, DealId, JointPayoutId};
use domain::policy::Action;
use domain::text::Block;
use serde::Deserialize;
use services::deals::ActOnDeal;
use services::payments::{Movement, PaymentId};
use services::payouts::{JointStep, ReviewPayoutError};
use services::{Actor, Services};
use utoipa::ToSchema;

use super::payout::Payout;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::deals::{Refusals, refused};
use crate::edition::{IfMatch, Versioned};
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::{Fields, failed};

/// What the id of a payout names.
#[derive(Debug, Clone)]
enum Named {
    Leg(DealId, LegId),
    Joint(JointPayoutId),
}

impl Named {
    fn read(id: &str) -> Result<Self, Problem> {
        if let Ok(joint) = id.parse() {
            return Ok(Self::Joint(joint));
        }
        match id.parse() {
            Ok(PaymentId {
                deal,
                movement: Movement::Out(leg),
            }) => Ok(Self::Leg(deal, leg)),
            Ok(_) | Err(_) => Err(Problem::not_found()),
        }
    }
}

/// Why it is not sent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Rejection {
    /// For both sides to read.
    #[schema(example = "We look at the address")]
    reason: String,
}

/// An admin's step with a payout.
struct Review {
    services: Arc<Services>,
    actor: Actor,
    version: Option<u64>,
    key: CommandKey,
    named: Named,
}

impl Review {
    async fn act(self, of_leg: impl Fn(LegId) -> Command, of_joint: JointStep) -> Answer {
        match self.named.clone() {
            Named::Leg(deal, leg) => {
                let step = of_leg(leg);
                self.act_on_deal(deal, step).await?;
            }
            Named::Joint(id) => {
                let (version, key) = (self.version, Some(self.key.clone()));
                let acted = self
                    .services
                    .act_on_joint(&self.actor, id, of_joint, version, key);
                acted
                    .await
                    .map_err(|error| refused(&self.services, error))?;
            }
        }
        show(&self.services, &self.actor, &self.named).await
    }

    async fn act_on_deal(&self, deal: DealId, step: Command) -> Result<(), Problem> {
        let command = ActOnDeal {
            deal,
            expected_version: self.version,
            key: Some(self.key.clone()),
            step,
        };
        let acted = self.services.act_on_deal(&self.actor, command).await;
        acted.map_err(|error| refused(&self.services, error))?;
        Ok(())
    }
}

type Answer = Result<Versioned<Payout>, Problem>;

async fn show(services: &Services, actor: &Actor, named: &Named) -> Answer {
    let payout = match named {
        Named::Leg(deal, leg) => {
            let review = services.review_payout(actor, *deal, leg).await;
            Payout::from(review.map_err(not_shown)?)
        }
        Named::Joint(id) => {
            let review = services.review_joint(actor, *id).await.map_err(not_shown)?;
            let limits = services.config().money.limits_of(review.joint.asset);
            let needs_two = review.joint.net() > limits.payout_one_key;
            Payout::of_joint(&review.joint, review.payee, needs_two)
        }
    };
    let version = payout.version();
    Ok(Versioned::new(payout, version))
}

fn not_shown(error: ReviewPayoutError) -> Problem {
    match error {
        ReviewPayoutError::NotFound => Problem::not_found(),
        ReviewPayoutError::Failed(failure) => failed(failure),
    }
}

/// See a payout
#[utoipa::path(
    get,
    path = "/payment/payouts/{id}",
    tag = "payment",
    extensions(("x-policy" = json!("payout.approve"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which payout", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller")),
    responses(
        (status = 200, description = "The payout", body = Data<Payout>),
        (status = 403, description = "`FORBIDDEN`"),
        (status = 404, description = "`NOT_FOUND`"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    caller.may(Action::ApprovePayout)?;
    show(&services, &caller.actor, &Named::read(&id)?).await
}

/// Approve a payout
///
/// One admin; above a limit two, and then its payee has a day to stop it.
#[utoipa::path(
    post,
    path = "/payment/payouts/{id}/approve",
    tag = "payment",
    extensions(("x-policy" = json!("payout.approve"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which payout", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller"),
        IdempotencyKey,
        IfMatch,
    ),
    responses(
        (status = 200, description = "The payout after it", body = Data<Payout>),
        Refusals,
    )
)]
pub async fn approve(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
) -> Answer {
    caller.may(Action::ApprovePayout)?;
    let review = Review {
        services,
        actor: caller.actor,
        version,
        key,
        named: Named::read(&id)?,
    };
    let approve = |leg| Command::ApproveLeg { leg };
    review.act(approve, JointStep::Approve).await
}

/// Reject a payout
///
/// An admin's: its deal is paused for review, so nothing of it is sent. Payouts sent together are
/// stopped by not approving them.
#[utoipa::path(
    post,
    path = "/payment/payouts/{id}/reject",
    tag = "payment",
    extensions(("x-policy" = json!("deal.hold"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which payout", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller"),
        IdempotencyKey,
        IfMatch,
    ),
    request_body = Rejection,
    responses(
        (status = 200, description = "The payout after it", body = Data<Payout>),
        Refusals,
    )
)]
pub async fn reject(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
    Body(sent): Body<Rejection>,
) -> Answer {
    caller.may(Action::HoldDeal)?;
    let mut fields = Fields::default();
    let reason = Block::<NOTE_CHARS_MAX>::new(&sent.reason);
    let Some(reason) = fields.text("reason", reason) else {
        return Err(fields.problem());
    };
    let named = Named::read(&id)?;
    let Named::Leg(deal, _) = named else {
        return Err(Problem::not_found());
    };
    let review = Review {
        services,
        actor: caller.actor,
        version,
        key,
        named,
    };
    let reason = reason.into();
    review.act_on_deal(deal, Command::Hold { reason }).await?;
    show(&review.services, &review.actor, &review.named).await
}

/// Have an unclear payout sent again
///
/// Two admins', each of whom has seen that chain and wallet show no transfer.
#[utoipa::path(
    post,
    path = "/payment/payouts/{id}/retry",
    tag = "payment",
    extensions(("x-policy" = json!("payout.clear_unknown"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which payout", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller"),
        IdempotencyKey,
        IfMatch,
    ),
    responses(
        (status = 200, description = "The payout after it", body = Data<Payout>),
        Refusals,
    )
)]
pub async fn retry(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
) -> Answer {
    caller.may(Action::ClearUnknownPayout)?;
    let review = Review {
        services,
        actor: caller.actor,
        version,
        key,
        named: Named::read(&id)?,
    };
    let resend = |leg| Command::AgreeResend { leg };
    review.act(resend, JointStep::AgreeResend).await
}
