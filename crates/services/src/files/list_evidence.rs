//! The evidence of a deal with what is known of its files.

use domain::deal::Evidence;
use domain::id::DealId;
use domain::policy::Action;
use storage::Limit;

use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, Relation, hide_from_strangers, staff_relation};
use crate::failure::Failure;

/// A piece of evidence and its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledEvidence {
    /// What the deal says of it.
    pub evidence: Evidence,
    /// The file's name, made safe.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether a picture was drawn of it.
    pub has_preview: bool,
}

impl Services {
    /// The evidence of a deal, oldest first: which files there are, not their bytes. Admins see
    /// none: who looks after payouts has no need to look through people's papers.
    ///
    /// # Errors
    /// [`DealError`]; a deal of others is not found.
    pub async fn list_evidence(
        &self,
        actor: &Actor,
        deal: DealId,
    ) -> Result<Vec<FiledEvidence>, DealError> {
        let person = actor.person_who_may(Action::ReadOwnDeals);
        let person = person.map_err(Failure::from)?;
        let deal = self.store.deals().find(deal).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        hide_from_strangers(&deal, person)?;
        let is_party = deal.party(person.id).is_some();
        if !is_party && staff_relation(&deal, person) == Some(Relation::Admin) {
            return Ok(Vec::new());
        }
        let mut filed = Vec::new();
        for some in deal.evidence.chunks(Limit::MAX.get()) {
            let ids: Vec<_> = some.iter().map(|evidence| evidence.file).collect();
            let records = self.store.files().find_many(&ids).await?;
            filed.extend(some.iter().map(|evidence| {
                let record = records.iter().find(|record| record.id == evidence.file);
                FiledEvidence {
                    evidence: evidence.clone(),
                    name: record.map_or_else(String::new, |record| record.name.clone()),
                    size: record.map_or(0, |record| record.size),
                    has_preview: record.is_some_and(|record| record.preview.is_some()),
                }
            }));
        }
        Ok(filed)
    }
}
