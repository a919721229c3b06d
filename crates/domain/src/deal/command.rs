//! What can be asked of a deal, by whom, and what the decision may take into account.

use super::Party;
use super::code::DeliveryCode;
use super::deposit::DepositKey;
use super::dispute::Claim;
use super::event::LegFault;
use super::leg::LegId;
use super::proposal::Offer;
use super::terms::{Destination, EvidenceItem};
use crate::digest::Digest;
use crate::id::{FileId, IntentId, JointPayoutId, ProposalId, UserId};
use crate::money::Units;
use crate::time::Timestamp;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A timer, a gateway's fact, a job.
    System,
    /// A signed-in person, as one of the parties.
    Person(UserId),
    /// A resolver, as such.
    Resolver(UserId),
    /// An admin, as such.
    Admin(UserId),
}

impl Actor {
    /// The person, unless it is the system.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::System => None,
            Self::Person(user) | Self::Resolver(user) | Self::Admin(user) => Some(user),
        }
    }
}

/// Sums above which more people are needed; the operator's, in base units of the deal's asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Payouts up to this are approved by the system.
    pub payout_auto: Units,
    /// Payouts above this take two admins and wait for the veto time.
    pub payout_one_key: Units,
    /// A resolver rules alone where no more than this is held.
    pub ruling_alone: Units,
}

/// What a decision may take into account besides the deal and the command.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The present moment.
    pub now: Timestamp,
    /// The version that the page showed on which a person decided; agreeing to a division takes one.
    pub expected_version: Option<u64>,
    /// When the deal's payment address was last read, for the quote's expiry.
    pub address_read_at: Option<Timestamp>,
    /// The operator's limits.
    pub limits: &'a Limits,
}

/// What the gateway said of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LegResult {
    /// Seen on the chain.
    Paid {
        /// The transaction.
        tx: String,
    },
    /// The gateway took it and will send it.
    Taken {
        /// The gateway's own name of it.
        task: String,
    },
    /// It may have left.
    Unclear,
    /// It surely did not leave.
    Failed(LegFault),
}

/// What can be asked of a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each field is the plain object of its command's sentence"
)]
pub enum Command {
    // Facts and timers. Never refused.
    /// A transfer was seen, unconfirmed.
    DepositSeen {
        key: DepositKey,
        intent: IntentId,
        units: Units,
    },
    /// It is gone before it was confirmed.
    DepositDropped { key: DepositKey },
    /// It is confirmed, and claimed in the store.
    DepositConfirmed {
        key: DepositKey,
        intent: IntentId,
        units: Units,
    },
    /// The chain took it back.
    DepositReversed { key: DepositKey },
    /// What became of one sending of a leg: of the first, the second …
    LegReported {
        leg: LegId,
        sending: u32,
        result: LegResult,
    },
    /// The reminder of the inspection's end is where the buyer will find it.
    ReminderWritten,
    /// We were down. Given back at once; timers wait for the next command.
    Downtime { from: Timestamp, until: Timestamp },
    /// Apply what is due.
    Tick,

    // The system's own steps.
    /// Reserve a leg for sending.
    StartSending { leg: LegId },
    /// Let a joint payout take a small unclaimed leg over, as its `sending`-th sending; the leg
    /// bears as much of `network_fee` as it can.
    JoinLeg {
        leg: LegId,
        joint: JointPayoutId,
        sending: u32,
        destination: Destination,
        network_fee: Units,
    },
    /// The joint payout surely did not send it: it is unclaimed again.
    ReleaseLeg { leg: LegId, joint: JointPayoutId },
    /// Give up a leg whose payee's address still may not be paid to, 90 days after planning.
    ShelveLeg { leg: LegId },
    /// A resolver was drawn.
    DrawResolver { resolver: UserId },
    /// An approver was drawn.
    DrawApprover { approver: UserId },
    /// The request has taken this deal back as its live one: go on with the late money.
    Reopen,

    // The buyer's.
    /// Where refunds go.
    SetRefundAddress { destination: Destination },
    /// Take an incomplete payment back.
    WithdrawPayment,
    /// Release the money.
    Accept,
    /// Ask for changes.
    AskForChanges { note: String },
    /// Make a delivery code.
    MakeCode,
    /// The buyer's page showed that it was delivered.
    SeeDelivery,
    /// Have surplus sent back.
    TakeSurplus,

    // The seller's.
    /// Say that it is on its way.
    Ship { carrier: String, tracking: String },
    /// Say that it will not be delivered.
    Decline,
    /// Enter the buyer's code; `expected` is the deal's code of this generation.
    EnterCode {
        typed: DeliveryCode,
        expected: DeliveryCode,
    },
    /// Say that it was delivered, with proof.
    DeliverWithoutCode,

    // Either party's.
    /// Call it off before anything arrived.
    Cancel,
    /// Propose a division, a waiver or more time.
    Propose { offer: Offer },
    /// Agree to a proposal.
    AcceptProposal { id: ProposalId },
    /// Take a proposal back.
    WithdrawProposal { id: ProposalId },
    /// Give everything to the other.
    Concede,
    /// Add a file.
    AddEvidence {
        file: FileId,
        sha256: Digest,
        item: Option<EvidenceItem>,
        note: String,
    },
    /// Open a dispute.
    OpenDispute { claim: Claim },
    /// Answer it.
    AnswerDispute { statement: String },
    /// Answer the oldest question that whoever judges has put to one.
    AnswerQuestion { statement: String },
    /// Withdraw it.
    WithdrawDispute,
    /// Appeal the ruling.
    Appeal { statement: String },
    /// Say where a payout goes.
    GiveAddress {
        leg: LegId,
        destination: Destination,
    },
    /// Come back for an unclaimed payout.
    ClaimLeg {
        leg: LegId,
        destination: Destination,
    },
    /// Agree to go on with late money.
    AgreeToReopen,
    /// Have late money sent back now (the system does it where another deal took this one's place).
    RefundLate,

    // The resolver's.
    /// Ask a party something before ruling.
    AskParty { to: Party, question: String },
    /// Rule; above the limit this only proposes.
    Rule {
        buyer: Units,
        seller: Units,
        reasoning: String,
    },
    /// Approve a proposed ruling.
    ApproveRuling,
    /// Refuse it.
    RejectRuling,

    // The admin's.
    /// Approve a payout (the system does it for small ones).
    ApproveLeg { leg: LegId },
    /// Pause the deal (the system does it where a party is suspended).
    Hold { reason: String },
    /// Lift the pause (two admins).
    LiftHold,
    /// Settle a loss (two admins).
    SettleLoss { cover: Units },
    /// Agree that a leg never left (two admins).
    AgreeResend { leg: LegId },
}

impl Command {
    /// Facts and timers are never refused, and are not asked of anyone.
    pub const fn is_fact(&self) -> bool {
        matches!(
            self,
            Self::DepositSeen { .. }
                | Self::DepositDropped { .. }
                | Self::DepositConfirmed { .. }
                | Self::DepositReversed { .. }
                | Self::LegReported { .. }
                | Self::ReminderWritten
                | Self::Downtime { .. }
                | Self::Tick
        )
    }

    /// The party whose command this is; none for those of either party, staff and system.
    pub const fn of_party(&self) -> Option<Party> {
        match self {
            Self::SetRefundAddress { .. }
            | Self::WithdrawPayment
            | Self::Accept
            | Self::AskForChanges { .. }
            | Self::MakeCode
            | Self::SeeDelivery
            | Self::TakeSurplus => Some(Party::Buyer),
            Self::Ship { .. }
            | Self::Decline
            | Self::EnterCode { .. }
            | Self::DeliverWithoutCode => Some(Party::Seller),
            _ => None,
        }
    }
}
