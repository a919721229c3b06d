//! The end of every way in: a session and a known browser.

use domain::User;
use domain::id::SessionId;
use storage::{InsertError, RevocationReason, Session, SessionKind};

use crate::Services;
use crate::actor::{Actor, Client, Person};
use crate::failure::Failure;
use crate::people::ChangeUserError;
use crate::secret::Secret;

/// So many sessions of one kind a person has at once; the next one ends the oldest.
const SESSIONS_MAX: usize = 50;
/// Longer names of browsers are cut.
const USER_AGENT_MAX: usize = 300;

/// Somebody who was just let in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub user: User,
    /// The new session.
    pub session: Session,
    /// What the browser's cookie holds. It opens nothing when a program signed in: that gets
    /// [`Services::tokens_of`] the session.
    pub secret: Secret,
    /// What the browser keeps, so that strangers cannot lock it out.
    pub device: Secret,
}

impl SignedIn {
    /// The person, as an actor of further use cases.
    pub const fn actor(&self) -> Actor {
        Actor::Person(Person::new(&self.user, self.session.id))
    }
}

impl Services {
    /// Opens a session for somebody who proved who they are.
    pub(crate) async fn open_session(
        &self,
        user: User,
        client: &Client,
    ) -> Result<SignedIn, Failure> {
        let known = client.device.clone();
        let device = known
            .filter(|secret| user.knows_device(secret.digest()))
            .unwrap_or_else(|| Secret::draw(&*self.random));
        // What a program kept of a browser would push a real one out.
        let digest = (client.kind == SessionKind::Browser).then(|| device.digest());
        let user = self
            .change_user(user, |user, now| user.sign_in(digest, now))
            .await
            .map_err(ChangeUserError::into_failure)?;

        let now = self.now();
        let config = &self.config.identity;
        let life = if user.roles.has_staff() {
            config.staff_session_life
        } else {
            config.session_life
        };
        let secret = Secret::draw(&*self.random);
        let session = Session {
            id: SessionId::fresh(now, self.random.bytes()),
            version: 1,
            user: user.id,
            kind: client.kind,
            secret_hash: match client.kind {
                SessionKind::Browser => Some(secret.hash()),
                SessionKind::Api => None,
            },
            generation: 0,
            rotated_at: now,
            created_at: now,
            last_seen_at: now,
            absolute_expiry: now.plus(life),
            user_agent: client.user_agent.chars().take(USER_AGENT_MAX).collect(),
            ip: client.ip.to_canonical().to_string(),
            revoked: None,
        };
        self.make_room(&session).await?;
        match self.store.sessions().insert(&session).await {
            Ok(()) => Ok(SignedIn {
                user,
                session,
                secret,
                device,
            }),
            Err(InsertError::Store(error)) => Err(Failure::Store(error)),
            Err(InsertError::Exists { .. } | InsertError::Conflict { .. }) => {
                Err(Failure::Contended)
            }
        }
    }

    /// Ends the oldest sessions of this kind, so that one more fits. Two at the same moment may be
    /// one too many; the next one sees to it.
    async fn make_room(&self, next: &Session) -> Result<(), Failure> {
        let sessions = self.store.sessions();
        let live = sessions.list_live(next.user, next.created_at).await?;
        let alike = live.iter().filter(|live| live.kind == next.kind);
        for surplus in alike.skip(SESSIONS_MAX.saturating_sub(1)) {
            let how = self.revocation(RevocationReason::Replaced);
            sessions.revoke(surplus.id, how).await?;
        }
        Ok(())
    }
}
