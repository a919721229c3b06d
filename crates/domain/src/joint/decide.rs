//! What can be asked of a joint payout, and what follows. Sending follows the rules of a leg.

use super::{Dissolution, Happened, JointPayout, JointState, Part, PartState, is_enough};
use crate::deal::{
    Actor, Context, LABEL_CHARS_MAX, LegFault, LegId, LegResult, OTHER_TXS_MAX, Rejection, VETO,
};
use crate::id::{DealId, UserId};
use crate::money::Units;

/// What can be asked of a joint payout.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each field is the plain object of its command's sentence"
)]
pub enum JointCommand {
    /// A deal gave its leg.
    TakePart {
        deal: DealId,
        leg: LegId,
        gross: Units,
        fee: Units,
    },
    /// A deal did not give its leg.
    RefusePart { deal: DealId, leg: LegId },
    /// Approve it (the system does it for small ones).
    Approve,
    /// Reserve it for sending.
    StartSending,
    /// What the gateway said of its `sending`-th sending. Never refused.
    Report { sending: u32, result: LegResult },
    /// Agree that it never left (two admins).
    AgreeResend,
    /// The address is its payee's no more.
    Dissolve,
}

/// What a decision changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointChange {
    /// The joint payout as it will be stored; its version is one higher, unless nothing happened.
    pub joint: JointPayout,
    /// The version that must still be stored for the change to hold.
    pub expected_version: u64,
}

impl JointChange {
    /// Whether something happened.
    pub const fn is_some(&self) -> bool {
        self.joint.version != self.expected_version
    }
}

type Decided = Result<Vec<Happened>, Rejection>;

impl JointPayout {
    /// Decides a command.
    ///
    /// # Errors
    /// A [`Rejection`]. Nothing has changed then.
    ///
    /// # Panics
    /// When the change would break an invariant: that is a fault of ours, and stopping is better
    /// than storing it.
    pub fn decide(
        &self,
        actor: Actor,
        command: JointCommand,
        context: &Context<'_>,
    ) -> Result<JointChange, Rejection> {
        if context
            .expected_version
            .is_some_and(|version| version != self.version)
        {
            return Err(Rejection::Stale);
        }
        let happened = match actor {
            Actor::System => self.decide_as_system(command, context)?,
            Actor::Admin(user) if user == self.payee => return Err(Rejection::OwnDeal),
            Actor::Admin(user) => self.decide_as_admin(user, command, context)?,
            Actor::Person(_) | Actor::Resolver(_) => return Err(Rejection::StaffOnly),
        };
        let mut joint = self.clone();
        let now = context.now.max(self.updated_at);
        for event in happened {
            joint.record(now, actor.user(), event);
        }
        joint.end_gathering(now);
        if joint.events.len() > self.events.len() {
            joint.version = self.version.saturating_add(1);
            assert!(
                joint.holds_together(),
                "joint payout {} would break",
                self.id
            );
        }
        Ok(JointChange {
            joint,
            expected_version: self.version,
        })
    }

    fn decide_as_system(&self, command: JointCommand, context: &Context<'_>) -> Decided {
        match command {
            JointCommand::TakePart {
                deal,
                leg,
                gross,
                fee,
            } => self.answer_part(deal, leg, PartState::Taken, |deal, leg| {
                Happened::PartTaken {
                    deal,
                    leg,
                    gross,
                    fee,
                }
            }),
            JointCommand::RefusePart { deal, leg } => {
                self.answer_part(deal, leg, PartState::Refused, |deal, leg| {
                    Happened::PartRefused { deal, leg }
                })
            }
            JointCommand::Approve => self.approve_by_limit(context),
            JointCommand::StartSending => self.start_sending(context),
            JointCommand::Report { sending, result } => Ok(self.report(sending, result)),
            JointCommand::Dissolve => {
                self.require(&[JointState::Planned, JointState::Approved])?;
                let why = Dissolution::Address;
                Ok(vec![Happened::Dissolved { why }])
            }
            JointCommand::AgreeResend => Err(Rejection::StaffOnly),
        }
    }

    fn decide_as_admin(
        &self,
        user: UserId,
        command: JointCommand,
        context: &Context<'_>,
    ) -> Decided {
        match command {
            JointCommand::Approve => self.approve_by_admin(user, context),
            JointCommand::AgreeResend => self.agree_resend(user),
            _ => Err(Rejection::SystemOnly),
        }
    }

    /// The answer of a deal to the question for its leg; the first one counts.
    fn answer_part(
        &self,
        deal: DealId,
        leg: LegId,
        answer: PartState,
        event: impl FnOnce(DealId, LegId) -> Happened,
    ) -> Decided {
        let mut parts = self.parts.iter();
        let part = parts.find(|part| part.deal == deal && part.leg == leg);
        let state = part.ok_or(Rejection::NoSuchLeg)?.state;
        if state == answer {
            return Ok(Vec::new());
        }
        if state != PartState::Wanted {
            return Err(Rejection::WrongLegState);
        }
        self.require(&[JointState::Gathering])?;
        Ok(vec![event(deal, leg)])
    }

    fn approve_by_limit(&self, context: &Context<'_>) -> Decided {
        self.require(&[JointState::Planned])?;
        if self.net() > context.limits.payout_auto {
            return Err(Rejection::NeedsApproval);
        }
        Ok(vec![Happened::Approved { not_before: None }])
    }

    fn approve_by_admin(&self, user: UserId, context: &Context<'_>) -> Decided {
        self.require(&[JointState::Planned])?;
        if self.approvals.contains(&user) {
            return Err(Rejection::AnotherAdmin);
        }
        let needs_two = self.net() > context.limits.payout_one_key;
        if needs_two && self.approvals.is_empty() {
            return Ok(vec![Happened::Endorsed]);
        }
        let not_before = needs_two.then(|| context.now.plus(VETO));
        Ok(vec![Happened::Approved { not_before }])
    }

    /// Reserves it: only after this is stored may the gateway be told.
    fn start_sending(&self, context: &Context<'_>) -> Decided {
        self.require(&[JointState::Approved])?;
        match self.not_before {
            Some(at) if context.now < at => Err(Rejection::TooEarly(at)),
            _ => Ok(vec![Happened::SendingBegun]),
        }
    }

    /// "Paid" is true of what was ever sent, whichever sending it was. Anything else is of the
    /// latest sending or of none; the answer to the one who sent counts also where somebody else
    /// found it unclear meanwhile.
    fn report(&self, sending: u32, result: LegResult) -> Vec<Happened> {
        let is_latest = sending == self.sends;
        let is_sending = is_latest && self.state == JointState::Sending;
        let is_asked = is_latest && self.state == JointState::Unknown && self.task.is_none();
        match result {
            LegResult::Paid { tx } => self.report_paid(tx).into_iter().collect(),
            LegResult::Taken { task } if (is_sending || is_asked) && self.is_news(&task) => {
                vec![Happened::TakenByGateway { task }]
            }
            LegResult::Unclear if is_sending => vec![Happened::Unclear],
            LegResult::Failed(fault) if is_sending || is_asked => {
                let why = Dissolution::Address;
                let ends = (fault == LegFault::Address).then_some(Happened::Dissolved { why });
                [Happened::Failed { fault }]
                    .into_iter()
                    .chain(ends)
                    .collect()
            }
            LegResult::Taken { .. } | LegResult::Unclear | LegResult::Failed(_) => Vec::new(),
        }
    }

    /// A transaction of what was dissolved pays nobody's leg any more: it is an alarm.
    fn report_paid(&self, tx: String) -> Option<Happened> {
        let is_known = self.tx.as_ref() == Some(&tx) || self.other_txs.contains(&tx);
        if is_known || self.sends == 0 {
            None
        } else if !self.state.is_over() {
            Some(Happened::Paid { tx })
        } else {
            let has_room = self.other_txs.len() < OTHER_TXS_MAX;
            has_room.then_some(Happened::PaidAgain { tx })
        }
    }

    fn agree_resend(&self, user: UserId) -> Decided {
        self.require(&[JointState::Unknown])?;
        match self.resend_key {
            Some(first) if first == user => Err(Rejection::AnotherAdmin),
            Some(_) => Ok(vec![Happened::ResendAgreed]),
            None => Ok(vec![Happened::ResendKeyTurned]),
        }
    }

    /// Once every deal has answered: what was given is sent if it is enough.
    fn end_gathering(&mut self, now: crate::time::Timestamp) {
        if self.state != JointState::Gathering || self.next_wanted().is_some() {
            return;
        }
        let end = if is_enough(self.asset, self.gross(), self.network_fee) {
            Happened::Gathered
        } else {
            let why = Dissolution::TooLittle;
            Happened::Dissolved { why }
        };
        self.record(now, None, end);
    }

    fn require(&self, states: &[JointState]) -> Result<(), Rejection> {
        if states.contains(&self.state) {
            Ok(())
        } else {
            Err(Rejection::WrongLegState)
        }
    }

    /// A name that it does not have yet, and that can be kept.
    fn is_news(&self, task: &str) -> bool {
        self.task.is_none() && !task.is_empty() && task.chars().count() <= LABEL_CHARS_MAX
    }

    /// Sent again only after a sure "no", paid by one known transaction; once gathered, the shares
    /// add up to the fee.
    fn holds_together(&self) -> bool {
        let again = self.sends.saturating_sub(1);
        let taken = |part: &Part| part.state == PartState::Taken;
        let has_all = matches!(self.state, JointState::Gathering | JointState::Dissolved)
            || self.fee_left().is_zero();
        again <= self.refusals
            && (self.state == JointState::Paid) == self.tx.is_some()
            && (self.state == JointState::Dissolved) == self.dissolved.is_some()
            && self
                .parts
                .iter()
                .all(|part| taken(part) || part.fee.is_zero())
            && has_all
    }
}
