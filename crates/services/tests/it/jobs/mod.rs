//! What the jobs promise: often, one thing at a time, and nothing that fails stops the rest.

mod counting;
mod downtime;
mod leases;
mod mailing;
mod polling;
mod relaying;
mod scripted;
mod staffing;
mod timers;
