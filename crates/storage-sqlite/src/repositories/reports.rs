//! Reports.

use async_trait::async_trait;
use domain::id::UserId;
use domain::report::Report;
use rusqlite::types::Value;
use storage::{Page, PageRequest, Reports, StoreError};

use crate::document::Document;
use crate::sql::{Listing, Order, flag, id, time};
use crate::store::SqliteStore;

impl Document for Report {
    const KIND: &'static str = "report";
    const TABLE: &'static str = "reports";
    const COLUMNS: &'static [&'static str] = &["is_open", "reporter_id", "created_at"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            flag(!self.is_carried_out),
            self.reporter.map_or(Value::Null, id),
            time(self.created_at),
        ]
    }
}

#[async_trait]
impl Reports for SqliteStore {
    async fn list_open(&self, page: PageRequest) -> Result<Page<Report>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Ascending,
            filter: "is_open = 1",
        };
        self.read(move |connection| listing.page(connection, &[], page))
            .await
    }

    async fn list_of_reporter(
        &self,
        reporter: UserId,
        page: PageRequest,
    ) -> Result<Page<Report>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Descending,
            filter: "reporter_id = ?4",
        };
        self.read(move |connection| listing.page(connection, &[id(reporter)], page))
            .await
    }
}
