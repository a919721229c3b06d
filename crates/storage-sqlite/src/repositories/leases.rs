//! Leases.

use async_trait::async_trait;
use domain::{Span, Timestamp};
use rusqlite::OptionalExtension;
use storage::{Lease, Leases, StoreError};

use crate::sql::{count, execute, prepare};
use crate::store::SqliteStore;

#[async_trait]
impl Leases for SqliteStore {
    async fn acquire(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        span: Span,
    ) -> Result<Option<Lease>, StoreError> {
        // Rows are never deleted: the token has to grow for ever.
        const SQL: &str = "INSERT INTO leases (name, holder, token, expires_at) \
             VALUES (?1, ?2, 1, ?4) ON CONFLICT (name) DO UPDATE \
             SET holder = ?2, token = token + 1, expires_at = ?4 WHERE expires_at <= ?3 \
             RETURNING token";
        let expires_at = now.plus(span);
        let (name, holder) = (name.to_owned(), holder.to_owned());
        self.record(move |connection| {
            let params = (&name, &holder, now.unix_ms(), expires_at.unix_ms());
            let token: Option<i64> = prepare(connection, SQL)?
                .query_row(params, |row| row.get(0))
                .optional()?;
            Ok(token.map(|token| Lease {
                name,
                holder,
                token: token.unsigned_abs(),
                expires_at,
            }))
        })
        .await
    }

    async fn renew(
        &self,
        lease: &Lease,
        now: Timestamp,
        span: Span,
    ) -> Result<Option<Lease>, StoreError> {
        const SQL: &str = "UPDATE leases SET expires_at = max(expires_at, ?5) \
             WHERE name = ?1 AND holder = ?2 AND token = ?3 AND expires_at > ?4 \
             RETURNING expires_at";
        let lease = lease.clone();
        self.record(move |connection| {
            let params = (
                &lease.name,
                &lease.holder,
                count(lease.token),
                now.unix_ms(),
                now.plus(span).unix_ms(),
            );
            let expires_at: Option<i64> = prepare(connection, SQL)?
                .query_row(params, |row| row.get(0))
                .optional()?;
            Ok(expires_at.map(|expires_at| Lease {
                expires_at: Timestamp::from_unix_ms(expires_at),
                ..lease
            }))
        })
        .await
    }

    async fn is_held(&self, lease: &Lease, now: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT 1 FROM leases \
             WHERE name = ?1 AND holder = ?2 AND token = ?3 AND expires_at > ?4";
        let lease = lease.clone();
        self.read(move |connection| {
            let params = (
                &lease.name,
                &lease.holder,
                count(lease.token),
                now.unix_ms(),
            );
            Ok(prepare(connection, SQL)?.exists(params)?)
        })
        .await
    }

    async fn release(&self, lease: &Lease) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE leases SET expires_at = ?4 \
             WHERE name = ?1 AND holder = ?2 AND token = ?3";
        let lease = lease.clone();
        self.record(move |connection| {
            let params = (count(lease.token), i64::MIN);
            execute(
                connection,
                SQL,
                &[&lease.name, &lease.holder, &params.0, &params.1],
            )?;
            Ok(())
        })
        .await
    }
}
