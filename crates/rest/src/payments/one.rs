//! `GET /payment/payments/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::policy::Action;
use serde::Serialize;
use services::Services;
use services::payments::{PaymentDetail, PaymentDetails, ViewPaymentError};
use utoipa::ToSchema;

use super::shape::PaymentCard;
use crate::answer::Data;
use crate::caller::Caller;
use crate::money::Money;
use crate::problem::Problem;
use crate::refusals::failed;

/// A payment with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    #[serde(flatten)]
    card: PaymentCard,
    /// The transaction, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    tx_hash: Option<String>,
    /// Of what came in: the part that serves the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<Money>,
    /// Of what came in: more than the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    surplus: Option<Money>,
    /// Of what came in: too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<Money>,
    /// Of what goes out: what is taken from the deal for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    gross: Option<Money>,
    /// Of what goes out: the part that pays for the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    network_fee: Option<Money>,
}

impl From<PaymentDetails> for Payment {
    fn from(details: PaymentDetails) -> Self {
        let asset = details.payment.asset;
        let money = |units| Some(Money::on_network(units, asset));
        let mut told = Self {
            card: PaymentCard::from(&details.payment),
            tx_hash: None,
            held: None,
            surplus: None,
            late: None,
            gross: None,
            network_fee: None,
        };
        match details.detail {
            PaymentDetail::In {
                tx,
                held,
                surplus,
                late,
            } => {
                told.tx_hash = Some(tx);
                told.held = money(held);
                told.surplus = money(surplus);
                told.late = money(late);
            }
            PaymentDetail::Out {
                gross,
                network_fee,
                tx,
            } => {
                told.tx_hash = tx;
                told.gross = money(gross);
                told.network_fee = money(network_fee);
            }
        }
        told
    }
}

/// See a payment
#[utoipa::path(
    get,
    path = "/payment/payments/{id}",
    tag = "payment",
    extensions(("x-policy" = json!("payment.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which payment", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller")),
    responses(
        (status = 200, description = "The payment", body = Data<Payment>),
        (status = 404, description = "`NOT_FOUND`: no such payment, or none of the caller's"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Payment>, Problem> {
    caller.may(Action::ReadOwnPayments)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    match services.view_payment(&caller.actor, &id).await {
        Ok(details) => Ok(Data::new(details.into())),
        Err(ViewPaymentError::NotFound) => Err(Problem::not_found()),
        Err(ViewPaymentError::Failed(failure)) => Err(failed(failure)),
    }
}
