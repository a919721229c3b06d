//! What must always hold of a deal. Nothing that breaks it is ever stored.

use super::bounds::{
    DEPOSIT_ENTRIES_MAX, DEPOSITS_MAX, EVIDENCE_PER_SIDE_MAX, HOLDS_MAX, PROPOSALS_MAX,
};
use super::clock::DeadlineKind;
use super::leg::{Leg, LegState};
use super::{Deal, DepositState, State};
use crate::ledger::Account;
use crate::money::Units;

/// A broken invariant: a fault of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// Where money came from is not where it is.
    #[error("the ledger is not conserved")]
    Ledger,
    /// Deposits in the ledger are not those credited.
    #[error("credited deposits are not what was received")]
    Deposits,
    /// Legs are not what the ledger owes.
    #[error("the legs are not what is owed")]
    Legs,
    /// Two legs of one name, or one sent more often than it was surely not sent.
    #[error("a leg stands twice")]
    LegTwice,
    /// State and settlement contradict each other.
    #[error("the state does not fit the settlement")]
    Settlement,
    /// State and funding contradict each other.
    #[error("the state does not fit the funding")]
    Funding,
    /// A deadline is missing in this state, or does not belong to it.
    #[error("the deadlines do not fit the state")]
    Clocks,
    /// State and side data contradict each other.
    #[error("the state lacks what belongs to it")]
    Data,
    /// Something is there more often than a deal may have it.
    #[error("a bound of the deal is passed")]
    Bounds,
    /// A living deal that nothing would ever move.
    #[error("no deadline runs and nothing is on its way")]
    Stuck,
}

impl Deal {
    /// Checks every invariant.
    ///
    /// # Errors
    /// The first [`Breach`] found.
    pub fn check(&self) -> Result<(), Breach> {
        let holds = |holds: bool, breach| if holds { Ok(()) } else { Err(breach) };
        holds(self.ledger.is_conserved(), Breach::Ledger)?;
        holds(self.deposits_match(), Breach::Deposits)?;
        holds(self.legs_match(), Breach::Legs)?;
        holds(self.leg_names_are_unique(), Breach::LegTwice)?;
        holds(self.legs.iter().all(is_sent_once), Breach::LegTwice)?;
        holds(self.settlement_fits(), Breach::Settlement)?;
        holds(self.funding_fits(), Breach::Funding)?;
        holds(self.clocks_fit(), Breach::Clocks)?;
        holds(self.data_fits(), Breach::Data)?;
        holds(self.bounds_hold(), Breach::Bounds)?;
        holds(self.can_move(), Breach::Stuck)
    }

    /// Received is what is credited, late is what waits for a decision: one deposit at most, for
    /// a window that is open.
    fn deposits_match(&self) -> bool {
        let credited = self
            .deposits
            .iter()
            .filter(|deposit| deposit.state == DepositState::Credited)
            .map(|deposit| deposit.units);
        let undecided = self.late_undecided();
        let late = Units::sum(undecided.iter().map(|(_, units)| *units));
        let is_open = self.clocks.has(&DeadlineKind::LateFunds);
        Units::sum(credited) == Some(self.balance(Account::Received))
            && late == Some(self.balance(Account::Late))
            && undecided.len() <= 1
            && is_open == late.is_some_and(|late| !late.is_zero() && late >= self.price)
    }

    fn legs_match(&self) -> bool {
        let owed = |account| {
            let legs = self.legs.iter().filter(|leg| {
                !matches!(leg.state, LegState::Paid | LegState::Void) && leg.account() == account
            });
            Units::sum(legs.map(|leg| leg.gross)) == Some(self.balance(account))
        };
        owed(Account::Payable) && owed(Account::Unclaimed)
    }

    fn leg_names_are_unique(&self) -> bool {
        let mut names: Vec<_> = self.legs.iter().map(|leg| &leg.id).collect();
        names.sort_unstable();
        names.windows(2).all(|pair| pair.first() != pair.last())
    }

    fn settlement_fits(&self) -> bool {
        match self.underlying_state() {
            State::Settling => self.settlement.is_some() && self.held().is_zero(),
            State::Released | State::Refunded | State::Split => {
                self.settlement.is_some_and(|fixed| {
                    fixed.outcome.final_state() == self.underlying_state() && self.held().is_zero()
                })
            }
            _ => self.settlement.is_none(),
        }
    }

    fn funding_fits(&self) -> bool {
        let nothing_lost = self.balance(Account::Shortfall).is_zero();
        let (held, missing) = (self.held(), self.missing());
        let fits = match self.state {
            State::AwaitingPayment | State::Detected | State::Cancelled | State::Expired => {
                held.is_zero() && nothing_lost
            }
            State::Underpaid => !missing.is_zero() && !held.is_zero() && nothing_lost,
            State::Funded | State::InDelivery | State::Inspection => {
                missing.is_zero() && nothing_lost
            }
            State::Loss => !nothing_lost,
            State::Suspended => self.suspension.is_some_and(|was| {
                (was.from == State::Settling) != nothing_lost && (!nothing_lost || held < was.whole)
            }),
            State::Disputed
            | State::Ruled
            | State::Settling
            | State::Released
            | State::Refunded
            | State::Split => nothing_lost,
        };
        fits && held <= self.price
    }

    /// The state's own deadlines are there, running or stopped, and those of no other state.
    fn clocks_fit(&self) -> bool {
        use DeadlineKind as D;
        let clocks = &self.clocks;
        let running = clocks.running().iter().map(|deadline| &deadline.kind);
        let stopped = clocks.paused().iter().map(|stopped| &stopped.kind);
        let under = self.underlying_state();
        let mut all = running.chain(stopped);
        let none_strange = all.all(|kind| match kind {
            D::Hold => self.hold.is_some(),
            D::Suspension => self.state == State::Suspended,
            D::Quote => under == State::AwaitingPayment,
            D::Detected => under == State::Detected,
            D::TopUp => under == State::Underpaid,
            D::ShipBy => under == State::Funded,
            D::Delivery => matches!(under, State::Funded | State::InDelivery),
            D::Reminder | D::Inspection => under == State::Inspection,
            D::Answer | D::Approval | D::RulingPause | D::Ruling => under == State::Disputed,
            D::Appeal => under == State::Ruled,
            D::LateFunds => under.is_unpaid(),
            D::Claim { leg } => self.leg(leg).is_some_and(|leg| leg.state.waits_for_payee()),
        });
        let own: &[D] = match under {
            State::AwaitingPayment => &[D::Quote],
            State::Detected => &[D::Detected],
            State::Underpaid => &[D::TopUp],
            State::Funded => &[D::ShipBy, D::Delivery],
            State::InDelivery => &[D::Delivery],
            State::Inspection => &[D::Inspection],
            State::Disputed if clocks.has(&D::RulingPause) => &[D::Approval],
            State::Disputed => &[D::Ruling],
            State::Ruled => &[D::Appeal],
            State::Settling
            | State::Released
            | State::Refunded
            | State::Split
            | State::Expired
            | State::Cancelled
            | State::Suspended
            | State::Loss => &[],
        };
        none_strange
            && own.iter().all(|kind| clocks.has(kind))
            && self.hold.is_some() == clocks.has(&D::Hold)
            && (self.state == State::Suspended) == clocks.has(&D::Suspension)
    }

    fn data_fits(&self) -> bool {
        let under = self.underlying_state();
        (self.state == State::Suspended) == self.suspension.is_some()
            && (self.state == State::Loss) == self.loss.is_some()
            && matches!(under, State::Disputed | State::Ruled) == self.dispute().is_some()
            && (under != State::Inspection || self.inspection.is_some())
            && (under != State::InDelivery || self.shipment.is_some())
            && (under != State::Ruled || self.dispute().is_some_and(|case| case.ruling.is_some()))
    }

    fn bounds_hold(&self) -> bool {
        self.proposals_made <= PROPOSALS_MAX
            && self.holds.len() <= HOLDS_MAX
            && self.deposits.len() <= DEPOSITS_MAX
            && self.counts.deposit_entries <= DEPOSIT_ENTRIES_MAX
            && self.evidence.len() <= EVIDENCE_PER_SIDE_MAX.saturating_mul(2)
    }

    /// A deal that is not over has a deadline, or a leg that jobs or people move, or is in LOSS,
    /// which the operator answers.
    fn can_move(&self) -> bool {
        self.state.is_final()
            || self.state == State::Loss
            || self.next_at().is_some()
            || (self.state == State::Settling
                && self.legs.iter().any(|leg| !leg.state.is_settled()))
    }
}

/// A leg is sent again only after a sure "no", and is paid by one known transaction.
fn is_sent_once(leg: &Leg) -> bool {
    let again = leg.sends.saturating_sub(1);
    again <= leg.refusals && (leg.state == LegState::Paid) == leg.tx.is_some()
}
