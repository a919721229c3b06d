//! What happened to a joint payout, and what each event changes.

use serde::{Deserialize, Serialize};

use super::{Dissolution, JointPayout, JointState, Part, PartState};
use crate::deal::{LegFault, LegId, pause_after};
use crate::id::{DealId, UserId};
use crate::money::Units;
use crate::time::Timestamp;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointEvent {
    /// Its number, from 1, without a gap.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who did it; none is the system.
    pub by: Option<UserId>,
    /// What.
    #[serde(flatten)]
    pub happened: Happened,
}

/// What can happen to a joint payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[expect(
    missing_docs,
    reason = "each field is the plain subject of its event's sentence"
)]
pub enum Happened {
    /// Its payee asked for it.
    Opened,
    /// A deal gave its leg.
    PartTaken {
        deal: DealId,
        leg: LegId,
        gross: Units,
        fee: Units,
    },
    /// A deal did not.
    PartRefused { deal: DealId, leg: LegId },
    /// All deals were asked, and it is enough.
    Gathered,
    /// An admin approved; another must too.
    Endorsed,
    /// It may be sent, not before the time given.
    Approved { not_before: Option<Timestamp> },
    /// It is being sent.
    SendingBegun,
    /// The gateway took it, and gave it a name of its own.
    TakenByGateway { task: String },
    /// Whether it left is unclear.
    Unclear,
    /// It surely did not leave.
    Failed { fault: LegFault },
    /// The first of two admins said that it never left.
    ResendKeyTurned,
    /// Two admins did: it may be sent again.
    ResendAgreed,
    /// It is paid.
    Paid { tx: String },
    /// A second transaction claims to have paid it: an alarm.
    PaidAgain { tx: String },
    /// It came to nothing.
    Dissolved { why: Dissolution },
}

impl JointPayout {
    pub(super) fn record(&mut self, at: Timestamp, by: Option<UserId>, happened: Happened) {
        self.events.push(JointEvent {
            seq: self.last_seq().saturating_add(1),
            at,
            by,
            happened: happened.clone(),
        });
        self.updated_at = at;
        self.apply(at, by, happened);
    }

    fn apply(&mut self, at: Timestamp, by: Option<UserId>, happened: Happened) {
        use JointState as S;
        match happened {
            Happened::Opened => {}
            Happened::PartTaken {
                deal,
                leg,
                gross,
                fee,
            } => self.on_part(deal, &leg, |part| {
                (part.gross, part.fee) = (gross, fee);
                part.state = PartState::Taken;
            }),
            Happened::PartRefused { deal, leg } => {
                self.on_part(deal, &leg, |part| part.state = PartState::Refused);
            }
            Happened::Gathered => self.state = S::Planned,
            Happened::Endorsed => self.approvals.extend(by),
            Happened::Approved { not_before } => {
                self.approvals.extend(by);
                (self.state, self.not_before) = (S::Approved, not_before);
            }
            Happened::SendingBegun => {
                self.sends = self.sends.saturating_add(1);
                (self.state, self.task) = (S::Sending, None);
                self.sent_at = Some(at);
            }
            Happened::TakenByGateway { task } => {
                (self.state, self.task) = (S::Sending, Some(task));
                self.resend_key = None;
            }
            Happened::Unclear => self.state = S::Unknown,
            Happened::Failed { fault } => self.fail(fault, at),
            Happened::ResendKeyTurned => self.resend_key = by,
            Happened::ResendAgreed => {
                self.refusals = self.refusals.saturating_add(1);
                (self.state, self.resend_key) = (S::Approved, None);
            }
            Happened::Paid { tx } => {
                (self.state, self.tx) = (S::Paid, Some(tx));
                (self.delayed, self.resend_key) = (false, None);
            }
            Happened::PaidAgain { tx } => self.other_txs.push(tx),
            Happened::Dissolved { why } => {
                (self.state, self.dissolved) = (S::Dissolved, Some(why));
            }
        }
    }

    /// After a failure of the address another event says that it came to nothing.
    fn fail(&mut self, fault: LegFault, at: Timestamp) {
        self.refusals = self.refusals.saturating_add(1);
        (self.state, self.resend_key) = (JointState::Approved, None);
        if fault == LegFault::Operator {
            self.not_before = Some(at.plus(pause_after(self.refusals)));
            self.delayed = true;
        }
    }

    fn on_part(&mut self, deal: DealId, leg: &LegId, change: impl FnOnce(&mut Part)) {
        let mut parts = self.parts.iter_mut();
        if let Some(part) = parts.find(|part| part.deal == deal && part.leg == *leg) {
            change(part);
        }
    }
}
