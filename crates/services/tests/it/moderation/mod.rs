//! Reports, blocks, and what staff make of them.

mod blocking;
mod prohibited;
mod reporting;
