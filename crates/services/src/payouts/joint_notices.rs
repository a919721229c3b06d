//! What the payee of a joint payout is told of it, and who hears of an alarm.

use domain::joint::{Happened, JointEvent, JointPayout};
use storage::Undispatched;

use super::move_joint::told;
use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::notifications::{Message, Notice};

impl Services {
    pub(crate) async fn relay_joint(
        &self,
        waiting: Undispatched<JointPayout>,
    ) -> Result<(), DealError> {
        let Undispatched {
            aggregate: joint,
            after,
        } = waiting;
        for event in joint.events.iter().filter(|event| event.seq > after) {
            self.relay_joint_event(&joint, event).await?;
            let joints = self.store.joint_payouts();
            joints.mark_dispatched(joint.id, event.seq).await?;
        }
        Ok(())
    }

    async fn relay_joint_event(
        &self,
        joint: &JointPayout,
        event: &JointEvent,
    ) -> Result<(), DealError> {
        self.tell_admins_of_joint(joint, event).await?;
        let message = match &event.happened {
            Happened::Paid { .. } => Message::JointPayoutSent {
                amount: told(joint, joint.net()),
            },
            Happened::Dissolved { .. } => Message::JointPayoutDissolved {
                amount: told(joint, joint.gross()),
            },
            _ => return Ok(()),
        };
        let notice = Notice {
            to: joint.payee,
            event_key: format!("joint_payout:{}:{}", joint.id, event.seq),
            message,
            related: Some(joint.id.as_uuid()),
            action_path: Some("/payouts".to_owned()),
        };
        Ok(self.notify(&Actor::System, &notice).await?)
    }

    /// What admins have to see to, as with payouts of a deal.
    async fn tell_admins_of_joint(
        &self,
        joint: &JointPayout,
        event: &JointEvent,
    ) -> Result<(), DealError> {
        let title = told(joint, joint.net());
        let amount = title.clone();
        let limits = self.config.money.limits_of(joint.asset);
        let message = match &event.happened {
            Happened::Gathered if joint.net() > limits.payout_auto => {
                Message::PayoutToApprove { title, amount }
            }
            Happened::Unclear => Message::PayoutUnclear { title, amount },
            Happened::PaidAgain { tx } => Message::PaidAgain {
                title,
                tx: tx.clone(),
            },
            _ => return Ok(()),
        };
        let event = format!("joint_payout:{}:{}:admins", joint.id, event.seq);
        Ok(self.tell_admins(&event, message).await?)
    }
}
