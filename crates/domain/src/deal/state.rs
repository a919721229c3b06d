//! Where a deal stands.

use serde::{Deserialize, Serialize};

/// The states of `product.md`'s table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Accepted; nothing has arrived.
    AwaitingPayment,
    /// A transfer was seen that is not confirmed. It gives nobody a right.
    Detected,
    /// Less than the price is confirmed.
    Underpaid,
    /// The price is held; the seller is to ship.
    Funded,
    /// Shipped.
    InDelivery,
    /// Delivered; the buyer looks at it.
    Inspection,
    /// Frozen until somebody rules, or both agree.
    Disputed,
    /// Ruled; may be appealed once.
    Ruled,
    /// The outcome is fixed; payouts are on their way.
    Settling,
    /// Paid to the seller.
    Released,
    /// Paid back to the buyer.
    Refunded,
    /// Paid in parts to both.
    Split,
    /// Nobody paid in time.
    Expired,
    /// Called off before anything arrived.
    Cancelled,
    /// The chain took funding back, perhaps for a moment.
    Suspended,
    /// The chain took back what was already promised or paid.
    Loss,
}

impl State {
    /// All there are.
    pub const ALL: [Self; 16] = [
        Self::AwaitingPayment,
        Self::Detected,
        Self::Underpaid,
        Self::Funded,
        Self::InDelivery,
        Self::Inspection,
        Self::Disputed,
        Self::Ruled,
        Self::Settling,
        Self::Released,
        Self::Refunded,
        Self::Split,
        Self::Expired,
        Self::Cancelled,
        Self::Suspended,
        Self::Loss,
    ];

    /// The stable word for clients and stores.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AwaitingPayment => "awaiting_payment",
            Self::Detected => "detected",
            Self::Underpaid => "underpaid",
            Self::Funded => "funded",
            Self::InDelivery => "in_delivery",
            Self::Inspection => "inspection",
            Self::Disputed => "disputed",
            Self::Ruled => "ruled",
            Self::Settling => "settling",
            Self::Released => "released",
            Self::Refunded => "refunded",
            Self::Split => "split",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Suspended => "suspended",
            Self::Loss => "loss",
        }
    }

    /// The deal is over. Late money may still come, and be sent back.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Released | Self::Refunded | Self::Split | Self::Expired | Self::Cancelled
        )
    }

    /// Over without ever having been paid in time; late money may reopen it.
    pub const fn is_unpaid(self) -> bool {
        matches!(self, Self::Expired | Self::Cancelled)
    }

    /// Disputed, ruled, suspended or in loss: nothing is sent.
    pub const fn stops_payouts(self) -> bool {
        match self {
            Self::Disputed | Self::Ruled | Self::Suspended | Self::Loss => true,
            Self::AwaitingPayment
            | Self::Detected
            | Self::Underpaid
            | Self::Funded
            | Self::InDelivery
            | Self::Inspection
            | Self::Settling
            | Self::Released
            | Self::Refunded
            | Self::Split
            | Self::Expired
            | Self::Cancelled => false,
        }
    }

    /// The price has not been reached yet.
    pub const fn is_before_funding(self) -> bool {
        matches!(
            self,
            Self::AwaitingPayment | Self::Detected | Self::Underpaid
        )
    }

    /// FUNDED, `IN_DELIVERY` or INSPECTION: the parties' own business, clocks running.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Funded | Self::InDelivery | Self::Inspection)
    }

    /// FUNDED to RULED: the price is held and no outcome is fixed.
    pub const fn holds_price(self) -> bool {
        self.is_open() || matches!(self, Self::Disputed | Self::Ruled)
    }
}

/// How the price was divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All to the seller, less the fee.
    Release,
    /// All to the buyer, no fee.
    Refund,
    /// A part to each.
    Split,
}

impl Outcome {
    /// The final state that this outcome ends in.
    pub const fn final_state(self) -> State {
        match self {
            Self::Release => State::Released,
            Self::Refund => State::Refunded,
            Self::Split => State::Split,
        }
    }
}
