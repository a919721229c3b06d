//! A refresh token is given for the next pair, and is used up by that.

use domain::User;
use domain::policy::Action;
use storage::{CommitError, RevocationReason, Session, SessionKind};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::identity::limits::LimitError;
use crate::identity::{RefreshToken, Throttled, Tokens};

/// Why there are no further tokens.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RefreshTokensError {
    /// The token is not ours, or its session is over: sign in again.
    #[error("this token is over, please sign in again")]
    Over,
    /// The token was used before by somebody else who has it: its session has been ended.
    #[error("this token was used before, so its session was ended; please sign in again")]
    Reused,
    /// Too many forged tokens from this network.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Gives the next tokens of a session. The token just before the current one is answered with
    /// the current ones for some seconds, since the answer may have been lost; an older one shows
    /// that somebody has a copy, and ends the session.
    ///
    /// # Errors
    /// [`RefreshTokensError`].
    pub async fn refresh_tokens(
        &self,
        actor: &Actor,
        client: &Client,
        token: &RefreshToken,
    ) -> Result<(User, Tokens), RefreshTokensError> {
        actor.may(Action::SignIn).map_err(Failure::from)?;
        // Nobody guesses a token, so only forged ones are counted: whoever shares a network with a
        // stranger who guesses passwords is not cut off.
        if !self.is_refresh_token(token) {
            self.admit(client).await?;
            return Err(RefreshTokensError::Over);
        }
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let (session, user) = self.session_to_refresh(token).await?;
            let Some(next) = self.turn_of(token, &session).await? else {
                return Ok((user, self.tokens_of(&session)));
            };
            match self.store.sessions().commit(&next, session.version).await {
                Ok(()) => return Ok((user, self.tokens_of(&next))),
                Err(CommitError::Stale | CommitError::Conflict { .. }) => {}
                Err(CommitError::Store(error)) => return Err(Failure::Store(error).into()),
            }
        }
        Err(Failure::Contended.into())
    }

    async fn session_to_refresh(
        &self,
        token: &RefreshToken,
    ) -> Result<(Session, User), RefreshTokensError> {
        let found = self.store.sessions().find(token.session).await;
        let session = found
            .map_err(Failure::from)?
            .filter(|session| session.kind == SessionKind::Api)
            .ok_or(RefreshTokensError::Over)?;
        let user = self.store.users().find(session.user).await;
        let user = user
            .map_err(Failure::from)?
            .filter(|user| self.opens(&session, user, self.now()))
            .ok_or(RefreshTokensError::Over)?;
        Ok((session, user))
    }

    /// The session after this token was used; none when it was used just before.
    async fn turn_of(
        &self,
        token: &RefreshToken,
        session: &Session,
    ) -> Result<Option<Session>, RefreshTokensError> {
        let now = self.now();
        if token.generation == session.generation {
            return Ok(Some(Session {
                version: session.version.saturating_add(1),
                generation: session.generation.saturating_add(1),
                rotated_at: now,
                last_seen_at: session.last_seen_at.max(now),
                ..session.clone()
            }));
        }
        let grace = self.config.identity.tokens.refresh_grace;
        let is_last = token.generation.checked_add(1) == Some(session.generation);
        if is_last && now.since(session.rotated_at) <= grace {
            return Ok(None);
        }
        let how = self.revocation(RevocationReason::TokenReused);
        let ended = self.store.sessions().revoke(session.id, how).await;
        ended.map_err(Failure::from)?;
        tracing::warn!(session = %session.id, "a refresh token came again; its session was ended");
        Err(RefreshTokensError::Reused)
    }
}

impl From<LimitError> for RefreshTokensError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
