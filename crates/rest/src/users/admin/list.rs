//! `GET /user/admin/list`.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use domain::role::Role;
use domain::{SellerStatus, UserStatus};
use serde::Deserialize;
use services::Services;
use services::people::{UserFilter, seller_status_code, user_status_code};

use super::shape::AccountCard;
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::{Fields, failed};

const STATUSES: [UserStatus; 3] = [
    UserStatus::Active,
    UserStatus::Suspended,
    UserStatus::Deleted,
];
const SELLER_STATUSES: [SellerStatus; 4] = [
    SellerStatus::None,
    SellerStatus::Pending,
    SellerStatus::Approved,
    SellerStatus::Rejected,
];

/// Who is looked for: all of it together.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Words of the name; a whole mailbox or an id finds that account, whatever else is asked for.
    q: Option<String>,
    /// `buyer`, `seller`, `support`, `resolver` or `admin`.
    role: Option<String>,
    /// `active`, `suspended` or `deleted`.
    status: Option<String>,
    /// `none`, `pending`, `approved` or `rejected`.
    seller_status: Option<String>,
    /// `true` for those of whom something is proposed that an admin has to decide on.
    proposed: Option<String>,
}

/// List accounts
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/user/admin/list",
    tag = "users",
    extensions(("x-policy" = json!("user.read"))),
    security(("bearer" = []), ("session" = [])),
    params(Wanted, PagingParams),
    responses((status = 200, description = "A part of the list", body = Listing<AccountCard>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    paging: Paging,
) -> Result<Listing<AccountCard>, Problem> {
    caller.may(Action::ReadUsers)?;
    let filter = wanted.read()?;
    let list = |page| services.search_users(&caller.actor, &filter, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|summary| AccountCard::from(&summary)))
}

impl Wanted {
    fn read(&self) -> Result<UserFilter, Problem> {
        let mut fields = Fields::default();
        let role = self.role.as_deref().and_then(|code| {
            let words = Role::ALL.map(Role::code);
            fields.choice("role", Role::from_code(code), &words)
        });
        let status = self.status.as_deref().and_then(|code| {
            let words = STATUSES.map(user_status_code);
            let mut known = STATUSES.into_iter();
            let status = known.find(|one| user_status_code(*one) == code);
            fields.choice("status", status, &words)
        });
        let seller = self.seller_status.as_deref().and_then(|code| {
            let words = SELLER_STATUSES.map(seller_status_code);
            let mut known = SELLER_STATUSES.into_iter();
            let status = known.find(|one| seller_status_code(*one) == code);
            fields.choice("sellerStatus", status, &words)
        });
        let is_proposed = fields.flag("proposed", self.proposed.as_deref());
        if !fields.are_right() {
            return Err(fields.problem());
        }
        Ok(UserFilter {
            question: self.q.clone().unwrap_or_default(),
            role,
            status,
            seller,
            is_proposed,
        })
    }
}
