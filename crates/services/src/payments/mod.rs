//! Payments: an address for each deal, what arrives there, and what the deal is told of it.

mod address_words;
mod list_payments;
mod mail_address;
mod payment;
mod qr;
mod read_address;
mod request_address;
mod take_callback;
mod view_intent;
mod view_payment;

pub use address_words::AddressWords;
pub use payment::{Direction, InvalidPaymentId, Movement, Payment, PaymentId, Standing};
pub use qr::QrDrawing;
pub use read_address::ReadAddressError;
pub use request_address::{PayView, RequestAddressError};
pub use take_callback::{CallbackOutcome, TakeCallbackError};
pub use view_payment::{PaymentDetail, PaymentDetails, ViewPaymentError};
