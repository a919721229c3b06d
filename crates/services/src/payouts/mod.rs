//! Payouts: approved, reserved, sent once, and asked about until the answer is clear.

mod ask_about_leg;
mod send_legs;
