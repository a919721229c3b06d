//! The deal: one accepted offer, from the first payment to the last payout.
//!
//! [`Deal::decide`] asks what a command would do and answers with a [`Change`] or a typed refusal;
//! [`Deal::replay`] builds the same deal from its events alone. Both go through one `apply`, so
//! that what was decided and what is stored cannot differ.

mod apply;
mod bounds;
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
mod parts;
mod proposal;
mod rejection;
mod state;
mod task;
mod terms;

use serde::{Deserialize, Serialize};

pub(crate) use bounds::OTHER_TXS_MAX;
pub use bounds::{
    ADDRESSES_PER_LEG_MAX, CHANGES_MAX, DEPOSITS_MAX, DISPUTES_PER_PARTY_MAX,
    EVIDENCE_NOTE_CHARS_MAX, EVIDENCE_PER_SIDE_MAX, EXTENSION, HOLDS_MAX, LABEL_CHARS_MAX,
    MAX_BYTES, NOTE_CHARS_MAX, PROPOSALS_MAX, QUESTION_ANSWER_CHARS_MAX, QUESTION_CHARS_MAX,
    QUESTIONS_PER_SIDE_MAX, REFUND_ADDRESSES_MAX, STATEMENT_CHARS_MAX,
};
pub use clock::{Clocks, Deadline, DeadlineKind, Stopped};
pub use code::{CodeState, DeliveryCode, TRIES_TO_LOCK};
pub use command::{Actor, Command, Context, LegResult, Limits};
pub use decide::Change;
pub(crate) use decide::VETO;
pub use deposit::{Deposit, DepositKey, DepositState};
pub use dispute::{
    Answer, Appeal, Claim, Dispute, DisputeCategory, DisputeEnd, Evidence, Opener, ProposedRuling,
    Question, RuledBy, Ruling, Tier,
};
pub use event::{
    Booking, Cut, Event, EventBody, Joining, LegFault, Reversal, SettledBy, TwoKeyAction,
};
pub use invariants::Breach;
pub(crate) use leg::{ANSWER_WITHIN, pause_after};
pub use leg::{InvalidLegId, Leg, LegId, LegState};
pub use outcomes::{Foreseen, outcomes_if_nobody_acts};
pub use parts::{
    Counts, Division, Hold, Inspection, Loss, ReopenConsent, Settlement, Shipment, Suspension,
    TurnedKey,
};
pub use proposal::{Offer, Proposal};
pub use rejection::Rejection;
pub use state::{Outcome, State};
pub use task::{Task, TaskKind};
pub use terms::{Destination, EvidenceItem, Goods, Periods, ProductKind, Terms, TermsError};

use crate::command_log::CommandLog;
use crate::digest::Digest;
use crate::id::{DealId, OfferId, RequestId, UserId};
use crate::ledger::{Account, Ledger};
use crate::money::Units;
use crate::time::{Span, Timestamp};

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
    /// While LOSS.
    pub loss: Option<Loss>,
    /// While held.
    pub hold: Option<Hold>,
    /// The admin who placed each hold there was; none where the system did.
    pub holds: Vec<Option<UserId>>,
    /// First keys that wait for a second.
    pub keys: Vec<TurnedKey>,
    /// On late money.
    pub reopen: ReopenConsent,
    /// How much there has been of what is bounded.
    pub counts: Counts,
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

    /// What was seen on the chain and is neither confirmed nor dropped yet.
    pub fn under_way(&self) -> Units {
        let seen = self
            .deposits
            .iter()
            .filter(|deposit| deposit.is_under_way());
        Units::sum(seen.map(|deposit| deposit.units)).unwrap_or_default()
    }

    /// Whether what is missing is under way already: nobody should send it once more.
    pub fn is_topped_up(&self) -> bool {
        self.state == State::Underpaid && self.under_way() >= self.missing()
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

    /// Whether a reminder was asked for and is not written: until it is, and for a day more, the
    /// inspection does not end.
    pub fn waits_for_reminder(&self) -> bool {
        let unwritten = |inspection: Inspection| inspection.reminded_at.is_none();
        self.state == State::Inspection
            && !self.clocks.has(&DeadlineKind::Reminder)
            && self.inspection.is_some_and(unwritten)
    }

    /// Late money waits for both to say whether they go on.
    pub fn waits_with_late_money(&self) -> bool {
        self.state.is_unpaid() && self.clocks.has(&DeadlineKind::LateFunds)
    }

    /// Where the deal was before a suspension or a loss, or where it is.
    pub fn underlying_state(&self) -> State {
        match (self.state, self.suspension, self.loss) {
            (State::Suspended, Some(suspension), _) => suspension.from,
            (State::Loss, _, Some(loss)) => loss.from,
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

    /// Until when it waits for payment: for the whole price, or for the rest of it. None unless a
    /// clock of it runs.
    pub fn paid_until(&self) -> Option<Timestamp> {
        let clock = match self.state {
            State::Underpaid => DeadlineKind::TopUp,
            _ => DeadlineKind::Quote,
        };
        self.clocks.at(&clock)
    }

    /// Whether the seller has given this proof of the present delivery: what was given before the
    /// buyer asked for changes proves nothing of the goods that come after it.
    pub fn is_proved_by(&self, item: EvidenceItem) -> bool {
        let shipment = self.shipment.as_ref();
        let sent_back = shipment.filter(|_| self.changes_asked > 0);
        let since = sent_back.map_or(self.created_at, |shipment| shipment.since);
        let is_it = |file: &Evidence| {
            file.by == Party::Seller && file.item == Some(item) && file.at >= since
        };
        self.evidence.iter().any(is_it)
    }

    /// Late deposits that no leg sends back yet.
    pub fn late_undecided(&self) -> Vec<(DepositKey, Units)> {
        let undecided = self.deposits.iter().filter(|deposit| {
            deposit.state == DepositState::Credited
                && !deposit.late.is_zero()
                && deposit.late_leg.is_none()
        });
        undecided
            .map(|deposit| (deposit.key.clone(), deposit.late))
            .collect()
    }

    /// Whether a transfer of this key can still be entered here. Where not, a credit is left to
    /// the rescue desk: that takes 50 transfers of at least the minimum deposit, or a chain that
    /// takes them back again and again.
    pub fn has_room_for(&self, key: &DepositKey) -> bool {
        let is_known = self.deposit(key).is_some();
        self.counts.deposit_entries < bounds::DEPOSIT_ENTRIES_MAX
            && (is_known || self.deposits.len() < DEPOSITS_MAX)
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
            loss: None,
            hold: None,
            holds: Vec::new(),
            keys: Vec::new(),
            reopen: ReopenConsent::default(),
            counts: Counts::default(),
            downtime_until: now,
            events: Vec::new(),
            dispatched_seq: 0,
            commands: CommandLog::default(),
        }
    }
}
