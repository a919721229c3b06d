//! `/disputes`: what one side holds against the other, and how it is judged.

mod status;

pub use status::status_of;
