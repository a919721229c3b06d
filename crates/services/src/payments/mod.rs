//! Payments: an address for each deal, what arrives there, and what the deal is told of it.

mod address_words;
mod read_address;
mod request_address;
mod take_callback;

pub use address_words::AddressWords;
pub use read_address::ReadAddressError;
pub use request_address::{PayView, RequestAddressError};
pub use take_callback::{CallbackOutcome, TakeCallbackError};
