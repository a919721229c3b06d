//! Lists of cases: to rule on, to approve, one's own.

use domain::Timestamp;
use domain::User;
use domain::id::UserId;
use domain::policy::Action;
use storage::{DealSummary, Desk, DisputeSummary, Limit, Page, PageRequest, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Which cases are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseDesk {
    /// Open, and the caller's to rule on.
    ToRule,
    /// With a proposed ruling that the caller is to approve.
    ToApprove,
    /// Drawn for the caller before, open or closed.
    Judged,
    /// The caller's own, as a party, while they are open.
    Own,
    /// The caller's own, as a party, open and closed.
    OwnEver,
    /// Open, whoever judges it: for those who may give a case to another resolver.
    Open,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskCase {
    /// The deal.
    pub deal: DealSummary,
    /// Its dispute.
    pub dispute: DisputeSummary,
    /// What the buyer is called.
    pub buyer: String,
    /// What the seller is called.
    pub seller: String,
    /// What the resolver is called, once drawn.
    pub resolver: Option<String>,
    /// Until when whoever is asked has to act; none while the clock stands.
    pub act_by: Option<Timestamp>,
}

impl Services {
    /// Cases of a desk. Those to rule on and to approve come all at once, least time left first;
    /// the others newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_cases(
        &self,
        actor: &Actor,
        desk: CaseDesk,
        page: PageRequest,
    ) -> Result<Page<DeskCase>, Failure> {
        let deals = self.store.deals();
        let all = PageRequest::first(Limit::MAX);
        let found = match desk {
            CaseDesk::ToRule => {
                let person = actor.person_who_may(Action::RuleDispute)?;
                deals.list_on_desk(Desk::ToRule(person.id), all).await?
            }
            CaseDesk::ToApprove => {
                let person = actor.person_who_may(Action::ApproveRuling)?;
                let desk = Desk::OfApprover(person.id);
                deals.list_on_desk(desk, all).await?
            }
            CaseDesk::Judged => {
                let person = actor.person_who_may(Action::ReadDispute)?;
                let desk = Desk::OfResolver(person.id);
                deals.list_on_desk(desk, page).await?
            }
            CaseDesk::Own => {
                let person = actor.person_who_may(Action::ReadOwnDeals)?;
                deals.list_disputed_of(person.id, page).await?
            }
            CaseDesk::OwnEver => {
                let person = actor.person_who_may(Action::ReadOwnDeals)?;
                deals.list_ever_disputed_of(person.id, page).await?
            }
            CaseDesk::Open => {
                actor.person_who_may(Action::ReassignDispute)?;
                deals.list_on_desk(Desk::Disputed, page).await?
            }
        };
        let mut cases = self.named_cases(desk, found).await?;
        if matches!(desk, CaseDesk::ToRule | CaseDesk::ToApprove) {
            cases
                .items
                .sort_by_key(|case| (case.act_by.is_none(), case.act_by));
        }
        Ok(cases)
    }

    async fn named_cases(
        &self,
        desk: CaseDesk,
        found: Page<DealSummary>,
    ) -> Result<Page<DeskCase>, StoreError> {
        let resolver = |deal: &DealSummary| deal.dispute.as_ref()?.resolver;
        let parties = found.items.iter().flat_map(|deal| {
            let parties = [deal.buyer, deal.seller];
            parties.into_iter().chain(resolver(deal))
        });
        let mut parties: Vec<UserId> = parties.collect();
        parties.sort_unstable();
        parties.dedup();
        let mut people: Vec<User> = Vec::new();
        for some in parties.chunks(Limit::MAX.get()) {
            people.extend(self.store.users().find_many(some).await?);
        }
        let name = |id: UserId| {
            let found = people.iter().find(|user| user.id == id);
            found.map_or_else(String::new, User::display_name)
        };
        let items = found.items.into_iter().filter_map(|deal| {
            let dispute = deal.dispute.clone()?;
            Some(DeskCase {
                buyer: name(deal.buyer),
                seller: name(deal.seller),
                resolver: dispute.resolver.map(name),
                act_by: act_by(desk, &dispute),
                deal,
                dispute,
            })
        });
        Ok(Page {
            items: items.collect(),
            next: found.next,
        })
    }
}

const fn act_by(desk: CaseDesk, dispute: &DisputeSummary) -> Option<Timestamp> {
    match desk {
        CaseDesk::ToApprove => dispute.approve_by,
        CaseDesk::ToRule | CaseDesk::Judged | CaseDesk::Open => dispute.rule_by,
        CaseDesk::Own | CaseDesk::OwnEver => match dispute.answer_by {
            Some(at) => Some(at),
            None => dispute.rule_by,
        },
    }
}
