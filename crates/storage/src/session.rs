//! Sessions: one record for a browser's cookie and for a family of refresh tokens alike.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{SessionId, UserId};
use serde::{Deserialize, Serialize};

use crate::{Aggregate, Aggregates, SecretHash, StoreError};

/// Somebody signed in on one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The public name of the session, and of its family of refresh tokens.
    pub id: SessionId,
    /// Grows with each commit.
    pub version: u64,
    /// Whose it is.
    pub user: UserId,
    /// What holds it.
    pub kind: SessionKind,
    /// The hash of the opaque value in the cookie; API sessions have none, their tokens are
    /// derived. Unique.
    pub secret_hash: Option<SecretHash>,
    /// Which refresh token of the family is the current one.
    pub generation: u32,
    /// When the generation was last raised.
    pub rotated_at: Timestamp,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When a request last came with it; see [`Sessions::touch`].
    pub last_seen_at: Timestamp,
    /// When it ends, whatever happens.
    pub absolute_expiry: Timestamp,
    /// What the browser called itself when it signed in.
    pub user_agent: String,
    /// The address that signed in.
    pub ip: String,
    /// Set once it was ended early.
    pub revoked: Option<Revocation>,
}

/// What holds a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// A browser, by cookie.
    Browser,
    /// A program, by access and refresh token.
    Api,
}

/// The early end of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: RevocationReason,
}

/// Why a session ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// The person signed out there.
    SignedOut,
    /// The person ended it from another session.
    EndedElsewhere,
    /// The password was changed or reset.
    PasswordChanged,
    /// An old refresh token came again: somebody has a copy.
    TokenReused,
    /// Signing in again replaced it.
    Replaced,
    /// Staff suspended the account, or it was closed.
    AccountStopped,
}

impl Session {
    /// Whether it opens anything at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.absolute_expiry
    }
}

impl Aggregate for Session {
    type Id = SessionId;
    const KIND: &'static str = "session";

    fn id(&self) -> SessionId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// Sessions. [`find`](Aggregates::find) also gives revoked ones, for the sake of reuse detection.
#[async_trait]
pub trait Sessions: Aggregates<Session> {
    /// The session whose cookie hashes to `secret`, if it is live at `now`.
    async fn find_live_by_secret(
        &self,
        secret: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError>;

    /// All of a person's sessions that are live at `now`, newest first, a hundred at the most.
    async fn list_live(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// Notes that a request came at `at`. Time only moves forward, and the version stays as it is.
    async fn touch(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError>;

    /// Ends a session, and says whether it was live until now. The version grows, so whoever was
    /// about to rotate it gets [`CommitError::Stale`](crate::CommitError::Stale).
    async fn revoke(&self, id: SessionId, how: Revocation) -> Result<bool, StoreError>;

    /// Ends all sessions of a person but `except`, and says which.
    async fn revoke_all(
        &self,
        user: UserId,
        except: Option<SessionId>,
        how: Revocation,
    ) -> Result<Vec<SessionId>, StoreError>;
}
