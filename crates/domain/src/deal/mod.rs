//! The deal: one accepted offer, from the first payment to the last payout.

pub mod terms;

pub use terms::{Destination, EvidenceItem, Goods, Periods, ProductKind, Terms, TermsError};
