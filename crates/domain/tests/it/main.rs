//! The deal, seen from outside: journeys, refusals, and exploration.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod journey;
mod world;
