//! From a browser's cookie, or a program's token, to the person behind it.

use domain::{Span, Timestamp, User, UserStatus};
use storage::{Session, SessionKind};

use crate::Services;
use crate::actor::{Actor, Person};
use crate::failure::Failure;
use crate::secret::Secret;

/// A session's last use is written no more often than this: reading a page stays a read.
const TOUCH_EVERY: Span = Span::minutes(5);

/// Who a request came from.
#[derive(Debug, Clone)]
pub struct Authenticated {
    /// The account.
    pub user: User,
    /// The session that the cookie named.
    pub session: Session,
}

impl Authenticated {
    /// The person, as an actor of use cases.
    pub const fn actor(&self) -> Actor {
        Actor::Person(Person::new(&self.user, self.session.id))
    }
}

impl Services {
    /// The person whose session cookie holds `secret`; none when the session is over, was ended,
    /// or belongs to an account that no longer lets it in.
    ///
    /// # Errors
    /// [`Failure::Store`].
    pub async fn authenticate(&self, secret: &Secret) -> Result<Option<Authenticated>, Failure> {
        let sessions = self.store.sessions();
        match sessions
            .find_live_by_secret(&secret.hash(), self.now())
            .await?
        {
            Some(session) => self.admit_session(session).await,
            None => Ok(None),
        }
    }

    /// The person whose access token this is; none when it is over, or when its session was ended.
    ///
    /// # Errors
    /// [`Failure::Store`].
    pub async fn authenticate_token(&self, token: &str) -> Result<Option<Authenticated>, Failure> {
        let Ok((user, session)) = self.read_access_token(token) else {
            return Ok(None);
        };
        let session = self.store.sessions().find(session).await?;
        let held = |session: &Session| session.kind == SessionKind::Api && session.user == user;
        match session.filter(held) {
            Some(session) => self.admit_session(session).await,
            None => Ok(None),
        }
    }

    /// The person of a session, unless it or their account is over.
    async fn admit_session(&self, session: Session) -> Result<Option<Authenticated>, Failure> {
        let now = self.now();
        let Some(user) = self.store.users().find(session.user).await? else {
            return Ok(None);
        };
        if !self.opens(&session, &user, now) {
            return Ok(None);
        }
        if now.since(session.last_seen_at) >= TOUCH_EVERY {
            self.store.sessions().touch(session.id, now).await?;
        }
        Ok(Some(Authenticated { user, session }))
    }

    /// Whether a live session opens its account at `now`.
    pub(crate) fn opens(&self, session: &Session, user: &User, now: Timestamp) -> bool {
        session.is_live(now)
            && user.status != UserStatus::Deleted
            && session.created_at >= user.sessions_valid_from
            && now.since(session.last_seen_at) < self.config.identity.session_idle
    }
}
