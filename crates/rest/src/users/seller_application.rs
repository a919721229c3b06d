//! `POST /user/seller-application`: asking to sell.

use std::sync::Arc;

use axum::extract::State;
use domain::user::UserRejection;
use services::Services;
use services::people::ChangeUserError;

use super::refusals::rejected;
use crate::answer::Data;
use crate::auth::Account;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// Ask to sell
///
/// Where nobody has to approve, one may at once. Asked again, it changes nothing.
#[utoipa::path(
    post,
    path = "/user/seller-application",
    tag = "users",
    extensions(("x-policy" = json!("seller.apply"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "The account, whose `sellerStatus` tells", body = Data<Account>))
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Account>, Problem> {
    match services.apply_to_sell(&caller.actor).await {
        Ok(user) => Ok(Data::new(Account::of(&user))),
        Err(ChangeUserError::Rejected(UserRejection::AlreadyApplied)) => {
            let user = services.read_account(&caller.actor).await.map_err(failed)?;
            Ok(Data::new(Account::of(&user)))
        }
        Err(ChangeUserError::Rejected(rejection)) => Err(rejected(rejection)),
        Err(ChangeUserError::Failed(failure)) => Err(failed(failure)),
    }
}
