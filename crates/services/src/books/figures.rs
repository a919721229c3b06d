//! What computing the books anew came to.

use std::collections::BTreeMap;

use domain::deal::{Breach, Deal, LegId};
use domain::id::DealId;
use domain::ledger::{Account, Journal, Side};
use domain::{Asset, Units};

/// All books of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books {
    /// Deals that were read.
    pub deals: u64,
    /// Those among them that are over.
    pub settled_deals: u64,
    /// Deposits that deals count.
    pub deposits: u64,
    /// Legs that were paid.
    pub payouts: u64,
    /// Ledger entries in the list of all deals.
    pub ledger_entries: u64,
    /// Entries of the audit log.
    pub audit_entries: u64,
    /// What the ledgers add up to, for each asset.
    pub assets: BTreeMap<Asset, AssetBooks>,
    /// All that does not fit.
    pub faults: Vec<Fault>,
}

/// What the ledgers of all deals in one asset add up to, in its base units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetBooks {
    /// All debits.
    pub debits: Units,
    /// All credits.
    pub credits: Units,
    /// What stands in each account.
    pub balances: BTreeMap<Account, Units>,
}

/// Something in the books that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An invariant of a deal is broken.
    #[error("deal {deal}: {breach}")]
    Deal {
        /// Which.
        deal: DealId,
        /// What does not hold.
        breach: Breach,
    },
    /// A deal is listed and cannot be read.
    #[error("deal {deal} cannot be read: {reason}")]
    Unreadable {
        /// Which.
        deal: DealId,
        /// What the store says.
        reason: String,
    },
    /// Debits and credits of an asset differ, or are more than can be counted.
    #[error("{asset}: debits of {debits} base units are not the credits of {credits}")]
    Unbalanced {
        /// Which.
        asset: Asset,
        /// All debits, in base units.
        debits: u128,
        /// All credits, in base units.
        credits: u128,
    },
    /// A deposit counts that nobody has claimed as it counts.
    #[error("deal {deal}: the deposit {key} is not claimed as it is counted")]
    DepositNotClaimed {
        /// The deal that counts it.
        deal: DealId,
        /// The deposit.
        key: String,
    },
    /// A leg is paid by a transaction that is claimed for something else, or for nothing.
    #[error("deal {deal}: its leg {leg} is paid by {tx}, which is claimed for {owner}")]
    PayoutNotClaimed {
        /// The deal.
        deal: DealId,
        /// The leg.
        leg: LegId,
        /// The transaction.
        tx: String,
        /// Whose the transaction is.
        owner: String,
    },
    /// The list of all ledger entries does not say what the ledger of a deal says.
    #[error("deal {deal}: the list of ledger entries is not what its ledger says")]
    LedgerList {
        /// Which.
        deal: DealId,
    },
    /// An audit entry does not follow the one before it.
    #[error("the audit log is broken at its entry {seq}")]
    AuditChain {
        /// Its place.
        seq: u64,
    },
}

impl Books {
    /// Whether everything fits.
    pub fn are_right(&self) -> bool {
        self.faults.is_empty()
    }

    /// Takes in the ledger of a deal.
    pub(super) fn add(&mut self, deal: &Deal) {
        let asset = self.assets.entry(deal.terms.asset).or_default();
        for entry in deal.ledger.journals().iter().flat_map(Journal::entries) {
            let total = match entry.side {
                Side::Debit => &mut asset.debits,
                Side::Credit => &mut asset.credits,
            };
            *total = sum(*total, entry.units);
        }
        for account in Account::ALL {
            let balance = asset.balances.entry(account).or_default();
            *balance = sum(*balance, deal.balance(account));
        }
    }

    /// Compares the two sides of each asset, by entries and by balances.
    pub(super) fn close(&mut self) {
        for (asset, books) in &self.assets {
            let of_side = |debit_normal| {
                let balances = books.balances.iter();
                let side =
                    balances.filter(|(account, _)| account.is_debit_normal() == debit_normal);
                side.fold(Units::ZERO, |total, (_, units)| sum(total, *units))
            };
            let (came, lies) = (of_side(true), of_side(false));
            let is_counted = [books.debits, books.credits, came, lies]
                .iter()
                .all(|total| total.get() < u128::MAX);
            if books.debits != books.credits || came != lies || !is_counted {
                self.faults.push(Fault::Unbalanced {
                    asset: *asset,
                    debits: books.debits.get(),
                    credits: books.credits.get(),
                });
            }
        }
    }
}

/// Sums stop at what can be counted, and [`Books::close`] complains of it.
fn sum(one: Units, other: Units) -> Units {
    one.checked_add(other).unwrap_or(Units::new(u128::MAX))
}
