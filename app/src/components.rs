//! What pages are made of. One component a file; its style lies in `style/components/` under the
//! same name. All of them render on the server and work without scripts.

mod banner;
mod button;
mod error_summary;
mod field;
mod footer;
mod header;
mod icon;
mod logo;
mod money;
mod post_form;
mod textarea;

pub use self::banner::{Banner, Tone};
pub use self::button::{Button, Look};
pub use self::error_summary::ErrorSummary;
pub use self::field::{Field, Frame};
pub use self::footer::Footer;
pub use self::header::Header;
pub use self::icon::Icon;
pub use self::logo::Logo;
pub use self::money::Money;
pub use self::post_form::PostForm;
pub use self::textarea::Textarea;
