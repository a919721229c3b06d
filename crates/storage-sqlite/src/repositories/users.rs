//! People with an account.

use async_trait::async_trait;
use domain::id::UserId;
use domain::{Email, Role, SellerStatus, User, UserStatus};
use rusqlite::types::Value;
use storage::{Limit, Listed, Page, PageRequest, StoreError, Users};

use crate::document::{Document, find};
use crate::sql::{Listing, Order, document, flag, id, json, text, time};
use crate::store::SqliteStore;
use crate::tags::Place;

impl Document for User {
    const KIND: &'static str = "user";
    const TABLE: &'static str = "users";
    const COLUMNS: &'static [&'static str] = &[
        "email",
        "created_at",
        "seller_status",
        "is_active",
        "is_seller",
        "is_support",
        "is_resolver",
        "is_admin",
        "summary",
    ];
    const UNIQUE: &'static [&'static str] = &["email"];
    const IS_LISTED: bool = true;

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            text(self.email.as_str()),
            time(self.created_at),
            text(storage::seller_status_code(self.seller_status)),
            flag(self.status == UserStatus::Active),
            flag(self.roles.has(Role::Seller)),
            flag(self.roles.has(Role::Support)),
            flag(self.roles.has(Role::Resolver)),
            flag(self.roles.has(Role::Admin)),
            json(&self.summary()),
        ]
    }

    fn place(&self) -> Option<Place> {
        Some(Place::of(self))
    }
}

#[async_trait]
impl Users for SqliteStore {
    async fn find_by_email(&self, email: &Email) -> Result<Option<User>, StoreError> {
        const SQL: &str = "SELECT doc FROM users WHERE email = ?1";
        let email = email.as_str().to_owned();
        self.read(move |connection| document(connection, SQL, &[&email]))
            .await
    }

    async fn find_many(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        let ids: Vec<_> = ids.iter().copied().take(Limit::MAX.get()).collect();
        self.read(move |connection| {
            let found = ids.into_iter().map(|user| find(connection, &id(user)));
            found.filter_map(Result::transpose).collect()
        })
        .await
    }

    async fn list_with_role(
        &self,
        role: Role,
        page: PageRequest,
    ) -> Result<Page<User>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Ascending,
            // Written out: a partial index is taken only where its condition stands.
            filter: match role {
                Role::Buyer => "is_active = 1",
                Role::Seller => "is_active = 1 AND is_seller = 1",
                Role::Support => "is_active = 1 AND is_support = 1",
                Role::Resolver => "is_active = 1 AND is_resolver = 1",
                Role::Admin => "is_active = 1 AND is_admin = 1",
            },
        };
        self.read(move |connection| listing.page(connection, &[], page))
            .await
    }

    async fn list_by_seller_status(
        &self,
        status: SellerStatus,
        page: PageRequest,
    ) -> Result<Page<User>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Ascending,
            filter: "seller_status = ?4",
        };
        let status = text(storage::seller_status_code(status));
        self.read(move |connection| listing.page(connection, &[status], page))
            .await
    }

    async fn list(&self, page: PageRequest) -> Result<Page<User>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Descending,
            filter: "true",
        };
        self.read(move |connection| listing.page(connection, &[], page))
            .await
    }
}
