//! Legs that a joint payout takes over, and gives back.

use super::{Decided, Draft};
use crate::deal::bounds::JOINED_SENDS_MAX;
use crate::deal::event::{EventBody, Joining};
use crate::deal::leg::{LegId, LegState};
use crate::deal::rejection::Rejection;
use crate::id::JointPayoutId;

impl Draft<'_> {
    /// Reserves a leg for a joint payout, as sending it would. The count of its sendings lets
    /// nobody take it over who read it before another had it.
    pub(super) fn join_leg(&mut self, id: LegId, sending: u32, joining: Joining) -> Decided {
        let leg = self.deal.leg(&id).ok_or(Rejection::NoSuchLeg)?;
        let is_its = leg.joint == Some(joining.joint) && leg.sends == sending;
        if is_its && matches!(leg.state, LegState::Joined | LegState::Paid) {
            return Ok(());
        }
        if self.deal.hold.is_some() {
            return Err(Rejection::OnHold);
        }
        if !self.deal.state.is_final() {
            return Err(Rejection::WrongState);
        }
        let leg = self.leg_in(&id, &[LegState::Unclaimed])?;
        let is_large = leg.gross >= self.deal.terms.asset.min_payout();
        if is_large || leg.sends.checked_add(1) != Some(sending) {
            return Err(Rejection::WrongLegState);
        }
        if leg.sends >= JOINED_SENDS_MAX {
            return Err(Rejection::Full);
        }
        let joining = Joining {
            network_fee: joining.network_fee.min(leg.gross),
            ..joining
        };
        self.emit(EventBody::LegJoined { leg: id, joining });
        Ok(())
    }

    /// Gives a leg back; nothing when the joint payout does not have it.
    pub(super) fn release_leg(&mut self, id: LegId, joint: JointPayoutId) -> Decided {
        let leg = self.deal.leg(&id).ok_or(Rejection::NoSuchLeg)?;
        if leg.state == LegState::Joined && leg.joint == Some(joint) {
            self.emit(EventBody::LegReleased { leg: id });
        }
        Ok(())
    }
}
