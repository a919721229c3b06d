//! What lives in the browser. Everything here also renders on the server, and does without.

mod browser;
mod copy_button;
mod countdown;
mod live;
mod reveal;
mod uploading;

pub use self::copy_button::CopyButton;
pub use self::countdown::Countdown;
pub use self::live::Live;
pub use self::reveal::Reveal;
pub use self::uploading::Uploading;
