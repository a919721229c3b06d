//! The deal, seen from outside: rules, refusals, and exploration.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod appeal;
mod bounds;
mod clocks;
mod code;
mod delivery;
mod dispute;
mod exploration;
mod explore;
mod fixtures;
mod foresight;
mod hold;
mod joining;
mod journey;
mod late;
mod legs;
mod loss;
mod payment;
mod properties;
mod proposals;
mod questions;
mod receipt;
mod refusals;
mod ruling;
mod surplus;
mod suspension;
mod tasks;
mod terms;
mod world;
