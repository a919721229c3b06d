//! The simulator by itself: what it keeps, what it repeats, and its page. What it says to a
//! gateway is tested where the gateway is.
#![expect(
    clippy::unwrap_used,
    reason = "a test that meets a surprise has to stop"
)]

mod keeping;
mod page;
mod world;
