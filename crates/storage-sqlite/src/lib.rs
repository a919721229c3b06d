//! The embedded store: one SQLite file, nothing to install.
//!
//! Each kind of thing has a table of its id, its version and its document as JSON, beside columns
//! taken from the document for the sake of indexes. All writes go through **one thread** that takes
//! every command waiting at that moment into one commit, each in a savepoint of its own: many
//! callers share the price of making a write durable, and a failing command undoes only itself.
//! Reads have connections of their own and never wait for a write.
#![warn(missing_docs)]

pub mod backup;
mod document;
mod failure;
mod open;
mod outbox;
mod readers;
mod repositories;
mod schema;
mod sql;
mod store;
mod tags;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod watch;
mod writer;

pub use open::{OpenError, Settings};
pub use schema::SCHEMA;
pub use store::SqliteStore;
