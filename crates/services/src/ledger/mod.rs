//! The ledger entries of all deals in one list.

mod list_ledger;

pub use storage::{LedgerEntry, LedgerFilter, account_code, asset_code};
