//! Work that was given up, and what a person does about it.

mod list_dead_letters;
mod retry_dead_letter;

pub use retry_dead_letter::RetryDeadLetterError;
pub use storage::{DeadLetter, DeadLetterSource};
