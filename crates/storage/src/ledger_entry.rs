//! Ledger entries of all deals in one list: for looking things up and for reconciliation. The
//! ledgers in the deals are the truth; this follows them.

use async_trait::async_trait;
use domain::deal::Deal;
use domain::id::{DealId, LedgerEntryId};
use domain::ledger::{Account, Entry};
use domain::{Asset, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Page, PageRequest, StoreError};

/// One side of a journal of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Derived from the deal, the journal and the place in it.
    pub id: LedgerEntryId,
    /// Whose ledger.
    pub deal: DealId,
    /// The event that caused the journal.
    pub event_seq: u64,
    /// When that happened.
    pub at: Timestamp,
    /// What the units are of.
    pub asset: Asset,
    /// Account, side and amount.
    #[serde(flatten)]
    pub entry: Entry,
}

impl LedgerEntry {
    /// The entries of a deal's ledger that were caused by events after `after`.
    pub fn of_deal(deal: &Deal, after: u64) -> Vec<Self> {
        let journals = deal.ledger.journals().iter();
        let new = journals.filter(|journal| journal.event_seq > after);
        let (mut entries, mut of_event, mut place) = (Vec::new(), 0, 0_u32);
        for journal in new {
            let seq = journal.event_seq;
            // One event may cause several journals: places are counted over all of them.
            if of_event != seq {
                (of_event, place) = (seq, 0);
            }
            let event = deal.events.iter().find(|event| event.seq == seq);
            let at = event.map_or(deal.updated_at, |event| event.at);
            for entry in journal.entries() {
                entries.push(Self {
                    id: LedgerEntryId::derived(&[
                        deal.id.as_uuid().as_bytes(),
                        &seq.to_be_bytes(),
                        &place.to_be_bytes(),
                    ]),
                    deal: deal.id,
                    event_seq: seq,
                    at,
                    asset: deal.terms.asset,
                    entry: *entry,
                });
                place = place.saturating_add(1);
            }
        }
        entries
    }
}

/// Which entries are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerFilter {
    /// All.
    All,
    /// Those of one deal.
    OfDeal(DealId),
    /// Those of all deals in one asset.
    OfAsset(Asset),
    /// Those of one account of all deals.
    OfAccount(Account),
    /// Those of one account of all deals in one asset.
    In(Asset, Account),
}

/// The word that an asset is indexed by.
pub fn asset_code(asset: Asset) -> String {
    format!("{}/{}", asset.network().code(), asset.token().code())
}

/// The word that an account is indexed by.
pub const fn account_code(account: Account) -> &'static str {
    match account {
        Account::Received => "received",
        Account::Shortfall => "shortfall",
        Account::Covered => "covered",
        Account::Held => "held",
        Account::Late => "late",
        Account::Payable => "payable",
        Account::Released => "released",
        Account::Refunded => "refunded",
        Account::Fees => "fees",
        Account::NetworkFees => "network_fees",
        Account::Surplus => "surplus",
        Account::Unclaimed => "unclaimed",
    }
}

/// Ledger entries. They are added and read, nothing else.
#[async_trait]
pub trait LedgerEntries: Send + Sync {
    /// Adds entries, each once, and says how many are new.
    async fn add(&self, entries: &[LedgerEntry]) -> Result<u64, StoreError>;

    /// Entries, newest first.
    async fn list(
        &self,
        filter: LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerEntry>, StoreError>;
}
