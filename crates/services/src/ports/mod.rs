//! Traits for everything outside: time, randomness, mail, payments. Adapters fulfil them, use
//! cases call them, and tests move them by hand.

pub mod clock;
pub mod gateway;
pub mod mailer;
pub mod random;

pub use clock::Clock;
pub use gateway::PaymentGateway;
pub use mailer::{Mail, MailError, Mailer};
pub use random::Random;
