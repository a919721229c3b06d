//! The status that clients are shown: a late projection that nothing inside decides by.

use serde::{Deserialize, Serialize};

use super::{Request, Stage};
use crate::deal::{Outcome, State};

/// What a request is called in lists and in the REST interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestStatus {
    /// Being written.
    Draft,
    /// Waits for a look by staff.
    Pending,
    /// Published, without an offer.
    Active,
    /// Published, with offers.
    ReceivedOffers,
    /// The buyer has answered an offer with a wish.
    InNegotiation,
    /// Accepted; the payment is awaited.
    Payment,
    /// Paid; to be shipped.
    Processing,
    /// On its way.
    Delivery,
    /// Delivered; being looked at.
    Delivered,
    /// Money on its way back, or in parts, or in a loss.
    Confirming,
    /// Money on its way to the seller.
    Completed,
    /// Paid out to the seller.
    SellerPaid,
    /// Called off, or paid back.
    Cancelled,
}

impl RequestStatus {
    /// All there are, in the order of a request's life.
    pub const ALL: [Self; 13] = [
        Self::Draft,
        Self::Pending,
        Self::Active,
        Self::ReceivedOffers,
        Self::InNegotiation,
        Self::Payment,
        Self::Processing,
        Self::Delivery,
        Self::Delivered,
        Self::Confirming,
        Self::Completed,
        Self::SellerPaid,
        Self::Cancelled,
    ];

    /// The word used in the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Active => "active",
            Self::ReceivedOffers => "received_offers",
            Self::InNegotiation => "in_negotiation",
            Self::Payment => "payment",
            Self::Processing => "processing",
            Self::Delivery => "delivery",
            Self::Delivered => "delivered",
            Self::Confirming => "confirming",
            Self::Completed => "completed",
            Self::SellerPaid => "seller_paid",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether anybody may see the request in lists.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Active | Self::ReceivedOffers | Self::InNegotiation
        )
    }

    /// The status of a deal in this state; none for one that lapsed, when the request's own counts.
    const fn of_deal(shown: State, outcome: Option<Outcome>) -> Option<Self> {
        Some(match shown {
            State::AwaitingPayment | State::Detected | State::Underpaid => Self::Payment,
            State::InDelivery => Self::Delivery,
            State::Inspection => Self::Delivered,
            State::Settling => match outcome {
                Some(Outcome::Release) => Self::Completed,
                Some(Outcome::Refund | Outcome::Split) | None => Self::Confirming,
            },
            State::Loss => Self::Confirming,
            State::Released => Self::SellerPaid,
            State::Refunded | State::Split => Self::Cancelled,
            State::Expired | State::Cancelled => return None,
            // Frozen states are never shown: the state before them is.
            State::Funded | State::Disputed | State::Ruled | State::Suspended => Self::Processing,
        })
    }
}

impl Request {
    /// The status that clients are shown.
    pub fn status(&self) -> RequestStatus {
        let of_deal = self
            .current_attempt()
            .and_then(|attempt| RequestStatus::of_deal(attempt.shown_state, attempt.outcome));
        of_deal.unwrap_or_else(|| self.own_status())
    }

    fn own_status(&self) -> RequestStatus {
        match self.stage {
            Stage::Draft => RequestStatus::Draft,
            Stage::InReview => RequestStatus::Pending,
            Stage::Cancelled => RequestStatus::Cancelled,
            Stage::Open if self.offers.is_empty() => RequestStatus::Active,
            Stage::Open if self.offers.iter().any(|offer| offer.counter.is_some()) => {
                RequestStatus::InNegotiation
            }
            Stage::Open => RequestStatus::ReceivedOffers,
        }
    }
}
