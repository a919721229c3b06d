//! What must always hold of a deal. Asserted whenever one changes, in production too.

use super::leg::LegState;
use super::{Deal, DepositState, EVIDENCE_PER_SIDE_MAX, HOLDS_MAX, PROPOSALS_MAX, State};
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
        holds(self.settlement_fits(), Breach::Settlement)?;
        holds(self.funding_fits(), Breach::Funding)?;
        holds(self.data_fits(), Breach::Data)?;
        holds(self.bounds_hold(), Breach::Bounds)?;
        holds(self.can_move(), Breach::Stuck)
    }

    fn deposits_match(&self) -> bool {
        let credited = self
            .deposits
            .iter()
            .filter(|deposit| deposit.state == DepositState::Credited)
            .map(|deposit| deposit.units);
        Units::sum(credited) == Some(self.balance(Account::Received))
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
        match self.state {
            State::AwaitingPayment | State::Detected | State::Cancelled | State::Expired => {
                self.held().is_zero() && nothing_lost
            }
            State::Underpaid => !self.missing().is_zero() && !self.held().is_zero() && nothing_lost,
            State::Funded | State::InDelivery | State::Inspection => {
                self.missing().is_zero() && nothing_lost
            }
            State::Loss => !nothing_lost,
            State::Suspended => true,
            _ => nothing_lost,
        }
    }

    fn data_fits(&self) -> bool {
        (self.state == State::Suspended) == self.suspension.is_some()
            && (self.state == State::Loss) == self.loss_from.is_some()
            && matches!(self.underlying_state(), State::Disputed | State::Ruled)
                == self.dispute().is_some()
            && (self.underlying_state() != State::Inspection || self.inspection.is_some())
            && (self.underlying_state() != State::InDelivery || self.shipment.is_some())
    }

    fn bounds_hold(&self) -> bool {
        self.proposals_made <= PROPOSALS_MAX
            && self.holds.len() <= HOLDS_MAX
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
