//! Legs that a joint payout takes over, and gives back.

use super::{Decided, Draft};
use crate::deal::bounds::JOINED_SENDS_MAX;
use crate::deal::event::EventBody;
use crate::deal::leg::{LegId, LegState};
use crate::deal::rejection::Rejection;
use crate::deal::terms::Destination;
use crate::id::JointPayoutId;
use crate::money::Units;

/// Which joint payout takes a leg over, and the how-manieth sending of the leg that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joining {
    pub(super) joint: JointPayoutId,
    pub(super) sending: u32,
}

impl Draft<'_> {
    /// Reserves a leg for a joint payout, as sending it would. The count of its sendings lets
    /// nobody take it over who read it before another had it.
    pub(super) fn join_leg(
        &mut self,
        id: LegId,
        by: Joining,
        destination: Destination,
        network_fee: Units,
    ) -> Decided {
        let leg = self.deal.leg(&id).ok_or(Rejection::NoSuchLeg)?;
        let is_its = leg.joint == Some(by.joint) && leg.sends == by.sending;
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
        if is_large || leg.sends.checked_add(1) != Some(by.sending) {
            return Err(Rejection::WrongLegState);
        }
        if leg.sends >= JOINED_SENDS_MAX {
            return Err(Rejection::Full);
        }
        self.emit(EventBody::LegJoined {
            leg: id,
            joint: by.joint,
            destination,
            network_fee: network_fee.min(leg.gross),
        });
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
