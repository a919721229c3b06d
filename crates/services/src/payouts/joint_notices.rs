//! What the payee of a joint payout is told of it, and who hears of an alarm.

use domain::joint::{Happened, JointEvent, JointPayout};
use storage::Undispatched;

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
        let asset = joint.asset;
        let told = |units: domain::Units| {
            let sum = units.to_grouped(asset.decimals());
            format!("{sum}\u{a0}{}", asset.token().code())
        };
        let message = match &event.happened {
            Happened::Paid { .. } => Message::JointPayoutSent {
                amount: told(joint.net()),
            },
            Happened::Dissolved { .. } => Message::JointPayoutDissolved {
                amount: told(joint.gross()),
            },
            Happened::PaidAgain { tx } => {
                tracing::error!(joint = %joint.id, %tx, "a second transaction claims to have paid");
                return Ok(());
            }
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
}
