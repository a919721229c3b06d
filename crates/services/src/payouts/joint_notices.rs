//! What follows from an event of a joint payout: what its payee and admins are told, what the audit
//! log keeps of what admins did.

use domain::Span;
use domain::deal::LegFault;
use domain::digest::Digest;
use domain::id::{AuditId, JointPayoutId};
use domain::joint::{Happened, JointEvent, JointPayout};
use domain::policy::Action;
use storage::{NewAuditEntry, Undispatched};

use super::move_joint::told;
use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::notifications::{Message, Notice};

impl Services {
    pub(crate) async fn relay_joint(
        &self,
        waiting: Undispatched<JointPayoutId>,
    ) -> Result<(), DealError> {
        let joints = self.store.joint_payouts();
        let Some(joint) = joints.find(waiting.id).await? else {
            return Ok(());
        };
        let new = |event: &&JointEvent| event.seq > waiting.after;
        for event in joint.events.iter().filter(new) {
            self.relay_joint_event(&joint, event).await?;
            joints.mark_dispatched(joint.id, event.seq).await?;
        }
        Ok(())
    }

    async fn relay_joint_event(
        &self,
        joint: &JointPayout,
        event: &JointEvent,
    ) -> Result<(), DealError> {
        if let Some(entry) = entry_of(joint, event) {
            self.store.audit().append(entry).await?;
        }
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
        let mut key = event.seq.to_string();
        let message = match &event.happened {
            Happened::Gathered | Happened::Endorsed if joint.net() > limits.payout_auto => {
                Message::PayoutToApprove { title, amount }
            }
            Happened::Failed { fault } if *fault == LegFault::Operator => {
                // It is tried again and again: told once a day.
                let day = event.at.unix_ms() / Span::days(1).ms();
                key = format!("failed:{day}");
                Message::PayoutFailed { title, amount }
            }
            Happened::Unclear => Message::PayoutUnclear { title, amount },
            Happened::PaidAgain { tx } => Message::PaidAgain {
                title,
                tx: tx.clone(),
            },
            _ => return Ok(()),
        };
        let event = format!("joint_payout:{}:admins:{key}", joint.id);
        Ok(self.tell_admins(&event, message).await?)
    }
}

/// The entry of the audit log for what an admin did.
fn entry_of(joint: &JointPayout, event: &JointEvent) -> Option<NewAuditEntry> {
    let action = match &event.happened {
        Happened::Endorsed | Happened::Approved { .. } => Action::ApprovePayout,
        Happened::ResendKeyTurned | Happened::ResendAgreed => Action::ClearUnknownPayout,
        _ => return None,
    };
    let (id, seq) = (joint.id.as_uuid(), event.seq.to_be_bytes());
    Some(NewAuditEntry {
        id: AuditId::derived(&[b"joint payout", id.as_bytes(), &seq]),
        at: event.at,
        actor: Some(event.by?),
        action: action.code().to_owned(),
        subject: format!("joint_payout:{}", joint.id),
        before: None,
        after: Some(Digest::of_value(&event)),
        reason: None,
        ip: None,
    })
}
