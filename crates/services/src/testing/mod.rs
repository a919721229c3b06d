//! Ports that tests move by hand.

mod clock;
mod mailer;
mod random;

pub use clock::ManualClock;
pub use mailer::CapturingMailer;
pub use random::SeededRandom;
