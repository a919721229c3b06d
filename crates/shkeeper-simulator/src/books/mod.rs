//! SHKeeper's own books: what it knows, which is less than what happened.

pub(crate) mod incoming;
pub(crate) mod invoices;
pub(crate) mod messages;
pub(crate) mod payouts;
