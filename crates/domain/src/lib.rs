//! The rules of Amn: money, the deal machine, the ledger, disputes.
//!
//! Nothing here does IO, reads a clock, draws a random number or awaits. Every function is a plain
//! question put to values, so each rule can be tested, explored and shown to a person before it is
//! carried out. The crate compiles to WebAssembly too, where a page previews what would happen.
#![forbid(unsafe_code)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic
)]
#![warn(missing_docs)]

pub mod asset;
pub mod category;
pub mod challenge;
pub mod command_log;
pub mod deal;
pub mod digest;
pub mod email;
pub mod id;
pub mod intent;
pub mod joint;
pub mod language;
pub mod ledger;
pub mod link;
pub mod money;
pub mod notification;
pub mod password;
pub mod policy;
pub mod postal;
pub mod price;
pub mod prohibited;
pub mod receipt;
pub mod report;
pub mod request;
pub mod role;
pub mod text;
pub mod time;
pub mod user;

pub use asset::{Asset, Network, Token};
pub use email::Email;
pub use language::{Language, Localized};
pub use money::{Bps, Units};
pub use role::{Role, Roles, SellerStatus, UserStatus};
pub use time::{Span, Timestamp};
pub use user::User;
