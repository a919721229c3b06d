//! Deposit claims.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::IntentId;
use rusqlite::Connection;
use rusqlite::types::Value;
use storage::{
    Claimed, DepositClaim, DepositClaimState, DepositClaims, Moved, Page, PageRequest, StoreError,
};

use crate::document::{Document, Row};
use crate::failure::Failure;
use crate::sql::{Listing, Order, document, id, text, time};
use crate::store::SqliteStore;

impl Document for DepositClaim {
    const KIND: &'static str = "deposit claim";
    const TABLE: &'static str = "deposit_claims";
    const COLUMNS: &'static [&'static str] = &["key", "intent_id", "state", "claimed_at"];

    fn key(&self) -> Value {
        id(self.id())
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            text(&self.key),
            id(self.intent),
            text(self.state.code()),
            time(self.claimed_at),
        ]
    }
}

fn load(connection: &Connection, key: &str) -> Result<Option<DepositClaim>, Failure> {
    document(
        connection,
        "SELECT doc FROM deposit_claims WHERE key = ?1",
        &[&key],
    )
}

#[async_trait]
impl DepositClaims for SqliteStore {
    async fn claim(&self, claim: &DepositClaim) -> Result<Claimed, StoreError> {
        let row = Row::of(claim);
        let key = claim.key.clone();
        self.record(move |connection| {
            if row.add::<DepositClaim>(connection)? {
                return Ok(Claimed::Now);
            }
            load(connection, &key)?
                .map(Claimed::Before)
                .ok_or_else(|| Failure::corrupt(DepositClaim::KIND, &key, "its id is taken"))
        })
        .await
    }

    async fn find(&self, key: &str) -> Result<Option<DepositClaim>, StoreError> {
        let key = key.to_owned();
        self.read(move |connection| load(connection, &key)).await
    }

    async fn advance(
        &self,
        key: &str,
        next: DepositClaimState,
        at: Timestamp,
    ) -> Result<Moved, StoreError> {
        let key = key.to_owned();
        self.record(move |connection| {
            let Some(mut claim) = load(connection, &key)? else {
                return Ok(Moved::Missing);
            };
            if claim.state == next {
                return Ok(Moved::Before);
            }
            if !claim.state.may_become(next) {
                return Ok(Moved::Refused(claim.state));
            }
            claim.state = next;
            claim.updated_at = at;
            Row::of(&claim).put::<DepositClaim>(connection)?;
            Ok(Moved::Now)
        })
        .await
    }

    async fn list_uncredited(
        &self,
        older_than: Timestamp,
        page: PageRequest,
    ) -> Result<Page<DepositClaim>, StoreError> {
        let listing = Listing {
            key: "claimed_at",
            order: Order::Ascending,
            filter: "state = 'claimed' AND claimed_at < ?4",
        };
        self.read(move |connection| listing.page(connection, &[time(older_than)], page))
            .await
    }

    async fn list_of_intent(
        &self,
        intent: IntentId,
        page: PageRequest,
    ) -> Result<Page<DepositClaim>, StoreError> {
        let listing = Listing {
            key: "claimed_at",
            order: Order::Ascending,
            filter: "intent_id = ?4",
        };
        self.read(move |connection| listing.page(connection, &[id(intent)], page))
            .await
    }
}
