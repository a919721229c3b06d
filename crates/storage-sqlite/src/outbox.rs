//! How far events have been relayed: a column beside the document.

use async_trait::async_trait;
use storage::{Eventful, Outbox, Page, PageRequest, StoreError, Undispatched};

use crate::document::Document;
use crate::sql::{ascending, count, execute, id};
use crate::store::SqliteStore;

#[async_trait]
impl<A: Eventful + Document> Outbox<A> for SqliteStore {
    async fn list_undispatched(
        &self,
        page: PageRequest,
    ) -> Result<Page<Undispatched<A::Id>>, StoreError> {
        let sql = format!(
            "SELECT id, changed_at, dispatched_seq FROM {} WHERE dispatched_seq < last_seq \
             AND (changed_at, id) > (?1, ?2) ORDER BY changed_at, id LIMIT ?3",
            A::TABLE
        );
        self.read(move |connection| {
            ascending(connection, &sql, &[], page, |id, row| {
                let after: i64 = row.get(2)?;
                Ok(Undispatched {
                    id: A::Id::from(id),
                    after: after.unsigned_abs(),
                })
            })
        })
        .await
    }

    async fn mark_dispatched(&self, aggregate: A::Id, seq: u64) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE {} SET dispatched_seq = ?2 WHERE id = ?1 AND dispatched_seq < ?2",
            A::TABLE
        );
        self.record(move |connection| {
            execute(connection, &sql, &[&id(aggregate), &count(seq)])?;
            Ok(())
        })
        .await
    }
}
