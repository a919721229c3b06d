//! What people are told: in their list, and by mail where they want it.

mod list_notifications;
mod mark_read;
mod message;
mod notify;
mod tell_admins;
mod texts;

pub use list_notifications::{NotificationView, Shown};
pub use mark_read::MarkReadError;
pub use message::Message;
pub use notify::Notice;
