//! `amn openapi`.

use super::say;
use crate::serve::Fault;

/// Prints the document that describes `/api`, for generators of clients.
pub fn print() -> Result<(), Fault> {
    say(&serde_json::to_string_pretty(&rest::document())?);
    Ok(())
}
