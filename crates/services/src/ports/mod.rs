//! Traits for everything outside: time, randomness, mail, payments, files. Adapters fulfil them,
//! use cases call them, and tests move them by hand.

pub mod blobs;
pub mod clock;
pub mod gateway;
pub mod mailer;
pub mod previews;
pub mod random;

pub use blobs::{BlobError, Blobs};
pub use clock::{Clock, MovableClock};
pub use gateway::PaymentGateway;
pub use mailer::{Mail, MailError, Mailer};
pub use previews::Previews;
pub use random::Random;
