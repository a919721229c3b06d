//! Whether a receipt is one of ours, and unchanged.

use domain::policy::Action;
use domain::receipt::{Fault, NoReceipt, PublicKey, Receipt};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// A receipt that could be read, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedReceipt {
    /// What stands in it. Only without a fault is it known to be true.
    pub receipt: Receipt,
    /// The first part that was altered, or whatever else is wrong; none when it holds.
    pub fault: Option<Fault>,
}

/// Why nothing was checked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CheckReceiptError {
    /// It is no receipt.
    #[error(transparent)]
    NoReceipt(#[from] NoReceipt),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl CheckReceiptError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoReceipt(NoReceipt::TooLarge) => "RECEIPT_TOO_LARGE",
            Self::NoReceipt(NoReceipt::Version(_)) => "RECEIPT_VERSION_UNKNOWN",
            Self::NoReceipt(NoReceipt::Unreadable(_)) => "NO_RECEIPT",
            Self::Failed(failure) => failure.code(),
        }
    }
}

impl Services {
    /// Checks a receipt's file by the keys of this place. Nothing of it is kept, and no deal is
    /// looked up: it says what the file itself proves.
    ///
    /// # Errors
    /// [`CheckReceiptError`].
    pub fn check_receipt(
        &self,
        actor: &Actor,
        file: &[u8],
    ) -> Result<CheckedReceipt, CheckReceiptError> {
        actor.may(Action::VerifyReceipt).map_err(Failure::from)?;
        let receipt = Receipt::read(file)?;
        let fault = receipt.check(&self.receipt_keys()).err();
        Ok(CheckedReceipt { receipt, fault })
    }

    /// The keys that receipts of this place are or were signed with, the present one first: public,
    /// so that anybody can check one elsewhere.
    pub fn receipt_keys(&self) -> Vec<PublicKey> {
        self.config.receipts.public_keys()
    }
}
