//! Where a person is paid, and how an address gets there: slowly, and visibly to its owner.
//!
//! A new address is confirmed by a mailed code and then waits. The mail that brings the code also
//! brings a link that stops it. Whoever steals an account has to wait a day, or three while money
//! is in a deal, with the owner knowing.

use serde::{Deserialize, Serialize};

use crate::asset::Network;
use crate::digest::Digest;
use crate::id::PayoutAddressId;
use crate::text::Line;
use crate::time::{Span, Timestamp};

/// How long a first address on a network waits after it was confirmed.
pub const NEW_ADDRESS_WAIT: Span = Span::hours(24);

/// How long a change waits while the person has a live deal.
pub const CHANGE_IN_DEAL_WAIT: Span = Span::hours(72);

/// One of a person's addresses, for payouts and refunds alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutAddress {
    /// Which one.
    pub id: PayoutAddressId,
    /// The network it is on.
    pub network: Network,
    /// The address as wallets write it.
    pub address: String,
    /// What the person calls it.
    pub label: Option<Line<40>>,
    /// When it was added.
    pub added_at: Timestamp,
    /// When the mailed code was entered.
    pub confirmed_at: Option<Timestamp>,
    /// When money may be sent there; known once it is confirmed.
    pub active_from: Option<Timestamp>,
    /// Whether it takes the place of another.
    pub is_change: bool,
    /// The digest of the secret in the link that stops it.
    pub stop: Digest,
    /// How it went out of use.
    pub ended: Option<Ended>,
}

/// The end of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// How.
    pub how: EndedHow,
}

/// How an address went out of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedHow {
    /// The person took it out.
    Removed,
    /// Stopped by the link in the mail: it was not the owner who had added it.
    Stopped,
    /// Another one took its place.
    Replaced,
}

/// Where an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressState {
    /// Waits for the mailed code.
    Unconfirmed,
    /// Confirmed, and not to be paid to before this moment.
    Waiting(Timestamp),
    /// Money may be sent there.
    Active,
    /// Out of use.
    Ended(EndedHow),
}

impl PayoutAddress {
    /// Where it stands at `now`.
    pub fn state(&self, now: Timestamp) -> AddressState {
        match (self.ended, self.active_from) {
            (Some(ended), _) => AddressState::Ended(ended.how),
            (None, None) => AddressState::Unconfirmed,
            (None, Some(from)) if now < from => AddressState::Waiting(from),
            (None, Some(_)) => AddressState::Active,
        }
    }

    /// Whether it is in use or on its way to be.
    pub const fn is_listed(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether the code was entered and nobody ended it.
    pub const fn is_confirmed(&self) -> bool {
        self.is_listed() && self.confirmed_at.is_some()
    }

    /// Whether `other` begins and ends like this address and yet is another: the way attackers
    /// slip theirs into a clipboard or a history.
    pub fn looks_like(&self, other: &str) -> bool {
        let ends = |text: &str| {
            let text = text.strip_prefix("0x").unwrap_or(text).to_ascii_lowercase();
            let head: String = text.chars().take(4).collect();
            let tail: String = text.chars().rev().take(4).collect();
            (head, tail)
        };
        !self.is_same(other) && ends(&self.address) == ends(other)
    }

    /// Whether `other` is this very address; on EVM networks capitals are but a checksum.
    pub fn is_same(&self, other: &str) -> bool {
        match self.network {
            Network::Bsc | Network::Ethereum | Network::Polygon => {
                self.address.eq_ignore_ascii_case(other)
            }
            Network::Tron => self.address == other,
        }
    }
}

/// Whether money may go to an address of a person now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutStanding {
    /// It may.
    Ready,
    /// Not before this moment: the address is new.
    AddressWaits(Timestamp),
    /// Not before this moment: the password was reset, or an address was stopped.
    Blocked(Timestamp),
    /// The person does not have this address, or no longer.
    NotTheirs,
}
