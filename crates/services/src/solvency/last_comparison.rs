//! What everybody may know of what is owed and what is there.

use storage::{Limit, PageRequest, Reconciliation};

use crate::Services;
use crate::failure::Failure;

impl Services {
    /// The newest comparison of what is owed with what is there; none before the first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn last_comparison(&self) -> Result<Option<Reconciliation>, Failure> {
        let newest = PageRequest::first(Limit::new(1));
        let found = self.store.reconciliations().list(newest).await?;
        Ok(found.items.into_iter().next())
    }
}
