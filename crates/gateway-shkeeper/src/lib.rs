//! SHKeeper as a payment gateway.
