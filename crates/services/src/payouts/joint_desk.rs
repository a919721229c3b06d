//! Joint payouts that wait for an admin: above the limit, or unclear.

use domain::command_log::digest_of_command;
use domain::deal::{self, Rejection};
use domain::id::{CommandKey, JointPayoutId};
use domain::joint::{JointCommand, JointPayout, JointState};
use domain::policy::Action;
use domain::user::PayoutStanding;
use storage::{JointPayoutSummary, Limit, PageRequest};

use super::list_payout_desk::name_of;
use super::move_joint::{JointOrder, sent};
use super::{PayoutDesk, ReviewPayoutError};
use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, Keyed};
use crate::failure::Failure;
use crate::ports::gateway::PayoutState;

/// What an admin can do with a joint payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JointStep {
    /// Approve it.
    Approve,
    /// Agree that it never left.
    AgreeResend,
}

impl JointStep {
    const fn command(self) -> JointCommand {
        match self {
            Self::Approve => JointCommand::Approve,
            Self::AgreeResend => JointCommand::AgreeResend,
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Approve => Action::ApprovePayout,
            Self::AgreeResend => Action::ClearUnknownPayout,
        }
    }
}

/// A joint payout as an admin sees it before deciding.
#[derive(Debug, Clone)]
pub struct JointReview {
    /// The joint payout.
    pub joint: JointPayout,
    /// Who is paid.
    pub payee: String,
    /// Whether the address may be paid to now.
    pub standing: PayoutStanding,
    /// Who has turned the first of two keys.
    pub first_key: Option<String>,
    /// What can be done now, or why it is refused; none when nothing waits for an admin.
    pub step: Option<(JointStep, Result<JointState, Rejection>)>,
    /// What the gateway says of one that is unclear.
    pub gateway: Option<PayoutState>,
}

impl Services {
    /// The joint payouts on a desk, newest first, with who is paid.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_joint_desk(
        &self,
        actor: &Actor,
        desk: PayoutDesk,
    ) -> Result<Vec<(JointPayoutSummary, String)>, Failure> {
        actor.person_who_may(Action::ReadMoney)?;
        let state = match desk {
            PayoutDesk::ToApprove => JointState::Planned,
            PayoutDesk::Unclear => JointState::Unknown,
            PayoutDesk::Waiting => JointState::Approved,
            PayoutDesk::Blocked | PayoutDesk::NeedsAddress | PayoutDesk::Unclaimed => {
                return Ok(Vec::new());
            }
        };
        let page = PageRequest::first(Limit::MAX);
        let mut found = self.store.joint_payouts().list_in(state, page).await?.items;
        found.retain(|joint| {
            let limits = self.config.money.limits_of(joint.asset);
            desk != PayoutDesk::ToApprove || joint.net > limits.payout_auto
        });
        let payees: Vec<_> = found.iter().map(|joint| joint.payee).collect();
        let people = self.store.users().find_many(&payees).await?;
        let named = found.into_iter().map(|joint| {
            let name = name_of(&people, joint.payee);
            (joint, name)
        });
        Ok(named.collect())
    }

    /// A joint payout, and what an admin can do with it. Nothing is changed.
    ///
    /// # Errors
    /// [`ReviewPayoutError`].
    pub async fn review_joint(
        &self,
        actor: &Actor,
        id: JointPayoutId,
    ) -> Result<JointReview, ReviewPayoutError> {
        let person = actor.person_who_may(Action::ApprovePayout);
        let person = person.map_err(Failure::from)?;
        let joint = self.store.joint_payouts().find(id).await?;
        let joint = joint.ok_or(ReviewPayoutError::NotFound)?;
        let first = match joint.state {
            JointState::Unknown => joint.resend_key,
            _ => joint.approvals.first().copied(),
        };
        let mut ids = vec![joint.payee];
        ids.extend(first);
        let people = self.store.users().find_many(&ids).await?;
        let step = match joint.state {
            JointState::Planned => Some(JointStep::Approve),
            JointState::Unknown => Some(JointStep::AgreeResend),
            _ => None,
        };
        let after = |step: JointStep| {
            let context = deal::Context {
                now: self.now(),
                expected_version: None,
                address_read_at: None,
                limits: &self.config.money.limits_of(joint.asset),
            };
            let admin = deal::Actor::Admin(person.id);
            let change = joint.decide(admin, step.command(), &context);
            (step, change.map(|change| change.joint.state))
        };
        let gateway = match joint.state {
            JointState::Unknown => Some(self.payout_state(&sent(&joint, joint.sends)).await),
            _ => None,
        };
        let (payee, asset) = (joint.payee, joint.asset);
        Ok(JointReview {
            payee: name_of(&people, payee),
            standing: self.standing_of(payee, asset, &joint.destination).await?,
            first_key: first.map(|user| name_of(&people, user)),
            step: step.map(after),
            gateway,
            joint,
        })
    }

    /// An admin's step with a joint payout.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn act_on_joint(
        &self,
        actor: &Actor,
        id: JointPayoutId,
        step: JointStep,
        expected_version: Option<u64>,
        key: Option<CommandKey>,
    ) -> Result<JointPayout, DealError> {
        let person = actor.person_who_may(step.action());
        let person = person.map_err(Failure::from)?;
        let body = digest_of_command("joint payout", &format!("{id} {step:?}"));
        let key = key.map(|key| Keyed {
            user: person.id,
            key,
            body,
        });
        let order = JointOrder {
            id,
            actor: deal::Actor::Admin(person.id),
            expected_version,
            key,
        };
        self.change_joint(order, step.command()).await
    }
}
