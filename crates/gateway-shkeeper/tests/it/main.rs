//! The gateway and the simulator speak with each other over HTTP: each rule of the protocol is a
//! test here.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets a surprise has to stop"
)]

mod amounts;
mod answers;
mod callbacks;
mod deliveries;
mod invoices;
mod payments;
mod payouts;
mod shuffles;
mod world;
