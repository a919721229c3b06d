//! Deals with real payments, by polling alone: every callback is lost.

mod following;
mod paying;
mod racing;
mod receipts;
mod sending;
mod showing;
mod solvency;
mod suspending;
mod trying;
mod webhooks;
