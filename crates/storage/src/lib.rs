//! Repository traits of Amn, and the conformance suite every store passes.

/// Everything that Amn keeps, each kind of thing behind a trait of its own.
pub trait Store: Send + Sync + core::fmt::Debug {}
