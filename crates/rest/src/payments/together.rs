//! `GET /payment/payouts/together`: small payouts that are sent together.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use services::Services;

use super::payout::Payout;
use super::payouts::DeskFilter;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

/// List payouts sent together that wait for an admin
///
/// The newest hundred of a desk.
#[utoipa::path(
    get,
    path = "/payment/payouts/together",
    tag = "payment",
    extensions(("x-policy" = json!("money.read"))),
    security(("bearer" = []), ("session" = [])),
    params(DeskFilter),
    responses(
        (status = 200, description = "Payouts", body = Data<Vec<Payout>>),
        (status = 403, description = "`FORBIDDEN`"),
        (status = 422, description = "`VALIDATION_FAILED`: `errors` names the parameters"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(filter): Query<DeskFilter>,
) -> Result<Data<Vec<Payout>>, Problem> {
    caller.may(Action::ReadMoney)?;
    let desk = filter.read()?;
    let found = services.list_joint_desk(&caller.actor, desk).await;
    let found = found.map_err(failed)?.into_iter().map(|(joint, payee)| {
        let limits = services.config().money.limits_of(joint.asset);
        let needs_two = joint.net > limits.payout_one_key;
        Payout::of_summary(joint, payee, needs_two)
    });
    Ok(Data::new(found.collect()))
}
