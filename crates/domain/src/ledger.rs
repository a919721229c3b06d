//! Double entry: every journal is balanced when it is built, and no account falls below zero.
//!
//! A deal keeps one [`Ledger`] in the base units of its own asset. The accounts are those of the
//! deal's equation:
//!
//! ```text
//! received + shortfall + covered
//!     = held + late + payable + released + refunded + fees + network fees + surplus + unclaimed
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::Units;

/// Where money is, or where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Confirmed deposits at the deal's addresses.
    Received,
    /// Money that a reorganisation took after something was promised on it.
    Shortfall,
    /// What the operator made good of a loss.
    Covered,
    /// Escrow: serves the price.
    Held,
    /// Money that came after settlement was fixed, or after the deal had ended.
    Late,
    /// Owed to a party by a payout leg that is not paid yet.
    Payable,
    /// Paid out to the seller.
    Released,
    /// Paid out to the buyer.
    Refunded,
    /// The platform's fee.
    Fees,
    /// The flat fee of payouts that were made.
    NetworkFees,
    /// More than the price; the buyer's.
    Surplus,
    /// Owed for ever to a party who gave no address, or too small to send.
    Unclaimed,
}

impl Account {
    /// All there are.
    pub const ALL: [Self; 12] = [
        Self::Received,
        Self::Shortfall,
        Self::Covered,
        Self::Held,
        Self::Late,
        Self::Payable,
        Self::Released,
        Self::Refunded,
        Self::Fees,
        Self::NetworkFees,
        Self::Surplus,
        Self::Unclaimed,
    ];

    /// Whether debits make it grow (where money came from) rather than credits (where it is).
    pub const fn is_debit_normal(self) -> bool {
        match self {
            Self::Received | Self::Shortfall | Self::Covered => true,
            Self::Held
            | Self::Late
            | Self::Payable
            | Self::Released
            | Self::Refunded
            | Self::Fees
            | Self::NetworkFees
            | Self::Surplus
            | Self::Unclaimed => false,
        }
    }
}

/// One side of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The account it moves.
    pub account: Account,
    /// Debit or credit.
    pub side: Side,
    /// How much, in base units.
    pub units: Units,
}

/// The side of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left.
    Debit,
    /// Right.
    Credit,
}

/// A balanced set of entries that happened together, because of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The event that caused it.
    pub event_seq: u64,
    entries: Vec<Entry>,
}

impl Journal {
    /// An empty journal for the event of this number.
    pub const fn new(event_seq: u64) -> Self {
        Self {
            event_seq,
            entries: Vec::new(),
        }
    }

    /// Adds a balanced pair; nothing when there is nothing to move.
    #[must_use]
    pub fn moving(mut self, debit: Account, credit: Account, units: Units) -> Self {
        if !units.is_zero() {
            self.entries.push(Entry {
                account: debit,
                side: Side::Debit,
                units,
            });
            self.entries.push(Entry {
                account: credit,
                side: Side::Credit,
                units,
            });
        }
        self
    }

    /// The entries, in the order they were made.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether debits equal credits. True by construction; asked again of what a store gives back.
    pub fn is_balanced(&self) -> bool {
        let total = |side| {
            Units::sum(
                self.entries
                    .iter()
                    .filter(|entry| entry.side == side)
                    .map(|entry| entry.units),
            )
        };
        matches!((total(Side::Debit), total(Side::Credit)), (Some(debit), Some(credit)) if debit == credit)
    }
}

/// The journals of one deal and the balances they add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    journals: Vec<Journal>,
    balances: Balances,
}

type Balances = BTreeMap<Account, Units>;

/// Adds a journal's entries, or says which account cannot bear it.
fn add_to(balances: &mut Balances, journal: &Journal) -> Result<(), Overdrawn> {
    for entry in &journal.entries {
        let before = balances.get(&entry.account).copied().unwrap_or_default();
        let grows = entry.account.is_debit_normal() == (entry.side == Side::Debit);
        let after = if grows {
            before.checked_add(entry.units)
        } else {
            before.checked_sub(entry.units)
        };
        balances.insert(entry.account, after.ok_or(Overdrawn(entry.account))?);
    }
    Ok(())
}

/// A journal would take an account below zero, or beyond what can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the journal overdraws {0:?}")]
pub struct Overdrawn(pub Account);

impl Ledger {
    /// What stands in an account; never below zero.
    pub fn balance(&self, account: Account) -> Units {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    /// Every journal, oldest first.
    pub fn journals(&self) -> &[Journal] {
        &self.journals
    }

    /// Appends a journal.
    ///
    /// # Errors
    /// [`Overdrawn`] when an account cannot bear it; the ledger is then unchanged.
    pub fn post(&mut self, journal: Journal) -> Result<(), Overdrawn> {
        if journal.entries.is_empty() {
            return Ok(());
        }
        let mut balances = self.balances.clone();
        add_to(&mut balances, &journal)?;
        self.balances = balances;
        self.journals.push(journal);
        Ok(())
    }

    /// Whether where money came from equals where it is, and the balances are what the journals
    /// add up to.
    pub fn is_conserved(&self) -> bool {
        let mut recomputed = Balances::new();
        let replayed = self
            .journals
            .iter()
            .all(|journal| journal.is_balanced() && add_to(&mut recomputed, journal).is_ok());
        let total = |debit_normal| {
            Units::sum(
                Account::ALL
                    .into_iter()
                    .filter(|account| account.is_debit_normal() == debit_normal)
                    .map(|account| self.balance(account)),
            )
        };
        replayed
            && self.balances == recomputed
            && total(true).is_some()
            && total(true) == total(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: Units = Units::new(10);

    #[test]
    fn a_journal_that_overdraws_changes_nothing() {
        let mut ledger = Ledger::default();
        ledger
            .post(Journal::new(1).moving(Account::Received, Account::Held, TEN))
            .unwrap();
        let before = ledger.clone();
        let too_much = Journal::new(2)
            .moving(Account::Held, Account::Payable, TEN)
            .moving(Account::Held, Account::Fees, Units::new(1));
        assert_eq!(ledger.post(too_much), Err(Overdrawn(Account::Held)));
        assert_eq!(ledger, before);
    }

    #[test]
    fn money_moves_and_is_conserved() {
        let mut ledger = Ledger::default();
        ledger
            .post(Journal::new(1).moving(Account::Received, Account::Held, TEN))
            .unwrap();
        ledger
            .post(Journal::new(2).moving(Account::Held, Account::Surplus, Units::new(3)))
            .unwrap();
        assert_eq!(ledger.balance(Account::Held), Units::new(7));
        assert!(ledger.is_conserved());
    }

    #[test]
    fn a_balance_that_no_journal_explains_is_found() {
        let mut ledger = Ledger::default();
        ledger
            .post(Journal::new(1).moving(Account::Received, Account::Held, TEN))
            .unwrap();
        ledger.balances.insert(Account::Received, Units::new(11));
        ledger.balances.insert(Account::Held, Units::new(11));
        assert!(!ledger.is_conserved());
    }
}
