//! What jobs failed at.

use async_trait::async_trait;
use storage::{Limit, Retries, Retry, StoreError};

use crate::document::parse_as;
use crate::sql::{execute, json, prepare, rows};
use crate::store::SqliteStore;

const KIND: &str = "retry";

#[async_trait]
impl Retries for SqliteStore {
    async fn put(&self, retry: &Retry) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO retries (job, subject, doc) VALUES (?1, ?2, ?3) \
             ON CONFLICT (job, subject) DO UPDATE SET doc = ?3";
        let (job, subject, doc) = (retry.job.clone(), retry.subject.clone(), json(retry));
        SqliteStore::record(self, move |connection| {
            execute(connection, SQL, &[&job, &subject, &doc])?;
            Ok(())
        })
        .await
    }

    async fn find(&self, job: &str, subject: &str) -> Result<Option<Retry>, StoreError> {
        const SQL: &str = "SELECT doc FROM retries WHERE job = ?1 AND subject = ?2";
        let params = (job.to_owned(), subject.to_owned());
        self.read(move |connection| {
            let mut statement = prepare(connection, SQL)?;
            let mut found = statement.query(params)?;
            match found.next()? {
                Some(row) => Ok(Some(parse_as(KIND, row.get_ref(0)?.as_str())?)),
                None => Ok(None),
            }
        })
        .await
    }

    async fn list(
        &self,
        job: &str,
        after: Option<&str>,
        limit: Limit,
    ) -> Result<Vec<Retry>, StoreError> {
        const SQL: &str = "SELECT doc FROM retries WHERE job = ?1 AND subject > ?2 \
             ORDER BY subject LIMIT ?3";
        let params = (
            job.to_owned(),
            after.unwrap_or_default().to_owned(),
            rows(limit),
        );
        self.read(move |connection| {
            let mut statement = prepare(connection, SQL)?;
            let mut found = statement.query(params)?;
            let mut retries = Vec::new();
            while let Some(row) = found.next()? {
                retries.push(parse_as(KIND, row.get_ref(0)?.as_str())?);
            }
            Ok(retries)
        })
        .await
    }

    async fn clear(&self, job: &str, subject: &str) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM retries WHERE job = ?1 AND subject = ?2";
        let (job, subject) = (job.to_owned(), subject.to_owned());
        SqliteStore::record(self, move |connection| {
            Ok(execute(connection, SQL, &[&job, &subject])? == 1)
        })
        .await
    }
}
