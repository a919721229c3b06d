//! Categories.

use async_trait::async_trait;
use domain::category::Category;
use rusqlite::types::Value;
use storage::{Categories, StoreError};

use crate::document::Document;
use crate::sql::{documents, id, text};
use crate::store::SqliteStore;

impl Document for Category {
    const KIND: &'static str = "category";
    const TABLE: &'static str = "categories";
    const COLUMNS: &'static [&'static str] = &["slug"];
    const UNIQUE: &'static [&'static str] = &["slug"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![text(self.slug.as_str())]
    }
}

#[async_trait]
impl Categories for SqliteStore {
    async fn list_all(&self) -> Result<Vec<Category>, StoreError> {
        const SQL: &str = "SELECT doc FROM categories WHERE slug > '' ORDER BY slug LIMIT 1000";
        self.read(|connection| documents(connection, SQL, &[]))
            .await
    }
}
