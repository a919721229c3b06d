//! What happened to a deal: the events it is made of, each linked to the one before by its hash.

use serde::{Deserialize, Serialize};

use super::Party;
use super::deposit::DepositKey;
use super::dispute::{Appeal, Claim, Evidence, Opener, ProposedRuling, Ruling};
use super::leg::LegId;
use super::proposal::Proposal;
use super::state::{Outcome, State};
use super::terms::Destination;
use crate::digest::Digest;
use crate::id::{IntentId, JointPayoutId, ProposalId, UserId};
use crate::money::Units;
use crate::time::{Span, Timestamp};

/// One link of a deal's log. The log is also the outbox: what has to be told to others is read
/// from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1, 2, 3 …
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who caused it; nobody for timers and facts.
    pub by: Option<UserId>,
    /// What happened.
    pub body: EventBody,
    /// The digest of the link before and of all of the above.
    pub hash: Digest,
}

impl Event {
    pub(super) fn link(
        before: Digest,
        seq: u64,
        at: Timestamp,
        by: Option<UserId>,
        body: EventBody,
    ) -> Self {
        let hash = before.chain(&(seq, at, by, &body));
        Self {
            seq,
            at,
            by,
            body,
            hash,
        }
    }

    /// Whether this link follows the one with the hash `before`, unchanged.
    pub fn follows(&self, before: Digest) -> bool {
        before.chain(&(self.seq, self.at, self.by, &self.body)) == self.hash
    }
}

/// How a deposit was booked: its parts add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Booking {
    /// Into escrow.
    pub held: Units,
    /// More than the price.
    pub surplus: Units,
    /// After settlement or the end.
    pub late: Units,
    /// Makes good what a reorganisation took.
    pub shortfall: Units,
}

/// Where a deposit that the chain took back is taken from: its parts add up to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reversal {
    /// From undecided surplus.
    pub surplus: Units,
    /// From legs that were not sent.
    pub legs: Vec<Cut>,
    /// From escrow.
    pub held: Units,
    /// From late money that has no leg yet.
    pub late: Units,
    /// From nowhere: it was promised, or is gone.
    pub shortfall: Units,
}

/// An amount taken from an unsent leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The leg.
    pub leg: LegId,
    /// How much less it pays.
    pub units: Units,
}

/// Why the outcome was fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettledBy {
    /// The buyer accepted the goods.
    Acceptance,
    /// The inspection ended without a word.
    InspectionOver,
    /// Both agreed on a division.
    Agreement,
    /// A party gave the other everything.
    Concession,
    /// A ruling.
    Ruling,
    /// The seller declined to deliver.
    Decline,
    /// The seller did not ship in time.
    NotShipped,
    /// The buyer took an incomplete payment back.
    Withdrawal,
    /// An incomplete payment was not completed in time.
    NotPaidInFull,
}

/// What failed when a leg was not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegFault {
    /// The operator's side: no funds, no gas, gateway down. Retried.
    Operator,
    /// The address was refused. The payee gives another.
    Address,
}

/// What takes two admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TwoKeyAction {
    /// Lift a hold before it lapses.
    LiftHold,
    /// Settle a loss: the operator covers this much.
    SettleLoss {
        /// In base units.
        cover: Units,
    },
    /// Send a leg again, of which chain and wallet history show no transfer.
    Resend {
        /// The leg.
        leg: LegId,
    },
}

impl TwoKeyAction {
    /// Whether both keys are about one thing, though perhaps not about the same way to do it.
    pub(super) fn is_same_matter(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::LiftHold, Self::LiftHold)
            | (Self::SettleLoss { .. }, Self::SettleLoss { .. }) => true,
            (Self::Resend { leg }, Self::Resend { leg: other }) => leg == other,
            (Self::LiftHold | Self::SettleLoss { .. } | Self::Resend { .. }, _) => false,
        }
    }
}

/// How a joint payout takes a leg over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// Which one.
    pub joint: JointPayoutId,
    /// Where it sends the leg.
    pub destination: Destination,
    /// How much of its network fee the leg bears.
    pub network_fee: Units,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[expect(
    missing_docs,
    reason = "each field is the plain subject of its event's sentence"
)]
pub enum EventBody {
    /// The buyer accepted the offer.
    Opened { terms: Digest },
    /// The buyer said where refunds go.
    RefundAddressSet { destination: Destination },

    /// A transfer was seen, unconfirmed.
    DepositSeen {
        key: DepositKey,
        intent: IntentId,
        units: Units,
    },
    /// It was dropped or replaced.
    DepositDropped { key: DepositKey },
    /// It is confirmed and booked.
    DepositCredited {
        key: DepositKey,
        intent: IntentId,
        units: Units,
        booking: Booking,
    },
    /// The chain took it back.
    DepositReversed { key: DepositKey, reversal: Reversal },
    /// It came back after its loss had been settled.
    DepositRescued {
        key: DepositKey,
        intent: IntentId,
        units: Units,
    },
    /// Something arrives; the quote is frozen.
    PaymentDetected,
    /// What was seen is gone, or took too long.
    PaymentUndetected,
    /// Less than the price is confirmed.
    PaymentShort,
    /// Nothing is left of what had arrived; the quote begins anew.
    PaymentGone,
    /// A top-up was seen: once, there is more time.
    TopUpExtended,
    /// Both agreed to what has arrived as the price.
    ShortfallWaived { price: Units },
    /// The price is held.
    Funded,
    /// A party called it off.
    Cancelled { by: Party },
    /// Nobody paid in time.
    Expired,

    /// The seller shipped.
    Shipped { carrier: String, tracking: String },
    /// The buyer made a delivery code (its digits are nowhere).
    CodeMade { generation: u32 },
    /// The seller entered a wrong code.
    CodeRefused { locks: bool },
    /// The seller entered the right code.
    CodeVerified,
    /// The seller delivered with proof, without a code.
    DeliveredWithoutCode,
    /// The buyer saw that it was delivered.
    DeliverySeen,
    /// The buyer is to be reminded.
    ReminderDue,
    /// The reminder is written where the buyer will find it.
    ReminderWritten,
    /// The buyer asked for changes.
    ChangesAsked { note: String },
    /// A file was added.
    EvidenceAdded { evidence: Evidence },
    /// Both agreed to more time.
    DeadlinesExtended { by: Span },

    /// A party proposed something.
    Proposed { proposal: Proposal },
    /// It was taken back.
    ProposalWithdrawn { id: ProposalId },
    /// The other party agreed.
    ProposalAccepted { id: ProposalId },

    /// A dispute was opened; all is frozen.
    DisputeOpened { opener: Opener, claim: Claim },
    /// The other party answered.
    DisputeAnswered { by: Party, statement: String },
    /// Whoever judges asked a party.
    QuestionAsked { to: Party, question: String },
    /// The party answered the oldest question that waited for it.
    QuestionAnswered { by: Party, statement: String },
    /// The other party did not answer in time.
    AnswerOverdue,
    /// Its opener withdrew it.
    DisputeWithdrawn,
    /// A resolver was drawn.
    ResolverDrawn { resolver: UserId },
    /// A ruling waits for approval.
    RulingProposed { proposed: ProposedRuling },
    /// Somebody was drawn to approve it.
    ApproverDrawn { approver: UserId },
    /// The approver let the time pass; another is drawn.
    ApprovalOverdue,
    /// The approver refused, or nobody approved: it is void.
    RulingDropped,
    /// A proposed ruling no longer stops the clock.
    RulingPauseOver,
    /// It is ruled.
    Ruled { ruling: Ruling },
    /// A party appealed.
    Appealed { appeal: Appeal },
    /// What is held changed: what was ruled or proposed is void.
    RulingVoided,

    /// The outcome is fixed.
    Settled {
        by: SettledBy,
        outcome: Outcome,
        buyer: Units,
        seller: Units,
        fee: Units,
    },
    /// Surplus goes back to the buyer.
    SurplusPlanned { leg: LegId, units: Units },
    /// Late money goes back to the buyer.
    LatePlanned {
        leg: LegId,
        deposit: DepositKey,
        units: Units,
    },
    /// The payee gave an address.
    LegAddressGiven {
        leg: LegId,
        destination: Destination,
    },
    /// An admin approved; another must too.
    LegEndorsed { leg: LegId },
    /// It may be sent, not before the time given.
    LegApproved {
        leg: LegId,
        not_before: Option<Timestamp>,
    },
    /// It is being sent.
    LegSending { leg: LegId },
    /// The gateway took it, and gave it a name of its own.
    LegTaken { leg: LegId, task: String },
    /// Whether it left is unclear.
    LegUnclear { leg: LegId },
    /// It surely did not leave.
    LegFailed { leg: LegId, fault: LegFault },
    /// Two admins saw that it never left: it may be sent again.
    LegResendAgreed { leg: LegId },
    /// It is paid.
    LegPaid { leg: LegId, tx: String },
    /// A second transaction claims to have paid it: an alarm, no money of the deal moves.
    LegPaidAgain { leg: LegId, tx: String },
    /// Its payee gave no address in time.
    LegUnclaimed { leg: LegId },
    /// Its payee came back for it.
    LegClaimed {
        leg: LegId,
        destination: Destination,
    },
    /// A joint payout took it over; it bears this much of its network fee.
    LegJoined { leg: LegId, joining: Joining },
    /// The joint payout did not send it.
    LegReleased { leg: LegId },
    /// Every leg is paid or unclaimed.
    Closed { state: State },

    /// Late money would reach the price: both may agree to go on.
    LateFundsOffered,
    /// The chain took the late money back before anyone decided.
    LateFundsGone,
    /// A party agreed to go on.
    ReopenAgreed { by: Party },
    /// The deal goes on with the late money.
    Reopened,

    /// The chain took funding back, perhaps for a moment; `whole` must be held to go on.
    Suspended { whole: Units },
    /// The funding is whole again.
    FundingRestored,
    /// The funding did not come back.
    FundingLost,
    /// What was promised or paid has lost its funding; `whole` must be held to go on afterwards.
    LossFound { whole: Units },
    /// The money came back.
    LossMadeGood,
    /// Two admins settled the loss.
    LossSettled { covered: Units, cuts: Vec<Cut> },

    /// An admin, or the system, paused the deal for review.
    HoldPlaced { reason: String },
    /// Two admins lifted the hold.
    HoldLifted,
    /// The hold is over by itself.
    HoldLapsed,
    /// The first of two keys was turned.
    KeyTurned { action: TwoKeyAction },
    /// Our own downtime was given back to every running deadline.
    DowntimeCredited { from: Timestamp, until: Timestamp },
}

impl EventBody {
    /// The stable word of the event, as it stands in the log.
    pub fn kind(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(fields)) => fields
                .get("kind")
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            _ => String::new(),
        }
    }
}
