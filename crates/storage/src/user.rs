//! People with an account.

use async_trait::async_trait;
use domain::id::UserId;
use domain::{Email, Role, SellerStatus, User};

use crate::{Aggregate, Aggregates, Page, PageRequest, StoreError};

impl Aggregate for User {
    type Id = UserId;
    const KIND: &'static str = "user";

    fn id(&self) -> UserId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// The word that a seller's standing is indexed by.
pub const fn seller_status_code(status: SellerStatus) -> &'static str {
    match status {
        SellerStatus::None => "none",
        SellerStatus::Pending => "pending",
        SellerStatus::Approved => "approved",
        SellerStatus::Rejected => "rejected",
    }
}

/// People with an account. A mailbox belongs to one account: a second insert or commit with it is
/// a conflict in `email`.
#[async_trait]
pub trait Users: Aggregates<User> {
    /// The account of a mailbox.
    async fn find_by_email(&self, email: &Email) -> Result<Option<User>, StoreError>;

    /// Those of `ids` that exist, in any order: names for a page of a list. A hundred at the most.
    async fn find_many(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError>;

    /// Active accounts with a role, oldest first: admins to ask for approval, resolvers to draw
    /// from.
    async fn list_with_role(&self, role: Role, page: PageRequest)
    -> Result<Page<User>, StoreError>;

    /// Accounts by how far they are on the way to selling, oldest account first.
    async fn list_by_seller_status(
        &self,
        status: SellerStatus,
        page: PageRequest,
    ) -> Result<Page<User>, StoreError>;

    /// All accounts, newest first.
    async fn list(&self, page: PageRequest) -> Result<Page<User>, StoreError>;
}
