//! What the link holds that stops an address.

use core::fmt;
use core::str::FromStr;

use domain::id::{PayoutAddressId, UserId};

use crate::Services;
use crate::secret::Secret;

/// Names an address and proves that its owner was mailed the link. Written as `user.address.secret`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopTicket {
    pub(crate) user: UserId,
    pub(crate) address: PayoutAddressId,
    pub(crate) secret: Secret,
}

/// A text that is no [`StopTicket`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this link is not whole")]
pub struct InvalidStopTicket;

impl fmt::Display for StopTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.user, self.address, self.secret)
    }
}

impl FromStr for StopTicket {
    type Err = InvalidStopTicket;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(InvalidStopTicket);
        Ok(Self {
            user: next()?.parse().map_err(|_| InvalidStopTicket)?,
            address: next()?.parse().map_err(|_| InvalidStopTicket)?,
            secret: next()?.parse().map_err(|_| InvalidStopTicket)?,
        })
    }
}

impl Services {
    /// The ticket that stops an address. Its secret follows from the key, so each mail about the
    /// address can carry the link; the account keeps only the digest.
    pub(crate) fn stop_ticket(&self, user: UserId, address: PayoutAddressId) -> StopTicket {
        let key = &self.config.identity.code_key;
        StopTicket {
            user,
            address,
            secret: key.derive("stop-address", address.as_uuid().as_bytes()),
        }
    }

    pub(crate) fn stop_url(&self, ticket: &StopTicket) -> String {
        format!(
            "{}/payouts/address/stop?ticket={ticket}",
            self.config.site_url
        )
    }
}
