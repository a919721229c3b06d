//! How often somebody may try: locks for one account from one network, and limits for a network
//! and for mailed codes.
//!
//! A try is counted before anything is verified, and the count taken back when it succeeds: of a
//! thousand tries at once no more get through than of a thousand in a row.

use domain::digest::Digest;
use domain::{Email, Span, Timestamp, User};

use crate::Services;
use crate::actor::Client;
use crate::failure::Failure;

/// Too many tries; the next one counts from `until` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many tries")]
pub struct Throttled {
    /// How many tries a stretch of time has.
    pub limit: u32,
    /// When trying makes sense again.
    pub until: Timestamp,
}

/// The two ways in which counting ends.
pub(crate) enum LimitError {
    Throttled(Throttled),
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for LimitError {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

const DAY: Span = Span::hours(24);

/// Who tries: strangers on a network, or one browser that signed in before and is not locked out
/// by them.
pub(crate) struct TrySource(String);

impl TrySource {
    pub(crate) fn of(client: &Client, email: &Email, user: Option<&User>) -> Self {
        let device = client.device.as_ref().map(crate::secret::Secret::digest);
        let known = device.filter(|device| user.is_some_and(|user| user.knows_device(*device)));
        let from = known.map_or_else(|| client.network(), |device| format!("device:{device}"));
        Self(format!("{}:{from}", address_key(email)))
    }

    fn key(&self, what: &str) -> String {
        format!("sign-in:{what}:{}", self.0)
    }
}

/// Keys of limits name nobody.
fn address_key(email: &Email) -> String {
    Digest::of(email.as_str().as_bytes()).to_string()
}

impl Services {
    /// Counts a request about identity against its network.
    pub(crate) async fn admit(&self, client: &Client) -> Result<(), LimitError> {
        let config = &self.config.identity;
        let key = network_key(client);
        let windows = self.store.windows();
        let window = windows.hit(&key, self.now(), config.network_window).await?;
        if window.count > config.network_tries {
            return Err(LimitError::Throttled(Throttled {
                limit: config.network_tries,
                until: window.until,
            }));
        }
        Ok(())
    }

    /// Takes the count back: it succeeded.
    pub(crate) async fn excuse(&self, client: &Client) -> Result<(), Failure> {
        let windows = self.store.windows();
        windows.take_back(&network_key(client), self.now()).await?;
        Ok(())
    }

    /// Counts a try to sign in, before the password is looked at, and says which one it is.
    pub(crate) async fn count_sign_in(&self, source: &TrySource) -> Result<u32, LimitError> {
        let config = &self.config.identity;
        let windows = self.store.windows();
        let now = self.now();
        self.unlocked(source, now).await?;
        let key = source.key("tries");
        let tries = windows.hit(&key, now, config.failure_window).await?;
        if tries.count > config.failures_before_lock {
            return Err(LimitError::Throttled(Throttled {
                limit: config.failures_before_lock,
                until: tries.until,
            }));
        }
        // Whoever has locked it meanwhile cleared the tries after that, so this may be the first
        // again: the lock is there by now.
        self.unlocked(source, now).await?;
        Ok(tries.count)
    }

    async fn unlocked(&self, source: &TrySource, now: Timestamp) -> Result<(), LimitError> {
        let key = source.key("lock");
        match self.store.windows().current(&key, now).await? {
            Some(lock) => Err(LimitError::Throttled(Throttled {
                limit: self.config.identity.failures_before_lock,
                until: lock.until,
            })),
            None => Ok(()),
        }
    }

    /// Locks the source when the try that just failed was the last one.
    pub(crate) async fn fail_sign_in(&self, source: &TrySource, tried: u32) -> Result<(), Failure> {
        let config = &self.config.identity;
        if tried < config.failures_before_lock {
            return Ok(());
        }
        let windows = self.store.windows();
        let now = self.now();
        let locks = windows.hit(&source.key("locks"), now, DAY).await?;
        let length = if locks.count == 1 {
            config.first_lock
        } else {
            config.further_lock
        };
        windows.hit(&source.key("lock"), now, length).await?;
        windows.clear(&source.key("tries")).await?;
        Ok(())
    }

    /// Forgets the source's failures: the password was right.
    pub(crate) async fn forgive_sign_in(&self, source: &TrySource) -> Result<(), Failure> {
        let windows = self.store.windows();
        windows.clear(&source.key("tries")).await?;
        Ok(())
    }

    /// Counts a code that is about to be mailed to `email`; at most `a_day` within 24 hours.
    pub(crate) async fn count_code(
        &self,
        purpose: &str,
        email: &Email,
        a_day: u32,
    ) -> Result<(), LimitError> {
        let key = format!("codes:{purpose}:{}", address_key(email));
        let window = self.store.windows().hit(&key, self.now(), DAY).await?;
        if window.count > a_day {
            return Err(LimitError::Throttled(Throttled {
                limit: a_day,
                until: window.until,
            }));
        }
        Ok(())
    }
}

fn network_key(client: &Client) -> String {
    format!("identity:{}", client.network())
}
