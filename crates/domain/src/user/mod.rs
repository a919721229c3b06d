//! People with an account.

mod name;

pub use name::{NameError, PersonName};
