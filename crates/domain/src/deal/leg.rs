//! Payout legs: what is owed to whom, and how far its sending has come.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Party;
use super::deposit::DepositKey;
use super::terms::Destination;
use crate::digest::Digest;
use crate::id::{JointPayoutId, UserId};
use crate::money::Units;
use crate::time::{Span, Timestamp};

/// The name of a leg, unique in its deal: `seller`, `buyer`, `surplus-1`, `late-<deposit>-1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LegId {
    /// The seller's part of the settlement.
    Seller,
    /// The buyer's part of the settlement.
    Buyer,
    /// What was more than the price.
    Surplus(u32),
    /// A deposit that came late: a short digest of its key, and how often it came.
    Late(String, u32),
}

/// A text that names no leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such leg name")]
pub struct InvalidLegId;

impl LegId {
    /// The leg that sends this late deposit back for the `n`-th time.
    pub fn late(deposit: &DepositKey, n: u32) -> Self {
        let digest = Digest::of_value(deposit).to_string();
        Self::Late(digest.chars().take(12).collect(), n)
    }

    /// A leg of the settlement, without which the deal is not over.
    pub const fn is_settlement(&self) -> bool {
        !matches!(self, Self::Late(..))
    }
}

impl fmt::Display for LegId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seller => f.write_str("seller"),
            Self::Buyer => f.write_str("buyer"),
            Self::Surplus(n) => write!(f, "surplus-{n}"),
            Self::Late(deposit, n) => write!(f, "late-{deposit}-{n}"),
        }
    }
}

impl fmt::Debug for LegId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LegId({self})")
    }
}

impl FromStr for LegId {
    type Err = InvalidLegId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |digits: &str| digits.parse().map_err(|_| InvalidLegId);
        match text.split('-').collect::<Vec<_>>().as_slice() {
            ["seller"] => Ok(Self::Seller),
            ["buyer"] => Ok(Self::Buyer),
            ["surplus", n] => Ok(Self::Surplus(number(n)?)),
            ["late", deposit, n] => Ok(Self::Late((*deposit).to_owned(), number(n)?)),
            _ => Err(InvalidLegId),
        }
    }
}

impl TryFrom<String> for LegId {
    type Error = InvalidLegId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<LegId> for String {
    fn from(leg: LegId) -> Self {
        leg.to_string()
    }
}

/// How far a leg has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegState {
    /// Owed; not approved yet.
    Planned,
    /// May be sent.
    Approved,
    /// Reserved: the gateway is being told. From here on it may have left.
    Sending,
    /// The gateway's answer was unclear: it is asked, never sent again by itself.
    Unknown,
    /// Seen on the chain.
    Paid,
    /// The address was refused; the payee gives another.
    Blocked,
    /// The payee has given no address yet.
    NeedsAddress,
    /// Owed for ever; can be claimed.
    Unclaimed,
    /// Taken over by a joint payout, which sends it together with others. From here on it may
    /// have left.
    Joined,
    /// Nothing is left of it: a loss or a reorganisation took what it would have paid.
    Void,
}

impl LegState {
    /// Money may have left, or has.
    pub const fn is_sent(self) -> bool {
        matches!(
            self,
            Self::Sending | Self::Unknown | Self::Joined | Self::Paid
        )
    }

    /// Owed, and surely not sent.
    pub const fn is_unsent(self) -> bool {
        matches!(
            self,
            Self::Planned | Self::Approved | Self::Blocked | Self::NeedsAddress
        )
    }

    /// Can be made to pay less: owed, and surely not sent.
    pub const fn can_be_cut(self) -> bool {
        self.is_unsent() || matches!(self, Self::Unclaimed)
    }

    /// Waits for its payee.
    pub const fn waits_for_payee(self) -> bool {
        matches!(self, Self::Blocked | Self::NeedsAddress)
    }

    /// Whether its payee can say where it goes: while it waits for that, until it is approved, and
    /// while it waits before it is sent, which takes it back into review.
    pub fn takes_address(self, not_before: Option<Timestamp>, now: Timestamp) -> bool {
        match self {
            Self::NeedsAddress | Self::Blocked | Self::Planned => true,
            Self::Approved => not_before.is_some_and(|at| now < at),
            Self::Sending
            | Self::Unknown
            | Self::Paid
            | Self::Unclaimed
            | Self::Joined
            | Self::Void => false,
        }
    }

    /// Nothing more happens by itself.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Paid | Self::Unclaimed | Self::Void)
    }
}

/// How long a gateway has to answer who tells it to pay; longer than any client of one waits.
pub(crate) const ANSWER_WITHIN: Span = Span::minutes(2);

/// One payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Its name; with the deal's id the gateway's external id.
    pub id: LegId,
    /// Who is paid.
    pub payee: Party,
    /// What it takes from the ledger, in base units.
    pub gross: Units,
    /// The part of `gross` that covers gas.
    pub network_fee: Units,
    /// Where it goes, once known.
    pub destination: Option<Destination>,
    /// How far it has come.
    pub state: LegState,
    /// When it was planned.
    pub planned_at: Timestamp,
    /// Who has approved it, when people must.
    pub approvals: Vec<UserId>,
    /// Not before this: the veto time of a large payout, or the pause after a failure.
    pub not_before: Option<Timestamp>,
    /// How often its payee said where it goes.
    pub addresses: u32,
    /// How often sending was begun; more than once only after a sure "no".
    pub sends: u32,
    /// When the latest sending was begun.
    #[serde(default)]
    pub sent_at: Option<Timestamp>,
    /// How often it surely did not leave.
    pub refusals: u32,
    /// A failure on the operator's side: retried, and the payee reads "delayed".
    pub delayed: bool,
    /// The gateway's name of the payout under way, by which it can be asked about it.
    #[serde(default)]
    pub task: Option<String>,
    /// The transaction that paid it.
    pub tx: Option<String>,
    /// Others that claim to have paid it: an alarm was raised for each.
    pub other_txs: Vec<String>,
    /// For a late leg: the deposit it returns.
    pub deposit: Option<DepositKey>,
    /// The joint payout that has it, or had it last.
    #[serde(default)]
    pub joint: Option<JointPayoutId>,
}

impl Leg {
    /// What arrives at the payee.
    pub const fn net(&self) -> Units {
        self.gross.less(self.network_fee)
    }

    /// Whether its payee can say where it goes.
    pub fn takes_address(&self, now: Timestamp) -> bool {
        self.state.takes_address(self.not_before, now)
    }

    /// Whether a transaction that pays it can exist: it was sent, and none is known.
    pub const fn can_turn_out_paid(&self) -> bool {
        self.sends > 0 && self.tx.is_none() && !matches!(self.state, LegState::Void)
    }

    /// Whether the gateway may still be answering the one who sends it: until then, that it knows
    /// of nothing says nothing, and nobody else asks.
    pub fn awaits_answer(&self, now: Timestamp) -> bool {
        self.state == LegState::Sending
            && self.task.is_none()
            && self.sent_at.is_some_and(|at| now < at.plus(ANSWER_WITHIN))
    }

    /// How long sending waits after the last failure on the operator's side: a minute, then twice
    /// as long each time, at most six hours; after forty failures a day, so that what never gets
    /// through does not fill the deal.
    pub(super) fn pause_after_failure(&self) -> Span {
        pause_after(self.refusals)
    }
}

/// How long sending waits after so many failures.
pub(crate) fn pause_after(refusals: u32) -> Span {
    const LONGEST: Span = Span::hours(6);
    if refusals > 40 {
        return Span::days(1);
    }
    let doublings = refusals.saturating_sub(1);
    let minutes = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
    Span::minutes(minutes).min(LONGEST)
}
