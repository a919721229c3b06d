//! Reading the log.

use domain::User;
use domain::id::UserId;
use domain::policy::Action;
use storage::{AuditEntry, AuditFilter, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// An entry with the name of whoever did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// The entry.
    pub entry: AuditEntry,
    /// What its author is called; none for the system.
    pub actor: Option<String>,
}

impl Services {
    /// Entries of the log, newest first or from the beginning.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_audit(
        &self,
        actor: &Actor,
        filter: &AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditLine>, Failure> {
        actor.may(Action::ReadAudit)?;
        let found = self.store.audit().list(filter, page).await?;
        let mut authors: Vec<UserId> = found
            .items
            .iter()
            .filter_map(|entry| entry.entry.actor)
            .collect();
        authors.sort_unstable();
        authors.dedup();
        let people = self.store.users().find_many(&authors).await?;
        let name = |id: UserId| {
            let found = people.iter().find(|user| user.id == id);
            found.map_or_else(String::new, User::display_name)
        };
        Ok(found.map(|entry| AuditLine {
            actor: entry.entry.actor.map(name),
            entry,
        }))
    }
}
