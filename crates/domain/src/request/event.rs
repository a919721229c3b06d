//! What happened to a request.

use serde::{Deserialize, Serialize};

use super::Request;
use super::offer::OfferEnd;
use crate::id::{DealId, OfferId, UserId};
use crate::time::Timestamp;

/// The most events that are kept, apart from those that a remembered command is answered from. The
/// relay reads them within seconds; were it hundreds behind on one request, people would miss news.
/// No money depends on these: an accepted offer stays in [`Request::attempts`].
pub const EVENTS_MAX: usize = 256;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, from 1, without a gap.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who did it; none is time itself, or a deal.
    pub by: Option<UserId>,
    /// What.
    #[serde(flatten)]
    pub happened: Happened,
}

/// What can happen to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Happened {
    /// It was begun.
    Drafted,
    /// It waits for a look by staff.
    HeldForReview,
    /// Staff sent it back.
    SentBack,
    /// Staff hid it after it was published.
    TakenDown,
    /// It can be seen.
    Published,
    /// A published request was changed.
    Edited {
        /// The edition that it now has.
        edition: u32,
    },
    /// The buyer named a seller, after it was posted.
    SellerInvited {
        /// Whom.
        seller: UserId,
    },
    /// The buyer took an invitation back.
    SellerUninvited {
        /// Whose.
        seller: UserId,
    },
    /// It was called off.
    Cancelled,
    /// The time for offers is over.
    OffersClosed,
    /// Somebody offered.
    OfferMade {
        /// Which offer.
        offer: OfferId,
    },
    /// An offer was changed or confirmed.
    OfferRevised {
        /// Which offer.
        offer: OfferId,
        /// The version that it now has.
        version: u32,
    },
    /// The buyer would rather have something else.
    OfferCountered {
        /// Which offer.
        offer: OfferId,
    },
    /// An offer ended.
    OfferEnded {
        /// Which offer.
        offer: OfferId,
        /// Whose.
        seller: UserId,
        /// How.
        end: OfferEnd,
    },
    /// An offer was accepted.
    OfferAccepted {
        /// Which offer.
        offer: OfferId,
        /// The deal that it leads to.
        deal: DealId,
    },
    /// The deal was paid.
    DealFunded {
        /// Which deal.
        deal: DealId,
    },
    /// The deal came to nothing; its offer waits again.
    DealLapsed {
        /// Which deal.
        deal: DealId,
    },
    /// The deal is over.
    DealClosed {
        /// Which deal.
        deal: DealId,
    },
    /// A deal that had come to nothing goes on with money that came late.
    DealReopened {
        /// Which deal.
        deal: DealId,
    },
}

impl Request {
    pub(super) fn log(&mut self, by: Option<UserId>, now: Timestamp, happened: Happened) {
        self.last_seq = self.last_seq.saturating_add(1);
        self.updated_at = now;
        self.events.push(Event {
            seq: self.last_seq,
            at: now,
            by,
            happened,
        });
        let surplus = self.events.len().saturating_sub(EVENTS_MAX);
        let answers_from = self.commands.oldest_answer().unwrap_or(u64::MAX);
        let needed = self
            .events
            .iter()
            .position(|event| event.seq >= answers_from);
        self.events.drain(..surplus.min(needed.unwrap_or(surplus)));
    }

    /// The event with this number, while it is kept.
    pub fn event(&self, seq: u64) -> Option<&Event> {
        self.events.iter().find(|event| event.seq == seq)
    }
}
