//! Removing files that nothing refers to.

use domain::Span;
use domain::policy::Action;
use storage::{FileRecord, Limit};

use super::add_evidence::STAGED_LIFE;
use super::evidence_file::{deal_of, subject};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Files are left alone for longer than a staged one can be used, so that none is taken from
/// under somebody's hands.
const MARGIN: Span = Span::hours(4);

impl Services {
    /// Removes files that were brought and became nothing, and notes those that a deal names
    /// although a crash kept that from being noted. Says how many were looked after.
    ///
    /// # Errors
    /// [`Failure`]; call again.
    pub async fn sweep_files(&self, actor: &Actor, limit: Limit) -> Result<usize, Failure> {
        actor.may(Action::SweepFiles)?;
        let older_than = self.now().minus(STAGED_LIFE).minus(MARGIN);
        let found = self
            .store
            .files()
            .list_unattached(older_than, limit)
            .await?;
        let count = found.len();
        for file in found {
            if let Some(owner_deal) = self.deal_that_names(&file).await? {
                self.store
                    .files()
                    .attach(file.id, file.owner, &owner_deal)
                    .await?;
            } else {
                self.remove(&file).await?;
            }
        }
        Ok(count)
    }

    /// The deal is the truth: a file that it names is evidence, whatever its record says.
    async fn deal_that_names(&self, file: &FileRecord) -> Result<Option<String>, Failure> {
        let Some(deal) = file.brought_for.as_deref().and_then(deal_of) else {
            return Ok(None);
        };
        let deal = self.store.deals().find(deal).await?;
        let names = deal.filter(|deal| deal.evidence.iter().any(|given| given.file == file.id));
        Ok(names.map(|deal| subject(deal.id)))
    }

    /// The record goes first, and only while nothing refers to the file. Bytes that a crash right
    /// here leaves behind cost space and nothing else.
    async fn remove(&self, file: &FileRecord) -> Result<(), Failure> {
        for gone in self.store.files().remove_unattached(file.id).await? {
            if let Err(error) = self.blobs.delete(gone).await {
                tracing::warn!(file = %gone, %error, "the bytes of a removed file stay");
            }
        }
        Ok(())
    }
}
