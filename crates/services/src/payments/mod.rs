//! Payments: an address for each deal, what arrives there, and what the deal is told of it.

mod read_address;
mod request_address;
mod take_callback;

pub use read_address::ReadAddressError;
pub use request_address::{PayView, RequestAddressError};
pub use take_callback::{CallbackOutcome, TakeCallbackError};
