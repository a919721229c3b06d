//! Ports that tests move by hand.

mod blobs;
mod clock;
mod gateway;
mod mailer;
mod previews;
mod random;

pub use blobs::MemoryBlobs;
pub use clock::ManualClock;
pub use gateway::{GatewayAway, Script};
pub use mailer::CapturingMailer;
pub use previews::StampPreviews;
pub use random::SeededRandom;
