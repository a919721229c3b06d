//! SHKeeper as a payment gateway.
//!
//! [`Shkeeper`] fulfils [`services::ports::PaymentGateway`] over SHKeeper's HTTP interface. What
//! it has to know of SHKeeper's habits is told in `docs/payments.md`; what follows from them is
//! that an answer counts only for what it proves: a 200 may be an error, a callback only says
//! where to look, and no answer about a payout means "not sent" unless it came from before the
//! wallet was asked.
#![warn(missing_docs)]

mod address;
mod amount;
mod callback;
mod client;
mod crypto;
mod gateway;
mod invoice;
mod observed;
mod payout;
mod payout_state;
mod settings;
mod wallet;
mod wire;

pub use gateway::{Shkeeper, StartError};
pub use settings::{PayoutLogin, Settings};
