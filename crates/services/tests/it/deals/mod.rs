//! Deals with real payments, by polling alone: every callback is lost.

mod paying;
mod sending;
mod showing;
