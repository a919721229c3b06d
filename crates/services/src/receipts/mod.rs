//! Receipts: a party takes one of its deal, and anybody has one checked.

mod check_receipt;
mod issue_receipt;

pub use check_receipt::{CheckReceiptError, CheckedReceipt};
