//! Late money: sent back, unless both go on with the price that came too late.

use super::{Decided, Draft};
use crate::deal::Party;
use crate::deal::clock::DeadlineKind;
use crate::deal::deposit::DepositKey;
use crate::deal::event::EventBody;
use crate::deal::leg::LegId;
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::ledger::Account;
use crate::money::Units;

impl Draft<'_> {
    /// Late money that reaches the price of an expired or cancelled deal may reopen it; all other
    /// late money goes back.
    pub(super) fn follow_late(&mut self, key: DepositKey, units: Units) {
        let may_reopen = self.deal.state.is_unpaid()
            && units >= self.deal.price
            && !self.deal.clocks.has(&DeadlineKind::LateFunds);
        if may_reopen {
            self.emit(EventBody::LateFundsOffered);
        } else {
            self.plan_late(key, units);
        }
    }

    fn plan_late(&mut self, deposit: DepositKey, units: Units) {
        let legs = self.deal.legs.iter();
        let earlier = legs
            .filter(|leg| leg.deposit.as_ref() == Some(&deposit))
            .count();
        let n = u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1);
        let leg = LegId::late(&deposit, n);
        self.emit(EventBody::LatePlanned {
            leg,
            deposit,
            units,
        });
    }

    /// Sends back all late money that no leg sends yet.
    pub(super) fn plan_all_late(&mut self) {
        for (key, units) in self.deal.late_undecided() {
            self.plan_late(key, units);
        }
    }

    /// When too little is left of late money to reopen the deal, the rest goes back.
    pub(super) fn recheck_late_window(&mut self) {
        let is_enough = self.deal.balance(Account::Late) >= self.deal.price;
        if self.deal.clocks.has(&DeadlineKind::LateFunds) && !is_enough {
            self.emit(EventBody::LateFundsGone);
            self.plan_all_late();
        }
    }

    pub(super) fn refund_late(&mut self) -> Decided {
        self.require_late_window()?;
        self.plan_all_late();
        Ok(())
    }

    pub(super) fn agree_to_reopen(&mut self, party: Party) -> Decided {
        self.require_late_window()?;
        let agreed = match party {
            Party::Buyer => self.deal.reopen.buyer,
            Party::Seller => self.deal.reopen.seller,
        };
        if !agreed {
            self.emit(EventBody::ReopenAgreed { by: party });
        }
        Ok(())
    }

    pub(super) fn reopen(&mut self) -> Decided {
        self.require_late_window()?;
        if !(self.deal.reopen.buyer && self.deal.reopen.seller) {
            return Err(Rejection::NotAgreed);
        }
        self.emit(EventBody::Reopened);
        Ok(())
    }

    fn require_late_window(&self) -> Decided {
        self.require(&[State::Expired, State::Cancelled])?;
        let is_open = self.deal.clocks.has(&DeadlineKind::LateFunds);
        if is_open {
            Ok(())
        } else {
            Err(Rejection::NoLateFunds)
        }
    }
}
