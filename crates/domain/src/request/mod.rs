//! The request: what a buyer wants, with the live offers on it and the deals it led to.
//!
//! Everything that decides which offer binds lies in this one document. Accepting, withdrawing,
//! revising and editing are each a compare-and-swap on its version, so an offer that was withdrawn
//! or changed can never bind, and no two offers ever bind at once.
//!
//! A command checks everything first and changes something only then: after a refusal the request
//! is what it was. Times, counts and addresses that lie elsewhere are arguments.

mod accept;
mod attach;
mod bid;
pub mod details;
mod edit;
mod event;
mod invite;
pub mod offer;
mod rejection;
mod status;
mod terms;
mod visibility;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::command_log::{CommandLog, Seen};
use crate::digest::Digest;
use crate::id::{CategoryId, CommandKey, DealId, OfferId, RequestId, UserId};
use crate::text::Line;
use crate::time::Timestamp;

pub use accept::{AcceptOffer, Attempt, AttemptStanding, DealNews};
pub use details::{
    Conditions, Delivery, Description, Details, Draft, INVITED_MAX, Part, Specification, Title,
    Urgency, What,
};
pub use event::{Event, Happened};
pub use offer::{
    Counter, DeliveryTime, EndedOffer, FeeSchedule, LiveStatus, Offer, OfferEnd, Proposal,
    Revision, SellerStanding, TimeUnit,
};
pub use rejection::Rejection;
pub use status::RequestStatus;

/// The most live offers on one request.
pub const LIVE_OFFERS_MAX: usize = 100;
/// The most offers that one request ever takes.
pub const OFFERS_MAX: usize = 300;
/// The most offers that one seller ever makes on one request.
pub const OFFERS_OF_SELLER_MAX: usize = 5;
/// The most deals that one request can lead to, one after the other.
pub const ATTEMPTS_MAX: usize = 20;

/// How far the buyer has brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Being written; nobody else sees it.
    Draft,
    /// Waits for a look by staff.
    InReview,
    /// Published.
    Open,
    /// Called off.
    Cancelled,
}

/// What the buyer has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Content {
    /// Parts of a request.
    Draft(Draft),
    /// A complete request.
    Complete(Details),
}

/// A purchase request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Which one.
    pub id: RequestId,
    /// Raised by every commit.
    pub version: u64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Whose it is.
    pub buyer: UserId,
    /// When it is thrown away, while nobody with an account has claimed it.
    pub guest_until: Option<Timestamp>,
    /// How far the buyer has brought it.
    pub stage: Stage,
    /// What the buyer has written.
    pub content: Content,
    /// Raised when a published request changes in something that sellers priced: offers on an
    /// earlier edition bind only after their sellers looked again.
    pub edition: u32,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
    /// The category it is filed in, after those that hold it: what lists and searches go by.
    pub filed_in: Vec<CategoryId>,
    /// The time for offers is over, and its buyer was told.
    pub offers_closed: bool,
    /// Why staff sent it back.
    pub review_note: Option<Line<300>>,
    /// Live offers, oldest first.
    pub offers: Vec<Offer>,
    /// Offers that ended, in the order they did.
    pub ended_offers: Vec<EndedOffer>,
    /// Accepted offers and the deals they led to, oldest first.
    pub attempts: Vec<Attempt>,
    /// What happened lately, oldest first: also the outbox.
    pub events: Vec<Event>,
    /// The number of the last event.
    pub last_seq: u64,
    /// The last commands that were carried out.
    pub commands: CommandLog,
}

impl Request {
    /// The complete request, once there is one.
    pub const fn details(&self) -> Option<&Details> {
        match &self.content {
            Content::Complete(details) => Some(details),
            Content::Draft(_) => None,
        }
    }

    /// The parts that are written so far.
    pub fn draft(&self) -> Draft {
        match &self.content {
            Content::Draft(draft) => draft.clone(),
            Content::Complete(details) => Draft {
                what: Some(details.what.clone()),
                delivery: Some(details.delivery.clone()),
                conditions: Some(details.conditions.clone()),
            },
        }
    }

    /// A live offer.
    pub fn offer(&self, id: OfferId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    /// The live offer of a seller; there is at most one.
    pub fn offer_of(&self, seller: UserId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.seller == seller)
    }

    /// The deal that waits for its payment or runs; there is at most one.
    pub fn live_attempt(&self) -> Option<&Attempt> {
        self.attempts
            .iter()
            .find(|attempt| attempt.standing.is_live())
    }

    /// Whether another deal than this one waits for its payment, runs or is over.
    pub fn has_other_deal(&self, deal: DealId) -> bool {
        self.current_attempt()
            .is_some_and(|current| current.deal != deal)
    }

    /// The deal that waits for its payment, runs or is over; not one that came to nothing. There
    /// is at most one.
    pub fn current_attempt(&self) -> Option<&Attempt> {
        self.attempts
            .iter()
            .find(|attempt| attempt.standing != AttemptStanding::Lapsed)
    }

    /// The deal whose price is or was held: its seller may know where the goods go.
    pub fn paid_attempt(&self) -> Option<&Attempt> {
        self.current_attempt().filter(|attempt| {
            matches!(
                attempt.standing,
                AttemptStanding::Funded | AttemptStanding::Closed
            )
        })
    }

    /// The attempt that a deal came from.
    pub fn attempt_of(&self, deal: DealId) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.deal == deal)
    }

    /// Whether a deal on it was paid for and is over or under way for good.
    pub fn is_finished(&self) -> bool {
        self.attempts
            .iter()
            .any(|attempt| attempt.standing == AttemptStanding::Closed)
    }

    /// Whether sellers may offer now.
    ///
    /// # Errors
    /// [`Rejection`] says why not.
    pub fn takes_offers(&self, now: Timestamp) -> Result<&Details, Rejection> {
        let details = self.details().ok_or(Rejection::NotOpen)?;
        if self.stage != Stage::Open {
            return Err(Rejection::NotOpen);
        }
        self.check_no_deal()?;
        if details.conditions.offers_until <= now {
            return Err(Rejection::OffersClosed);
        }
        Ok(details)
    }

    /// When time next does something here: an offer expires, or no more are taken.
    pub fn next_at(&self) -> Option<Timestamp> {
        let pending = |offer: &&Offer| offer.status == LiveStatus::Pending;
        let expiries = self.offers.iter().filter(pending);
        let closing = self
            .details()
            .filter(|_| self.stage == Stage::Open && !self.offers_closed && !self.is_finished())
            .map(|details| details.conditions.offers_until);
        expiries
            .filter_map(|offer| offer.proposal.valid_until)
            .chain(closing)
            .min()
    }

    /// Whether a command was carried out before.
    pub fn seen(&self, actor: UserId, key: &CommandKey, body: Digest) -> Seen {
        self.commands.seen(actor, key, body)
    }

    /// Notes that a command was carried out; the last event holds its answer.
    pub fn remember(&mut self, actor: UserId, key: CommandKey, body: Digest) {
        self.commands.record(actor, key, body, self.last_seq);
    }

    fn check_buyer(&self, by: UserId) -> Result<(), Rejection> {
        if by == self.buyer {
            Ok(())
        } else {
            Err(Rejection::NotTheBuyer)
        }
    }

    /// Nobody decides on a request of their own.
    fn check_not_buyer(&self, by: UserId) -> Result<(), Rejection> {
        if by == self.buyer {
            Err(Rejection::OwnRequest)
        } else {
            Ok(())
        }
    }

    fn check_no_deal(&self) -> Result<(), Rejection> {
        if self.is_finished() {
            return Err(Rejection::Finished);
        }
        if self.live_attempt().is_some() {
            return Err(Rejection::DealRunning);
        }
        Ok(())
    }
}
