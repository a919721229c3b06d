//! Ports that tests move by hand.

mod clock;
mod gateway;
mod mailer;
mod random;

pub use clock::ManualClock;
pub use gateway::GatewayAway;
pub use mailer::CapturingMailer;
pub use random::SeededRandom;
