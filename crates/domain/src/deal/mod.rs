//! The deal: one accepted offer, from the first payment to the last payout.
//!
//! [`Deal::decide`] asks what a command would do and answers with a [`Change`] or a typed refusal;
//! [`Deal::replay`] builds the same deal from its events alone. Both go through one `apply`, so
//! that what was decided and what is stored cannot differ.

mod apply;
mod clock;
mod code;
mod command;
mod decide;
mod deposit;
mod dispute;
mod event;
mod invariants;
mod leg;
mod outcomes;
mod proposal;
mod rejection;
mod state;
mod terms;

use serde::{Deserialize, Serialize};

pub use clock::{Clocks, Deadline, DeadlineKind, Stopped};
pub use code::{CodeState, DeliveryCode, TRIES_TO_LOCK};
pub use command::{Actor, Command, Context, LegResult, Limits};
pub use decide::Change;
pub use deposit::{Deposit, DepositKey, DepositState};
pub use dispute::{
    Appeal, Claim, Dispute, DisputeCategory, DisputeEnd, Evidence, Opener, ProposedRuling, RuledBy,
    Ruling, Tier,
};
pub use event::{Booking, Cut, Event, EventBody, LegFault, Reversal, SettledBy, TwoKeyAction};
pub use invariants::Breach;
pub use leg::{InvalidLegId, Leg, LegId, LegState};
pub use outcomes::{Foreseen, outcomes_if_nobody_acts};
pub use proposal::{Offer, Proposal};
pub use rejection::Rejection;
pub use state::{Outcome, State};
pub use terms::{Destination, EvidenceItem, Goods, Periods, ProductKind, Terms, TermsError};

use crate::command_log::CommandLog;
use crate::digest::Digest;
use crate::id::{DealId, OfferId, RequestId, UserId};
use crate::ledger::{Account, Ledger};
use crate::money::Units;
use crate::time::{Span, Timestamp};

/// The largest a stored deal may become, in bytes of JSON; asserted where it is stored.
pub const MAX_BYTES: usize = 1_000_000;
/// Proposals a deal takes.
pub const PROPOSALS_MAX: u32 = 10;
/// Files of evidence a side can add.
pub const EVIDENCE_PER_SIDE_MAX: usize = 50;
/// How often changes can be asked for.
pub const CHANGES_MAX: u8 = 2;
/// Disputes a party can open.
pub const DISPUTES_PER_PARTY_MAX: usize = 2;
/// Holds of a deal.
pub const HOLDS_MAX: usize = 4;

/// A side of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Who pays.
    Buyer,
    /// Who delivers.
    Seller,
}

impl Party {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Buyer => Self::Seller,
            Self::Seller => Self::Buyer,
        }
    }
}

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

/// A running hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Who placed it.
    pub by: UserId,
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

/// One deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    /// Its id, derived from the request and the attempt.
    pub id: DealId,
    /// Raised by each commit.
    pub version: u64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// The request it came from.
    pub request: RequestId,
    /// The how-manieth deal of that request.
    pub attempt: u32,
    /// The offer that was accepted.
    pub offer: OfferId,
    /// What both agreed to.
    pub terms: Terms,
    /// What must be held, in base units: the terms' price, unless a shortfall was waived.
    pub price: Units,
    /// Where it stands.
    pub state: State,
    /// Its deadlines.
    pub clocks: Clocks,
    /// The time left of the quote, and of DETECTED, while each is stopped.
    pub quote_left: Option<Span>,
    /// See [`clock::DETECTED`]: all stays share it.
    pub detected_left: Span,
    /// When the first 24 hours of UNDERPAID end.
    pub top_up_until: Option<Timestamp>,
    /// A top-up that was seen has extended them.
    pub top_up_extended: bool,
    /// Every transfer seen.
    pub deposits: Vec<Deposit>,
    /// Where the money is.
    pub ledger: Ledger,
    /// What is owed to whom.
    pub legs: Vec<Leg>,
    /// Where the buyer's money goes back to.
    pub refund_address: Option<Destination>,
    /// How the goods were sent.
    pub shipment: Option<Shipment>,
    /// When delivery is due, counted from funding, extensions included.
    pub delivery_due: Option<Timestamp>,
    /// The delivery codes, without their digits.
    pub code: CodeState,
    /// The buyer's look at the goods.
    pub inspection: Option<Inspection>,
    /// How often changes were asked for.
    pub changes_asked: u8,
    /// Files of both sides.
    pub evidence: Vec<Evidence>,
    /// Live proposals.
    pub proposals: Vec<Proposal>,
    /// How many proposals were made.
    pub proposals_made: u32,
    /// All disputes; the last may be open.
    pub disputes: Vec<Dispute>,
    /// The one appeal was used.
    pub appealed: bool,
    /// How the money was divided.
    pub settlement: Option<Settlement>,
    /// While SUSPENDED.
    pub suspension: Option<Suspension>,
    /// While LOSS: where the deal was.
    pub loss_from: Option<State>,
    /// While held.
    pub hold: Option<Hold>,
    /// Who placed each hold there was.
    pub holds: Vec<UserId>,
    /// First keys that wait for a second.
    pub keys: Vec<TurnedKey>,
    /// On late money.
    pub reopen: ReopenConsent,
    /// Downtime until then has been given back.
    pub downtime_until: Timestamp,
    /// What happened, hash-chained; also the outbox.
    pub events: Vec<Event>,
    /// How far the outbox has been relayed; outside the version.
    pub dispatched_seq: u64,
    /// The last command keys.
    pub commands: CommandLog,
}

impl Deal {
    /// Opens the deal of an accepted offer.
    ///
    /// # Errors
    /// [`TermsError`] when the terms cannot stand.
    pub fn open(
        request: RequestId,
        attempt: u32,
        offer: OfferId,
        terms: Terms,
        now: Timestamp,
    ) -> Result<Self, TermsError> {
        terms.check()?;
        let buyer = terms.buyer;
        let hash = terms.hash();
        let mut deal = Self::blank(request, attempt, offer, terms, now);
        deal.record(now, Some(buyer), EventBody::Opened { terms: hash });
        deal.version = 1;
        Ok(deal)
    }

    /// The id of a request's `attempt`: accepting twice opens one deal.
    pub fn id_of(request: RequestId, attempt: u32) -> DealId {
        DealId::derived(&[request.as_uuid().as_bytes(), &attempt.to_be_bytes()])
    }

    /// Builds the deal again from its opening and its events: the same, but for version, relay
    /// position and command keys.
    #[must_use]
    pub fn replay(&self) -> Self {
        let mut deal = Self::blank(
            self.request,
            self.attempt,
            self.offer,
            self.terms.clone(),
            self.created_at,
        );
        for event in &self.events {
            deal.record(event.at, event.by, event.body.clone());
        }
        deal.version = self.version;
        deal.dispatched_seq = self.dispatched_seq;
        deal.commands = self.commands.clone();
        deal
    }

    /// Whether every event follows the one before, unchanged.
    pub fn log_is_unbroken(&self) -> bool {
        let mut before = Digest::ZERO;
        self.events.iter().zip(1_u64..).all(|(event, seq)| {
            let follows = event.seq == seq && event.follows(before);
            before = event.hash;
            follows
        })
    }

    /// The side this person is on.
    pub fn party(&self, user: UserId) -> Option<Party> {
        if user == self.terms.buyer {
            Some(Party::Buyer)
        } else if user == self.terms.seller {
            Some(Party::Seller)
        } else {
            None
        }
    }

    /// The person on this side.
    pub const fn person(&self, party: Party) -> UserId {
        match party {
            Party::Buyer => self.terms.buyer,
            Party::Seller => self.terms.seller,
        }
    }

    /// What stands in an account, in base units.
    pub fn balance(&self, account: Account) -> Units {
        self.ledger.balance(account)
    }

    /// What serves the price now.
    pub fn held(&self) -> Units {
        self.balance(Account::Held)
    }

    /// What is missing of the price.
    pub fn missing(&self) -> Units {
        self.price.less(self.held())
    }

    /// The open dispute.
    pub fn dispute(&self) -> Option<&Dispute> {
        self.disputes
            .last()
            .filter(|dispute| dispute.closed.is_none())
    }

    /// A leg by its name.
    pub fn leg(&self, id: &LegId) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.id == *id)
    }

    /// A transfer by its key.
    pub fn deposit(&self, key: &DepositKey) -> Option<&Deposit> {
        self.deposits.iter().find(|deposit| deposit.key == *key)
    }

    /// When this deal wants to be looked at next; none when no deadline runs.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.clocks.next_at()
    }

    /// The number of the last event.
    pub fn last_seq(&self) -> u64 {
        self.events.last().map_or(0, |event| event.seq)
    }

    /// Where the deal was before a suspension or a loss, or where it is.
    pub fn underlying_state(&self) -> State {
        match (self.state, self.suspension, self.loss_from) {
            (State::Suspended, Some(suspension), _) => suspension.from,
            (State::Loss, _, Some(from)) => from,
            _ => self.state,
        }
    }

    /// The fee and the seller's part when the buyer's part of what is held is `buyer`.
    pub fn division(&self, buyer: Units) -> Option<Division> {
        let gross = self.held().checked_sub(buyer)?;
        let fee = self.terms.fee_on(gross);
        Some(Division {
            buyer,
            seller: gross.less(fee),
            fee,
        })
    }

    /// Late deposits that no leg sends back yet.
    pub fn late_undecided(&self) -> Vec<(DepositKey, Units)> {
        let is_sent_back = |deposit: &Deposit| {
            let mut legs = self.legs.iter().filter(|leg| leg.state != LegState::Void);
            legs.any(|leg| leg.deposit.as_ref() == Some(&deposit.key))
        };
        let undecided = self.deposits.iter().filter(|deposit| {
            !deposit.late.is_zero()
                && deposit.state == DepositState::Credited
                && !is_sent_back(deposit)
        });
        undecided
            .map(|deposit| (deposit.key.clone(), deposit.late))
            .collect()
    }

    fn blank(
        request: RequestId,
        attempt: u32,
        offer: OfferId,
        terms: Terms,
        now: Timestamp,
    ) -> Self {
        Self {
            id: Self::id_of(request, attempt),
            version: 0,
            created_at: now,
            updated_at: now,
            request,
            attempt,
            offer,
            price: terms.price,
            terms,
            state: State::AwaitingPayment,
            clocks: Clocks::default(),
            quote_left: None,
            detected_left: clock::DETECTED,
            top_up_until: None,
            top_up_extended: false,
            deposits: Vec::new(),
            ledger: Ledger::default(),
            legs: Vec::new(),
            refund_address: None,
            shipment: None,
            delivery_due: None,
            code: CodeState::default(),
            inspection: None,
            changes_asked: 0,
            evidence: Vec::new(),
            proposals: Vec::new(),
            proposals_made: 0,
            disputes: Vec::new(),
            appealed: false,
            settlement: None,
            suspension: None,
            loss_from: None,
            hold: None,
            holds: Vec::new(),
            keys: Vec::new(),
            reopen: ReopenConsent::default(),
            downtime_until: now,
            events: Vec::new(),
            dispatched_seq: 0,
            commands: CommandLog::default(),
        }
    }
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
