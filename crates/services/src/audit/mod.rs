//! The log of what staff and the system did: what is written there, and how it is read.

mod audited;
mod check_audit;
mod list_audit;
mod note_export;

pub(crate) use audited::Audited;
pub use check_audit::AuditCheck;
pub use list_audit::AuditLine;
pub use storage::{AuditEntry, AuditFilter};
