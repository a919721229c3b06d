//! Deals: what the parties, resolvers and admins do in them, and what each may see.

mod act_on_deal;
mod carry_out;
mod deal_code;
mod deal_of_request;
mod draw_staff;
mod find_deals;
mod foresee_step;
mod list_deal_desk;
mod list_deals;
mod look_at_deal;
mod notices;
mod refresh_deal;
mod staff_view;
mod view_deal;
mod view_deal_file;
mod view_delivery;

use domain::deal::Rejection;

pub use act_on_deal::ActOnDeal;
pub(crate) use act_on_deal::{action_of, hide_from_strangers};
pub use carry_out::Receipt;
pub(crate) use carry_out::{Keyed, Order, done_before};
pub use deal_code::{CodeAnswer, ShownCode};
pub(crate) use draw_staff::Drawn;
pub use list_deal_desk::DealDesk;
pub use list_deals::DealList;
pub(crate) use notices::{money, notices};
pub use staff_view::{CutLeg, FirstKey, StaffView};
pub use storage::{Cursor, DealSummary, Limit, PageRequest, Phase, Side};
pub(crate) use view_deal::relation;
pub(crate) use view_deal::staff_relation;
pub use view_deal::{DealView, Relation};
pub use view_deal_file::DealFile;

use crate::failure::Failure;

/// Why nothing was done in a deal.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DealError {
    /// There is none, or none that the caller may know of.
    #[error("there is no such deal")]
    NotFound,
    /// The deal refuses.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Money goes only to an address that the person has confirmed by mail.
    #[error("this is not one of your confirmed payout addresses")]
    AddressNotConfirmed,
    /// The idempotency key was used for something else.
    #[error("this key was used for another command")]
    KeyReused,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl DealError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "DEAL_NOT_FOUND",
            Self::Rejected(rejection) => rejection.code(),
            Self::AddressNotConfirmed => "ADDRESS_NOT_CONFIRMED",
            Self::KeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::Failed(failure) => failure.code(),
        }
    }
}

impl From<storage::StoreError> for DealError {
    fn from(error: storage::StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}
