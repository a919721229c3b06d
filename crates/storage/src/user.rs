//! People with an account.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::id::UserId;
use domain::{Email, Role, Roles, SellerStatus, Timestamp, User, UserStatus};
use serde::{Deserialize, Serialize};

use crate::search::{asked_words, stored_words};
use crate::{Aggregate, Aggregates, Listed, Lists, Page, PageRequest, StoreError, Tag};

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

/// The word that the state of an account is indexed by.
pub const fn user_status_code(status: UserStatus) -> &'static str {
    match status {
        UserStatus::Active => "active",
        UserStatus::Suspended => "suspended",
        UserStatus::Deleted => "deleted",
    }
}

/// What a list shows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSummary {
    /// Who.
    pub id: UserId,
    /// What others call them.
    pub name: String,
    /// Enough of their address to recognise it by.
    pub email: String,
    /// What they may be.
    pub roles: Roles,
    /// How far they are on the way to selling.
    pub seller_status: SellerStatus,
    /// Whether the account is in use.
    pub status: UserStatus,
    /// When it was opened.
    pub created_at: Timestamp,
    /// Whether roles wait for a second admin.
    pub has_proposed_roles: bool,
    /// Whether a proposal to suspend waits for an admin.
    pub has_proposed_suspension: bool,
}

/// Which accounts are looked for; all that is asked for narrows the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Words of the name, in any spelling, or how they begin.
    pub question: String,
    /// A role that they have.
    pub role: Option<Role>,
    /// The state of the account.
    pub status: Option<UserStatus>,
    /// How far they are on the way to selling.
    pub seller: Option<SellerStatus>,
    /// Only those of whom something is proposed that an admin has to decide on.
    pub is_proposed: bool,
}

impl UserFilter {
    /// Its lists, the rarest first.
    fn tags(&self) -> Vec<Tag> {
        let words = asked_words(&self.question);
        let mut tags: Vec<Tag> = self.is_proposed.then(proposed).into_iter().collect();
        tags.extend(words.into_iter().map(|word| Tag::new("word", word)));
        let (rare, common): (Vec<_>, Vec<_>) = [
            self.status
                .map(|status| (of_status(status), status != UserStatus::Active)),
            self.role.map(|role| (of_role(role), role.is_staff())),
            self.seller
                .map(|seller| (of_seller(seller), seller != SellerStatus::Approved)),
        ]
        .into_iter()
        .flatten()
        .partition(|(_, is_rare)| *is_rare);
        tags.extend(rare.into_iter().chain(common).map(|(tag, _)| tag));
        if tags.is_empty() {
            tags.push(Tag::all());
        }
        tags
    }
}

fn of_role(role: Role) -> Tag {
    Tag::new("role", role)
}

fn of_status(status: UserStatus) -> Tag {
    Tag::new("status", user_status_code(status))
}

fn of_seller(status: SellerStatus) -> Tag {
    Tag::new("seller", seller_status_code(status))
}

/// Those who may sell and let others read about them.
fn on_show() -> Tag {
    Tag::new("seller", "on-show")
}

fn proposed() -> Tag {
    Tag::new("proposed", "any")
}

impl Listed for User {
    type Summary = UserSummary;

    fn summary(&self) -> UserSummary {
        UserSummary {
            id: self.id,
            name: self.display_name(),
            email: self.email.masked(),
            roles: self.roles,
            seller_status: self.seller_status,
            status: self.status,
            created_at: self.created_at,
            has_proposed_roles: self.proposed_roles.is_some(),
            has_proposed_suspension: self.proposed_suspension.is_some(),
        }
    }

    fn listed_at(&self) -> Timestamp {
        self.created_at
    }

    fn tags(&self) -> BTreeSet<Tag> {
        let mut tags = BTreeSet::from([
            Tag::all(),
            of_status(self.status),
            of_seller(self.seller_status),
        ]);
        tags.extend(self.roles.iter().map(of_role));
        let words = stored_words(&self.display_name(), "");
        tags.extend(words.into_iter().map(|word| Tag::new("word", word)));
        if self.may_sell() && self.profile.is_public {
            tags.insert(on_show());
        }
        if self.proposed_roles.is_some() || self.proposed_suspension.is_some() {
            tags.insert(proposed());
        }
        tags
    }
}

/// People with an account. A mailbox belongs to one account: a second insert or commit with it is
/// a conflict in `email`.
#[async_trait]
pub trait Users: Aggregates<User> + Lists<User> {
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

    /// Accounts as staff look for them, newest first.
    async fn search(
        &self,
        filter: &UserFilter,
        page: PageRequest,
    ) -> Result<Page<UserSummary>, StoreError> {
        self.list_tagged(filter.tags(), page).await
    }

    /// Those who may sell and let others read about them, newest account first; on request those of
    /// this name, or whose name begins so.
    async fn list_sellers(
        &self,
        name: &str,
        page: PageRequest,
    ) -> Result<Page<UserSummary>, StoreError> {
        let words = asked_words(name).into_iter();
        let mut tags: Vec<Tag> = words.map(|word| Tag::new("word", word)).collect();
        tags.push(on_show());
        self.list_tagged(tags, page).await
    }

    /// How many accounts a person of the staff has to decide on: roles or suspensions proposed.
    async fn count_proposed(&self) -> Result<u64, StoreError> {
        self.count_tagged(proposed()).await
    }
}
