//! Where people are paid: adding an address, confirming it by a mailed code, stopping one that
//! somebody else added.

mod add_address;
mod checksum;
mod confirm_address;
mod remove_address;
mod resend_code;
mod stop_address;
mod stop_ticket;

pub use add_address::{AddAddress, AddAddressError};
pub use checksum::{AddressError, checked_address};
pub use confirm_address::{ConfirmAddress, ConfirmAddressError};
pub use resend_code::ResendAddressCodeError;
pub use stop_address::StopAddressError;
pub use stop_ticket::{InvalidStopTicket, StopTicket};
