//! One file for each repository: how its documents lie in their table, and its intents in SQL.

mod audit;
mod categories;
mod dead_letters;
mod deals;
mod deposit_claims;
mod files;
mod heartbeats;
mod inbox;
mod intents;
mod joint_payouts;
mod leases;
mod ledger_entries;
mod mails;
mod notifications;
mod one_time_codes;
mod payout_switch;
mod payout_txs;
mod reconciliations;
mod reports;
mod requests;
mod retries;
mod sessions;
mod sign_ups;
mod users;
mod windows;
