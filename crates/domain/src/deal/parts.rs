//! The small records that a deal is made of.

use serde::{Deserialize, Serialize};

use super::event::{SettledBy, TwoKeyAction};
use super::state::{Outcome, State};
use crate::id::UserId;
use crate::money::Units;
use crate::time::Timestamp;

/// How the goods were sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Who carries them; empty where nobody does.
    pub carrier: String,
    /// The carrier's number for them.
    pub tracking: String,
    /// When the present delivery began: shipping, or the last request for changes.
    pub since: Timestamp,
}

/// The buyer's look at the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Whether a code proved the delivery.
    pub confirmed: bool,
    /// Whether the buyer saw that it was delivered.
    pub seen: bool,
    /// When the reminder was written, without which nothing is released by itself.
    pub reminded_at: Option<Timestamp>,
}

/// How the held money was divided: fixed once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// Why.
    pub by: SettledBy,
    /// Which way.
    pub outcome: Outcome,
    /// The buyer's part, before the network fee.
    pub buyer: Units,
    /// The seller's part, before the network fee.
    pub seller: Units,
    /// The platform's fee.
    pub fee: Units,
    /// When.
    pub at: Timestamp,
}

/// A suspension: where the deal was, and what must be held for it to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Where the deal was.
    pub from: State,
    /// What must be held for the funding to be whole.
    pub whole: Units,
}

/// A loss: where the deal was, and what must be held for it to go on there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Where the deal was.
    pub from: State,
    /// What must be held for the funding to be whole.
    pub whole: Units,
}

/// A running hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The admin who placed it; none when the system did.
    pub by: Option<UserId>,
    /// Why, for the parties to read.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// The first of two keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedKey {
    /// For what.
    pub action: TwoKeyAction,
    /// By whom; another has to turn the second.
    pub by: UserId,
}

/// Both parties' word on going on with late money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReopenConsent {
    /// The buyer agreed.
    pub buyer: bool,
    /// The seller agreed.
    pub seller: bool,
}

/// How much there has been of what a deal takes only so often; see [`super::bounds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Transfers seen or credited; each return of one counts again.
    pub deposit_entries: u32,
    /// Refund addresses given.
    pub refund_addresses: u32,
    /// Resolvers and approvers drawn.
    pub draws: u32,
    /// Rulings that resolvers made or put before an approver.
    pub rulings_proposed: u32,
}

/// How held money is divided: the parts and the fee add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// The buyer's part, before the network fee.
    pub buyer: Units,
    /// The seller's part, before the network fee.
    pub seller: Units,
    /// The platform's fee.
    pub fee: Units,
}
