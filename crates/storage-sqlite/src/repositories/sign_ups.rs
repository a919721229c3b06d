//! Attempts to sign up.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::SignUpId;
use rusqlite::types::Value;
use storage::{SignUp, SignUps, StoreError};

use crate::document::{Document, find};
use crate::sql::{execute, id, time};
use crate::store::SqliteStore;

impl Document for SignUp {
    const KIND: &'static str = "sign-up";
    const TABLE: &'static str = "sign_ups";
    const COLUMNS: &'static [&'static str] = &["expires_at"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![time(self.expires_at)]
    }
}

#[async_trait]
impl SignUps for SqliteStore {
    async fn find_live(
        &self,
        sign_up: SignUpId,
        now: Timestamp,
    ) -> Result<Option<SignUp>, StoreError> {
        let found = self
            .read(move |connection| find::<SignUp>(connection, &id(sign_up)))
            .await?;
        Ok(found.filter(|sign_up| now < sign_up.expires_at))
    }

    async fn remove(&self, sign_up: SignUpId) -> Result<(), StoreError> {
        self.record(move |connection| {
            execute(
                connection,
                "DELETE FROM sign_ups WHERE id = ?1",
                &[&id(sign_up)],
            )?;
            Ok(())
        })
        .await
    }
}
