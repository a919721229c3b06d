//! What lives in the browser. Everything here also renders on the server, and does without.

mod browser;
mod copy_button;

pub use self::copy_button::CopyButton;
