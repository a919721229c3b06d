//! Reading the ledger across deals.

use domain::policy::Action;
use storage::{LedgerEntry, LedgerFilter, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// Ledger entries, newest first or from the beginning.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_ledger(
        &self,
        actor: &Actor,
        filter: LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerEntry>, Failure> {
        actor.may(Action::ReadMoney)?;
        Ok(self.store.ledger_entries().list(filter, page).await?)
    }
}
