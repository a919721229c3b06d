//! `GET /user/payout-addresses`.

use std::sync::Arc;

use axum::extract::State;
use services::Services;

use super::shape::OwnAddress;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// List one's payout addresses
#[utoipa::path(
    get,
    path = "/user/payout-addresses",
    tag = "users",
    extensions(("x-policy" = json!("account.read"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "Those in use or on their way to be", body = Data<Vec<OwnAddress>>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Vec<OwnAddress>>, Problem> {
    let user = services.read_account(&caller.actor).await.map_err(failed)?;
    Ok(Data::new(OwnAddress::all_of(&user, services.now())))
}
