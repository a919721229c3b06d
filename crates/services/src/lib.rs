//! Use cases of Amn and the policy of who may do what.
//!
//! Every door (page, REST call, socket, webhook, job) goes through here. A use case is a method of
//! [`Services`] in a file of its own, `<area>/<verb>_<noun>.rs`; it takes the [`Actor`] who asks and
//! a command of newtypes, asks the policy, loads an aggregate, lets the domain decide, and commits
//! in one write. Its error is an enum of its own with a variant only where callers differ.
//!
//! What lies outside (time, randomness, mail, the payment gateway) stands behind [`ports`].
#![warn(missing_docs)]

pub mod actor;
pub mod audit;
pub mod books;
pub mod categories;
pub mod config;
pub mod csv;
pub mod dashboard;
pub mod dead_letters;
pub mod deals;
pub mod disputes;
mod failure;
pub mod files;
pub mod identity;
pub mod jobs;
mod kept;
pub mod ledger;
pub mod mail;
pub mod moderation;
pub mod notifications;
pub mod offers;
pub mod overview;
pub mod paging;
pub mod payments;
pub mod payout_addresses;
pub mod payouts;
pub mod people;
pub mod ports;
pub mod receipts;
mod record;
pub mod requests;
mod secret;
pub mod seed;
mod services;
pub mod solvency;
pub mod status;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use actor::{Actor, Client, ClientAddress, Person};
pub use config::Config;
pub use failure::Failure;
pub use secret::{CodeKey, InvalidSecret, Secret};
pub use services::{Parts, Services};
