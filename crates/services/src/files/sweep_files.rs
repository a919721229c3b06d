//! Removing files that nothing refers to.

use domain::Span;
use domain::policy::Action;
use storage::{FileRecord, Limit};

use super::add_evidence::STAGED_LIFE;
use super::subject::Subject;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Files are left alone for longer than a staged one can be used, so that none is taken from
/// under somebody's hands.
const MARGIN: Span = Span::hours(4);

impl Services {
    /// Removes files that were brought and became nothing, and notes those that a deal,
    /// a request or a person names although a crash kept that from being noted. Says how many were looked after.
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
            if let Some(subject) = self.what_names(&file).await? {
                let subject = subject.to_string();
                self.store
                    .files()
                    .attach(file.id, file.owner, &subject)
                    .await?;
            } else {
                self.remove(&file).await?;
            }
        }
        Ok(count)
    }

    /// The deal, the request or the person is the truth: a file that it names stays, whatever its record says.
    async fn what_names(&self, file: &FileRecord) -> Result<Option<Subject>, Failure> {
        let Some(subject) = Subject::of(file) else {
            return Ok(None);
        };
        let is_named = match subject {
            Subject::Deal(deal) => {
                let deal = self.store.deals().find(deal).await?;
                deal.is_some_and(|deal| deal.evidence.iter().any(|given| given.file == file.id))
            }
            Subject::Request(request) => {
                let request = self.store.requests().find(request).await?;
                request.is_some_and(|request| request.refers_to_file(file.id))
            }
            Subject::Person(person) => {
                let user = self.store.users().find(person).await?;
                user.is_some_and(|user| user.profile.avatar == Some(file.id))
            }
        };
        Ok(is_named.then_some(subject))
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
