//! Traits for everything outside: time, randomness, mail. Adapters fulfil them, use cases call
//! them, and tests move them by hand.

pub mod clock;
pub mod mailer;
pub mod random;

pub use clock::Clock;
pub use mailer::{Mail, MailError, Mailer};
pub use random::Random;
