//! Offers: what a seller proposes on a request.

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;
use crate::asset::{Asset, Network};
use crate::deal::Destination;
use crate::id::{FileId, OfferId, UserId};
use crate::money::Bps;
use crate::price::Price;
use crate::text::{Block, Line};
use crate::time::{Span, Timestamp};

/// The most attachments of an offer.
pub const OFFER_ATTACHMENTS_MAX: usize = 5;
/// How often one offer can be revised.
pub const REVISIONS_MAX: usize = 20;
/// The shortest and the longest time that an offer stands, where it says how long.
pub const OFFER_STANDS: (Span, Span) = (Span::hours(1), Span::days(90));

/// A time of delivery as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeliveryTime {
    /// How many.
    pub amount: u16,
    /// Of what.
    pub unit: TimeUnit,
}

/// What a time of delivery is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
    /// Weeks of seven days.
    Weeks,
}

impl TimeUnit {
    /// All there are, shortest first.
    pub const ALL: [Self; 3] = [Self::Hours, Self::Days, Self::Weeks];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
        }
    }

    /// The unit of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

impl DeliveryTime {
    /// The same in milliseconds.
    pub fn span(self) -> Span {
        let amount = u32::from(self.amount);
        match self.unit {
            TimeUnit::Hours => Span::hours(amount),
            TimeUnit::Days => Span::days(amount),
            TimeUnit::Weeks => Span::days(amount.saturating_mul(7)),
        }
    }
}

/// What a seller proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// In one line.
    pub title: Line<200>,
    /// At length.
    pub description: Block<1000>,
    /// What it costs, all in all.
    pub price: Price,
    /// How long after the payment it is delivered at the latest.
    pub delivery: DeliveryTime,
    /// The networks it can be paid on, cheapest first.
    pub networks: Vec<Network>,
    /// Until when the offer stands; none is as long as the request.
    pub valid_until: Option<Timestamp>,
    /// For the seller's own eyes.
    pub notes: Option<Block<500>>,
    /// Pictures and documents.
    pub attachments: Vec<FileId>,
}

impl Proposal {
    /// The assets it can be paid with.
    pub fn assets(&self) -> impl Iterator<Item = Asset> + '_ {
        self.networks
            .iter()
            .filter_map(|network| Asset::new(*network, self.price.token()))
    }

    /// Whether lists and times are within their limits.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), Rejection> {
        if self.delivery.amount == 0 {
            return Err(Rejection::DeliveryTime);
        }
        let mut networks = self.networks.clone();
        networks.sort_unstable();
        networks.dedup();
        if networks.is_empty() || networks.len() != self.networks.len() {
            return Err(Rejection::Networks);
        }
        let payable = self.assets().count();
        if payable != self.networks.len() {
            return Err(Rejection::TokenNotOnNetwork);
        }
        let (shortest, longest) = OFFER_STANDS;
        let stands = now.plus(shortest)..=now.plus(longest);
        if self
            .valid_until
            .is_some_and(|until| !stands.contains(&until))
        {
            return Err(Rejection::ValidUntil);
        }
        Ok(())
    }
}

/// What a buyer would rather have; the seller may revise the offer, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// The version of the offer that it answers.
    pub version: u32,
    /// The price that the buyer would pay.
    pub price: Price,
    /// How soon the buyer would have it.
    pub delivery: Option<DeliveryTime>,
    /// Why.
    pub note: Option<Block<500>>,
    /// When it was said.
    pub at: Timestamp,
}

/// Where a live offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveStatus {
    /// Waits for the buyer.
    Pending,
    /// Accepted: a deal waits for its payment, or runs.
    Accepted,
}

/// An earlier version of an offer, for those who ask what has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its version.
    pub version: u32,
    /// Its price.
    pub price: Price,
    /// Its time of delivery.
    pub delivery: DeliveryTime,
    /// When it took the place of what was before.
    pub at: Timestamp,
}

/// A live offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which one.
    pub id: OfferId,
    /// Whose.
    pub seller: UserId,
    /// Raised by every revision: an accepting buyer names the version that was shown.
    pub version: u32,
    /// The edition of the request that it answers.
    pub edition: u32,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last revised.
    pub revised_at: Timestamp,
    /// What is proposed.
    pub proposal: Proposal,
    /// Where it stands.
    pub status: LiveStatus,
    /// What the buyer would rather have, until the seller revises.
    pub counter: Option<Counter>,
    /// Earlier versions, oldest first.
    pub revisions: Vec<Revision>,
}

impl Offer {
    /// Whether it no longer stands at `now`.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.status == LiveStatus::Pending
            && self.proposal.valid_until.is_some_and(|until| until <= now)
    }
}

/// How an offer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferEnd {
    /// Another was accepted and paid, or the request was called off.
    Rejected,
    /// The seller took it back.
    Withdrawn,
    /// It stood until now.
    Expired,
}

/// An offer that ended: as much of it as lists show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedOffer {
    /// Which one.
    pub id: OfferId,
    /// Whose.
    pub seller: UserId,
    /// Its last version.
    pub version: u32,
    /// In one line.
    pub title: Line<200>,
    /// What it cost.
    pub price: Price,
    /// How soon it would have been delivered.
    pub delivery: DeliveryTime,
    /// Pictures and documents that were shown with it: they go with it.
    #[serde(default)]
    pub attachments: Vec<FileId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// How it ended.
    pub end: OfferEnd,
    /// When it ended.
    pub ended_at: Timestamp,
}

impl Offer {
    pub(super) fn ended(self, end: OfferEnd, now: Timestamp) -> EndedOffer {
        EndedOffer {
            id: self.id,
            seller: self.seller,
            version: self.version,
            title: self.proposal.title,
            price: self.proposal.price,
            delivery: self.proposal.delivery,
            attachments: self.proposal.attachments,
            made_at: self.made_at,
            end,
            ended_at: now,
        }
    }
}

/// What is known of a seller who offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellerStanding {
    /// The confirmed payout address of each network that the seller has one on.
    pub addresses: Vec<(Network, Destination)>,
    /// Live offers of the seller on all requests together.
    pub open_offers: u32,
    /// Too few finished deals for more than [`NEW_SELLER_OFFERS_MAX`] open offers.
    pub is_new: bool,
    /// The buyer wants nothing to do with the seller.
    pub is_blocked: bool,
}

impl SellerStanding {
    /// The confirmed payout address on a network.
    pub fn address_on(&self, network: Network) -> Option<&Destination> {
        self.addresses
            .iter()
            .find(|(on, _)| *on == network)
            .map(|(_, address)| address)
    }
}

/// Live offers that a new seller may have on all requests together.
pub const NEW_SELLER_OFFERS_MAX: u32 = 5;

/// The platform's fees for new deals; a running deal keeps those of its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeSchedule {
    /// The platform's part of what the seller gets.
    pub platform: Bps,
}
