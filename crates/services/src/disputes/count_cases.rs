//! How many cases lie where, for whoever has something to do with them.

use domain::policy::Action;
use storage::Desk;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::paging::read_all;

/// Counts of cases; none where the caller has no such desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCounts {
    /// The caller's own that are open.
    pub own_open: usize,
    /// The caller's own, open and closed.
    pub own: usize,
    /// Open, and the caller's to rule on.
    pub to_rule: Option<u64>,
    /// With a proposed ruling that the caller is to approve.
    pub to_approve: Option<u64>,
    /// All that are open.
    pub open: Option<u64>,
}

impl Services {
    /// How many cases concern the caller.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn count_cases(&self, actor: &Actor) -> Result<CaseCounts, Failure> {
        let person = actor.person_who_may(Action::ReadOwnDeals)?;
        let deals = self.store.deals();
        let is_open = |deal: storage::DealSummary| deal.dispute.is_some_and(|case| case.is_open);
        let list = |page| deals.list_ever_disputed_of(person.id, page);
        let own = read_all(list, is_open).await?;
        let count = async |action: Action, desk: Desk| match actor.may(action) {
            Ok(()) => deals.count_on_desk(desk).await.map(Some),
            Err(_) => Ok(None),
        };
        Ok(CaseCounts {
            own_open: own.iter().filter(|is_open| **is_open).count(),
            own: own.len(),
            to_rule: count(Action::RuleDispute, Desk::ToRule(person.id)).await?,
            to_approve: count(Action::ApproveRuling, Desk::OfApprover(person.id)).await?,
            open: count(Action::ReassignDispute, Desk::Disputed).await?,
        })
    }
}
