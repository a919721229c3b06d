//! A SHKeeper that anyone can run: demo, tests, fire drills.
//!
//! It speaks the gateway's protocol over HTTP, word for word and with the habits that hurt, over a
//! chain that it makes up. Three doors lead in:
//!
//! - `/api/v1/…`: what a shop calls, as SHKeeper has it;
//! - `/`: a page where a person plays the payer, and the wallet that pays out;
//! - `/control/…`: the same in JSON, for tests and fire drills, faults included.
//!
//! Inside, the chain keeps the truth of every transfer, also of those that the gateway has
//! forgotten, and the gateway's own books keep what SHKeeper would know of it. Everything made up
//! (addresses, transactions, faults) comes from one seed. It has no secrets and no protection: it
//! belongs on a loopback address.
#![warn(missing_docs)]

mod api;
mod books;
mod chain;
mod coin;
mod config;
mod control;
mod deliver;
mod desk;
mod faults;
mod page;
mod payer;
mod save;
mod simulator;
mod state;

pub use config::{Config, Ticks, TimeSource};
pub use payer::PayerError;
pub use simulator::{OpenError, Running, Simulator};
