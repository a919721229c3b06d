//! What can stop any use case, whatever it is about.

use domain::policy::Denied;
use storage::StoreError;

/// So many times a use case decides anew after losing a race. Two people and a timer write to one
/// aggregate; more lost races mean a fault.
pub(crate) const COMMIT_ATTEMPTS_MAX: u32 = 5;

/// A reason that every use case shares. Each one's own error has it as a variant.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// The policy says no.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Others kept changing the same thing. Nothing was done; trying again helps.
    #[error("others are changing this right now, please try again")]
    Contended,
    /// The store did not answer, or refused what must never be. See [`StoreError`] for whether
    /// something was done.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Denied(denied) => denied.code(),
            Self::Contended => "CONTENDED",
            Self::Store(error) if error.may_pass() => "STORE_UNAVAILABLE",
            Self::Store(_) => "INTERNAL",
        }
    }
}
