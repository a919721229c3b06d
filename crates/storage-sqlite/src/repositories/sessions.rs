//! Sessions.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{SessionId, UserId};
use rusqlite::Connection;
use rusqlite::types::Value;
use storage::{CommitError, Limit, Revocation, SecretHash, Session, Sessions, StoreError};

use crate::document::{Document, Row, commit, find};
use crate::failure::Failure;
use crate::sql::{count, document, documents, flag, id, rows, time};
use crate::store::SqliteStore;

impl Document for Session {
    const KIND: &'static str = "session";
    const TABLE: &'static str = "sessions";
    const COLUMNS: &'static [&'static str] = &[
        "user_id",
        "secret_hash",
        "created_at",
        "expires_at",
        "is_revoked",
    ];
    const UNIQUE: &'static [&'static str] = &["secret_hash"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            id(self.user),
            self.secret_hash.as_ref().map_or(Value::Null, secret),
            time(self.created_at),
            time(self.absolute_expiry),
            flag(self.revoked.is_some()),
        ]
    }
}

fn secret(hash: &SecretHash) -> Value {
    Value::Blob(hash.as_bytes().to_vec())
}

const LIVE_OF_USER: &str = "SELECT doc FROM sessions WHERE user_id = ?1 AND is_revoked = 0 \
     AND expires_at > ?2 ORDER BY created_at DESC, id DESC LIMIT ?3";

#[async_trait]
impl Sessions for SqliteStore {
    async fn find_live_by_secret(
        &self,
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        const SQL: &str = "SELECT doc FROM sessions WHERE secret_hash = ?1";
        let hash = secret(hash);
        let found: Option<Session> = self
            .read(move |connection| document(connection, SQL, &[&hash]))
            .await?;
        Ok(found.filter(|session| session.is_live(now)))
    }

    async fn list_live(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        self.read(move |connection| {
            let params = (id(user), now.unix_ms(), rows(Limit::MAX));
            documents(connection, LIVE_OF_USER, &[&params.0, &params.1, &params.2])
        })
        .await
    }

    async fn touch(&self, session: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.record(move |connection| {
            let Some(mut session) = find::<Session>(connection, &id(session))? else {
                return Ok(());
            };
            if session.last_seen_at < at {
                session.last_seen_at = at;
                Row::of(&session).put::<Session>(connection)?;
            }
            Ok(())
        })
        .await
    }

    async fn revoke(&self, session: SessionId, how: Revocation) -> Result<bool, StoreError> {
        self.record(move |connection| {
            let Some(session) = find::<Session>(connection, &id(session))? else {
                return Ok(false);
            };
            let was_live = session.is_live(how.at);
            end(connection, session, how)?;
            Ok(was_live)
        })
        .await
    }

    async fn revoke_all(
        &self,
        user: UserId,
        except: Option<SessionId>,
        how: Revocation,
    ) -> Result<Vec<SessionId>, StoreError> {
        const SQL: &str = "SELECT doc FROM sessions WHERE user_id = ?1 AND is_revoked = 0 \
             ORDER BY created_at, id";
        self.record(move |connection| {
            let mut ended = Vec::new();
            for session in documents::<Session>(connection, SQL, &[&id(user)])? {
                if Some(session.id) != except {
                    ended.push(session.id);
                    end(connection, session, how)?;
                }
            }
            Ok(ended)
        })
        .await
    }
}

/// The first revocation stands.
fn end(connection: &Connection, mut session: Session, how: Revocation) -> Result<(), Failure> {
    if session.revoked.is_some() {
        return Ok(());
    }
    let before = session.version;
    session.version = before.saturating_add(1);
    session.revoked = Some(how);
    let row = Row::of(&session);
    match commit::<Session>(connection, &row, count(session.version), count(before)) {
        Ok(()) => Ok(()),
        Err(CommitError::Store(error)) => Err(Failure(error)),
        Err(CommitError::Stale | CommitError::Conflict { .. }) => Err(Failure::corrupt(
            <Session as Document>::KIND,
            session.id,
            "it changed while the only writer held it",
        )),
    }
}
