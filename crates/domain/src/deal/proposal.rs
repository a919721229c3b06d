//! What one party proposes and the other may agree to.

use serde::{Deserialize, Serialize};

use super::Party;
use super::state::State;
use crate::id::ProposalId;
use crate::money::Units;
use crate::time::{Span, Timestamp};

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Offer {
    /// Divide what is held: this to the buyer, the rest less the fee to the seller.
    Split {
        /// The buyer's part, in base units.
        buyer: Units,
    },
    /// Go on at the lower price of what has arrived.
    Waiver {
        /// What has arrived, in base units; another sum arriving makes the proposal void.
        arrived: Units,
    },
    /// Ship and deliver this much later.
    Extension {
        /// How much later.
        by: Span,
    },
}

/// A live proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Who made it; the other one may accept.
    pub by: Party,
    /// The state it was made in, and with which it lapses.
    pub made_in: State,
    /// What is proposed.
    pub offer: Offer,
    /// When.
    pub at: Timestamp,
}
