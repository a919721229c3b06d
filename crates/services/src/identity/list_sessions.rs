//! The places where a person is signed in.

use domain::Timestamp;
use domain::id::SessionId;
use domain::policy::Action;
use storage::SessionKind;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// One place where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Which session.
    pub id: SessionId,
    /// What the browser called itself.
    pub user_agent: String,
    /// The address that signed in.
    pub ip: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used, to within some minutes.
    pub last_seen_at: Timestamp,
    /// When it ends, whatever happens.
    pub absolute_expiry: Timestamp,
    /// What holds it.
    pub kind: SessionKind,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

impl Services {
    /// The person's live sessions, this one first, then newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_sessions(&self, actor: &Actor) -> Result<Vec<SessionView>, Failure> {
        let person = actor.person_who_may(Action::ReadOwnAccount)?;
        let now = self.now();
        let user = self.find_user(person.id).await?;
        let mut sessions = self.store.sessions().list_live(person.id, now).await?;
        sessions.retain(|session| self.opens(session, &user, now));
        sessions.sort_by_key(|session| session.id != person.session);
        let view = |session: storage::Session| SessionView {
            id: session.id,
            user_agent: session.user_agent,
            ip: session.ip,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            absolute_expiry: session.absolute_expiry,
            kind: session.kind,
            is_current: session.id == person.session,
        };
        Ok(sessions.into_iter().map(view).collect())
    }
}
