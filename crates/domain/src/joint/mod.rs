//! Joint payouts: several unclaimed legs of one payee in one asset, each too small to be sent, sent
//! together.
//!
//! A joint payout names its parts first and then takes the legs over, one deal at a time
//! ([`JoinLeg`](crate::deal::Command::JoinLeg)); a leg that says no is left out. When enough has
//! come together it is sent as a leg is: approved, reserved, told to the gateway once. The deals
//! then follow what became of it ([`JointPayout::fate_of`]): each leg is paid by its transaction,
//! or unclaimed again. No money is booked here; it stays in the ledgers of the deals.

mod decide;
mod event;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use decide::{JointChange, JointCommand};
pub use event::{Happened, JointEvent};

use crate::asset::Asset;
use crate::command_log::CommandLog;
use crate::deal::{ANSWER_WITHIN, Destination, LegId, Rejection};
use crate::id::{DealId, JointPayoutId, UserId};
use crate::money::Units;
use crate::time::Timestamp;

/// The most legs that one joint payout takes over.
pub const PARTS_MAX: usize = 50;

/// How far a part has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// Named; its deal is to be asked.
    Wanted,
    /// Its deal has given it.
    Taken,
    /// Its deal has not: it is held, in loss, or somebody else was faster.
    Refused,
}

/// One leg of a joint payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The deal.
    pub deal: DealId,
    /// The leg.
    pub leg: LegId,
    /// The how-manieth sending of the leg this is.
    pub sending: u32,
    /// What it takes from its deal's ledger, in base units.
    pub gross: Units,
    /// The part of the network fee that it bears, once taken.
    pub fee: Units,
    /// How far it has come.
    pub state: PartState,
}

/// A leg that could be a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The deal.
    pub deal: DealId,
    /// The leg.
    pub leg: LegId,
    /// How often it was sent before.
    pub sends: u32,
    /// What it would take from its deal's ledger, in base units.
    pub gross: Units,
    /// What sending it alone would cost by the terms of its deal.
    pub network_fee: Units,
}

/// How far a joint payout has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JointState {
    /// Asks its deals for their legs.
    Gathering,
    /// Has them; not approved yet.
    Planned,
    /// May be sent.
    Approved,
    /// Reserved: the gateway is being told. From here on it may have left.
    Sending,
    /// The gateway's answer was unclear: it is asked, never sent again by itself.
    Unknown,
    /// Seen on the chain.
    Paid,
    /// Surely not sent, and never will be: its legs are unclaimed again.
    Dissolved,
}

impl JointState {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::Gathering,
        Self::Planned,
        Self::Approved,
        Self::Sending,
        Self::Unknown,
        Self::Paid,
        Self::Dissolved,
    ];

    /// The stable word of the state.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gathering => "gathering",
            Self::Planned => "planned",
            Self::Approved => "approved",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Paid => "paid",
            Self::Dissolved => "dissolved",
        }
    }

    /// Nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Paid | Self::Dissolved)
    }

    /// It is asked about.
    pub const fn is_on_its_way(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown)
    }
}

/// Why a joint payout came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dissolution {
    /// Deals refused so many legs that the rest is less than the smallest payout.
    TooLittle,
    /// The address was refused, or is its payee's no more.
    Address,
}

/// What becomes of a leg that a joint payout has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// It waits.
    Open,
    /// It is paid, by this transaction.
    Paid {
        /// The how-manieth sending of the leg that was.
        sending: u32,
        /// The transaction.
        tx: &'a str,
    },
    /// It is to be given back.
    Released,
}

/// Several small payouts of one person, sent together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointPayout {
    /// Its id, derived from who asked and the key of that command.
    pub id: JointPayoutId,
    /// Raised by each commit.
    pub version: u64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Who is paid.
    pub payee: UserId,
    /// In what.
    pub asset: Asset,
    /// Where it goes.
    pub destination: Destination,
    /// The network fee of all of it: the largest that its deals agreed to.
    pub network_fee: Units,
    /// The legs it is made of.
    pub parts: Vec<Part>,
    /// How far it has come.
    pub state: JointState,
    /// Why it came to nothing.
    pub dissolved: Option<Dissolution>,
    /// Who has approved it, when people must.
    pub approvals: Vec<UserId>,
    /// Not before this: the veto time of a large payout, or the pause after a failure.
    pub not_before: Option<Timestamp>,
    /// Who said first that it never left.
    pub resend_key: Option<UserId>,
    /// How often sending was begun; more than once only after a sure "no".
    pub sends: u32,
    /// When the latest sending was begun.
    pub sent_at: Option<Timestamp>,
    /// How often it surely did not leave.
    pub refusals: u32,
    /// A failure on the operator's side: retried, and the payee reads "delayed".
    pub delayed: bool,
    /// The gateway's name of the payout under way.
    pub task: Option<String>,
    /// The transaction that paid it.
    pub tx: Option<String>,
    /// Others that claim to have paid it.
    pub other_txs: Vec<String>,
    /// What happened; also the outbox.
    pub events: Vec<JointEvent>,
    /// How far the outbox has been relayed; outside the version.
    pub dispatched_seq: u64,
    /// The last command keys.
    pub commands: CommandLog,
}

impl JointPayout {
    /// Names the legs to be sent together: the largest, [`PARTS_MAX`] at the most. Nothing is taken
    /// over yet.
    ///
    /// # Errors
    /// [`Rejection::BelowMinimum`] when they do not add up to the smallest payout.
    pub fn open(
        id: JointPayoutId,
        payee: UserId,
        asset: Asset,
        destination: Destination,
        candidates: Vec<Candidate>,
        now: Timestamp,
    ) -> Result<Self, Rejection> {
        let chosen = choose(candidates);
        let gross = Units::sum(chosen.iter().map(|leg| leg.gross)).ok_or(Rejection::Full)?;
        let fees = chosen.iter().map(|leg| leg.network_fee);
        let network_fee = fees.max().unwrap_or_default();
        if !is_enough(asset, gross, network_fee) {
            return Err(Rejection::BelowMinimum);
        }
        let parts = chosen.into_iter().map(|leg| Part {
            deal: leg.deal,
            leg: leg.leg,
            sending: leg.sends.saturating_add(1),
            gross: leg.gross,
            fee: Units::ZERO,
            state: PartState::Wanted,
        });
        let mut joint = Self {
            id,
            version: 1,
            created_at: now,
            updated_at: now,
            payee,
            asset,
            destination,
            network_fee,
            parts: parts.collect(),
            state: JointState::Gathering,
            dissolved: None,
            approvals: Vec::new(),
            not_before: None,
            resend_key: None,
            sends: 0,
            sent_at: None,
            refusals: 0,
            delayed: false,
            task: None,
            tx: None,
            other_txs: Vec::new(),
            events: Vec::new(),
            dispatched_seq: 0,
            commands: CommandLog::default(),
        };
        joint.record(now, Some(payee), Happened::Opened);
        Ok(joint)
    }

    /// What it takes from the ledgers of its deals, of all that was not refused.
    pub fn gross(&self) -> Units {
        let counted = self
            .parts
            .iter()
            .filter(|part| part.state != PartState::Refused);
        Units::sum(counted.map(|part| part.gross)).expect("the parts were added up when named")
    }

    /// What arrives at the payee.
    pub fn net(&self) -> Units {
        self.gross().less(self.network_fee)
    }

    /// The network fee that no part bears yet.
    pub fn fee_left(&self) -> Units {
        let borne = Units::sum(self.parts.iter().map(|part| part.fee));
        self.network_fee.less(borne.unwrap_or(self.network_fee))
    }

    /// The next leg to ask for.
    pub fn next_wanted(&self) -> Option<&Part> {
        let is_wanted = |part: &&Part| part.state == PartState::Wanted;
        let gathers = self.state == JointState::Gathering;
        self.parts.iter().find(is_wanted).filter(|_| gathers)
    }

    /// What becomes of a leg that says it was taken over by this. The deal asks, so that also a
    /// leg that was taken too late finds out.
    pub fn fate_of(&self, deal: DealId, leg: &LegId) -> Fate<'_> {
        let mut parts = self.parts.iter();
        let part = parts.find(|part| part.deal == deal && part.leg == *leg);
        match (part, &self.tx) {
            (None, _) => Fate::Released,
            (Some(part), _) if part.state == PartState::Refused => Fate::Released,
            _ if self.state == JointState::Dissolved => Fate::Released,
            (Some(part), Some(tx)) if self.state == JointState::Paid => Fate::Paid {
                sending: part.sending,
                tx,
            },
            _ => Fate::Open,
        }
    }

    /// Whether the gateway may still be answering the one who sends it, as with a leg.
    pub fn awaits_answer(&self, now: Timestamp) -> bool {
        self.state == JointState::Sending
            && self.task.is_none()
            && self.sent_at.is_some_and(|at| now < at.plus(ANSWER_WITHIN))
    }

    /// The number of the last event.
    pub fn last_seq(&self) -> u64 {
        self.events.last().map_or(0, |event| event.seq)
    }

    /// The name of the claim that there is one open joint payout of a payee in an asset; none once
    /// it is over.
    pub fn open_key(&self) -> Option<String> {
        let (network, token) = (self.asset.network().code(), self.asset.token().code());
        (!self.state.is_over()).then(|| format!("{}/{network}/{token}", self.payee))
    }
}

/// Whether so much can be sent, and something is left after the fee.
fn is_enough(asset: Asset, gross: Units, network_fee: Units) -> bool {
    gross >= asset.min_payout() && gross > network_fee
}

/// The legs that a claim would send together, the largest first.
fn choose(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|one, other| {
        let name = |leg: &Candidate| (leg.deal, leg.leg.clone());
        other
            .gross
            .cmp(&one.gross)
            .then_with(|| name(one).cmp(&name(other)))
    });
    candidates.truncate(PARTS_MAX);
    candidates
}

/// What a claim of these legs would come to, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prospect {
    /// All of them together.
    pub gross: Units,
    /// The network fee.
    pub network_fee: Units,
    /// Whether it is enough to be sent.
    pub is_enough: bool,
}

impl Prospect {
    /// What claiming these legs of an asset would come to.
    pub fn of(asset: Asset, candidates: Vec<Candidate>) -> Self {
        let chosen = choose(candidates);
        let gross = Units::sum(chosen.iter().map(|leg| leg.gross)).unwrap_or_default();
        let fees = chosen.iter().map(|leg| leg.network_fee);
        let network_fee = fees.max().unwrap_or_default();
        Self {
            gross,
            network_fee,
            is_enough: is_enough(asset, gross, network_fee),
        }
    }

    /// What would arrive.
    pub const fn net(&self) -> Units {
        self.gross.less(self.network_fee)
    }

    /// What is missing until it can be sent.
    pub fn missing(&self, asset: Asset) -> Units {
        asset.min_payout().less(self.gross)
    }
}
