//! One-time codes. The person and the purpose are their key, so this table has no id.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::UserId;
use rusqlite::OptionalExtension;
use storage::{CodePurpose, CommitError, OneTimeCode, OneTimeCodes, StoreError};

use crate::document::unreadable;
use crate::failure::Failure;
use crate::sql::{count, execute, id, prepare};
use crate::store::SqliteStore;

fn doc(code: &OneTimeCode) -> String {
    serde_json::to_string(code).expect("a code of text and numbers has a JSON form")
}

#[async_trait]
impl OneTimeCodes for SqliteStore {
    async fn replace(&self, code: &OneTimeCode) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO one_time_codes \
             (user_id, purpose, version, doc, code_hash, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (user_id, purpose) DO UPDATE SET \
             version = ?3, doc = ?4, code_hash = ?5, expires_at = ?6";
        let code = code.clone();
        self.record(move |connection| {
            execute(
                connection,
                SQL,
                &[
                    &id(code.user),
                    &code.purpose.code(),
                    &count(code.version),
                    &doc(&code),
                    code.code_hash.as_bytes(),
                    &code.expires_at.unix_ms(),
                ],
            )?;
            Ok(())
        })
        .await
    }

    async fn find_live(
        &self,
        user: UserId,
        purpose: CodePurpose,
        now: Timestamp,
    ) -> Result<Option<OneTimeCode>, StoreError> {
        const SQL: &str = "SELECT doc FROM one_time_codes \
             WHERE user_id = ?1 AND purpose = ?2 AND expires_at > ?3";
        self.read(move |connection| {
            let doc: Option<String> = prepare(connection, SQL)?
                .query_row((id(user), purpose.code(), now.unix_ms()), |row| row.get(0))
                .optional()?;
            doc.map(|doc| serde_json::from_str(&doc))
                .transpose()
                .map_err(|error| Failure::corrupt("one-time code", user, unreadable(&error)))
        })
        .await
    }

    async fn commit(&self, changed: &OneTimeCode, expected: u64) -> Result<(), CommitError> {
        const SQL: &str = "UPDATE one_time_codes SET version = ?3, doc = ?4, expires_at = ?6 \
             WHERE user_id = ?1 AND purpose = ?2 AND code_hash = ?5 AND version = ?7";
        let code = changed.clone();
        self.write(move |connection| {
            let changed = execute(
                connection,
                SQL,
                &[
                    &id(code.user),
                    &code.purpose.code(),
                    &count(code.version),
                    &doc(&code),
                    code.code_hash.as_bytes(),
                    &code.expires_at.unix_ms(),
                    &count(expected),
                ],
            )
            .map_err(Failure::from)?;
            if changed == 1 {
                Ok(())
            } else {
                Err(CommitError::Stale)
            }
        })
        .await
    }

    async fn use_up(&self, code: &OneTimeCode) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM one_time_codes \
             WHERE user_id = ?1 AND purpose = ?2 AND code_hash = ?3";
        let code = code.clone();
        self.record(move |connection| {
            let gone = execute(
                connection,
                SQL,
                &[
                    &id(code.user),
                    &code.purpose.code(),
                    code.code_hash.as_bytes(),
                ],
            )?;
            Ok(gone == 1)
        })
        .await
    }
}
