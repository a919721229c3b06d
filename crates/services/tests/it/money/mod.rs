//! What one person sees of their money: the dashboard, payments, payouts.

mod dashboard;
mod payments;
