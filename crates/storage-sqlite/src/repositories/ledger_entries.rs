//! Ledger entries of all deals.

use async_trait::async_trait;
use rusqlite::types::Value;
use storage::{
    LedgerEntries, LedgerEntry, LedgerFilter, Page, PageRequest, StoreError, account_code,
    asset_code,
};

use crate::document::{Document, Row};
use crate::sql::{Listing, Order, id, text, time};
use crate::store::SqliteStore;

impl Document for LedgerEntry {
    const KIND: &'static str = "ledger entry";
    const TABLE: &'static str = "ledger_entries";
    const COLUMNS: &'static [&'static str] = &["deal_id", "asset", "account", "at"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            id(self.deal),
            text(asset_code(self.asset)),
            text(account_code(self.entry.account)),
            time(self.at),
        ]
    }
}

#[async_trait]
impl LedgerEntries for SqliteStore {
    async fn add(&self, entries: &[LedgerEntry]) -> Result<u64, StoreError> {
        let rows: Vec<Row> = entries.iter().map(Row::of).collect();
        self.record(move |connection| {
            let mut new = 0_u64;
            for row in rows {
                new += u64::from(row.add::<LedgerEntry>(connection)?);
            }
            Ok(new)
        })
        .await
    }

    async fn list(
        &self,
        filter: LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerEntry>, StoreError> {
        let (filter, params) = match filter {
            LedgerFilter::All => ("true", Vec::new()),
            LedgerFilter::OfDeal(deal) => ("deal_id = ?4", vec![id(deal)]),
            LedgerFilter::OfAsset(asset) => ("asset = ?4", vec![text(asset_code(asset))]),
            LedgerFilter::OfAccount(account) => ("account = ?4", vec![text(account_code(account))]),
            LedgerFilter::In(asset, account) => (
                "asset = ?4 AND account = ?5",
                vec![text(asset_code(asset)), text(account_code(account))],
            ),
        };
        let listing = Listing {
            key: "at",
            order: Order::Descending,
            filter,
        };
        self.read(move |connection| listing.page(connection, &params, page))
            .await
    }
}
