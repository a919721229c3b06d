//! Mail that leaves the house: by SMTP, or nowhere in the demo.
#![warn(missing_docs)]

mod demo;
mod settings;
mod smtp;

pub use demo::DemoMailer;
pub use settings::{Credentials, Security, SettingsError, SmtpSettings};
pub use smtp::SmtpMailer;
