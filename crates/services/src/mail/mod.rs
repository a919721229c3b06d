//! Letters to people: what they say, how they look, how they leave.
//!
//! A use case queues a letter in the store; a job hands it to the mail server. So no answer waits
//! for a mail server, none tells by its time what was mailed, and none is lost in a crash.

mod deliver_mail;
mod letter;
pub(crate) mod letters;
mod list_mail;
mod queue_mail;

pub use deliver_mail::Delivery;
pub(crate) use deliver_mail::Fate;
pub use letter::{Letter, Part, isolated};
