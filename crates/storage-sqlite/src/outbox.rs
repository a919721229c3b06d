//! How far events have been relayed: a column beside the document.

use async_trait::async_trait;
use storage::{Eventful, Limit, Outbox, StoreError, Undispatched};

use crate::document::{Document, parse};
use crate::sql::{count, execute, id, prepare, rows};
use crate::store::SqliteStore;

#[async_trait]
impl<A: Eventful + Document> Outbox<A> for SqliteStore {
    async fn list_undispatched(&self, limit: Limit) -> Result<Vec<Undispatched<A>>, StoreError> {
        let sql = format!(
            "SELECT doc, dispatched_seq FROM {} WHERE dispatched_seq < last_seq \
             ORDER BY changed_at, id LIMIT ?1",
            A::TABLE
        );
        self.read(move |connection| {
            let mut statement = prepare(connection, &sql)?;
            let mut found = statement.query([rows(limit)])?;
            let mut waiting = Vec::new();
            while let Some(row) = found.next()? {
                let mut aggregate: A = parse(row.get_ref(0)?.as_str(), "in the outbox")?;
                let after: i64 = row.get(1)?;
                let after = after.unsigned_abs();
                aggregate.set_dispatched(after);
                waiting.push(Undispatched { aggregate, after });
            }
            Ok(waiting)
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
