//! A deal as one person may see it.

use domain::deal::{Deal, Foreseen, Party, State, outcomes_if_nobody_acts};
use domain::id::DealId;
use domain::policy::Action;
use domain::{Timestamp, User};

use super::DealError;
use crate::Services;
use crate::actor::{Actor, Person};
use crate::failure::Failure;

/// What somebody is to a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One of its parties.
    Party(Party),
    /// Drawn to rule on its dispute.
    Resolver,
    /// Drawn to approve a ruling.
    Approver,
    /// Staff who sees all money.
    Admin,
}

/// A deal, who is asking, and what happens if nobody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealView {
    /// The deal.
    pub deal: Deal,
    /// What the viewer is to it.
    pub relation: Relation,
    /// The buyer's name, as others see it.
    pub buyer_name: String,
    /// The seller's name, as others see it.
    pub seller_name: String,
    /// The name of who was drawn to rule on the last dispute.
    pub resolver_name: Option<String>,
    /// What pending deadlines bring, from the function that the server decides by.
    pub if_nobody_acts: Vec<Foreseen>,
    /// The moment the view is of.
    pub now: Timestamp,
}

impl Services {
    /// A deal for one of its parties, its resolver or approver, or an admin.
    ///
    /// # Errors
    /// [`DealError::NotFound`] for anybody else.
    pub async fn view_deal(&self, actor: &Actor, id: DealId) -> Result<DealView, DealError> {
        let person = actor
            .person_who_may(Action::ReadOwnDeals)
            .map_err(Failure::from)?;
        let deal = self
            .store
            .deals()
            .find(id)
            .await?
            .ok_or(DealError::NotFound)?;
        let relation = relation(&deal, person).ok_or(DealError::NotFound)?;
        let resolver = deal.disputes.last().and_then(|case| case.resolver);
        let mut ids = vec![deal.terms.buyer, deal.terms.seller];
        ids.extend(resolver);
        let people = self.store.users().find_many(&ids).await?;
        let name_of = |id| {
            let found = people.iter().find(|user| user.id == id);
            found.map_or_else(String::new, User::display_name)
        };
        let now = self.clock.now();
        Ok(DealView {
            relation,
            buyer_name: name_of(deal.terms.buyer),
            seller_name: name_of(deal.terms.seller),
            resolver_name: resolver.map(name_of),
            if_nobody_acts: outcomes_if_nobody_acts(&deal, now),
            now,
            deal,
        })
    }
}

/// What a person is to a deal, if anything.
pub(crate) fn relation(deal: &Deal, person: &Person) -> Option<Relation> {
    match deal.party(person.id) {
        Some(party) => Some(Relation::Party(party)),
        None => staff_relation(deal, person),
    }
}

/// Staff see a case that was drawn for them, while it is theirs and afterwards; admins see money.
pub(crate) fn staff_relation(deal: &Deal, person: &Person) -> Option<Relation> {
    let actor = Actor::Person(person.clone());
    if actor.may(Action::ReadDispute).is_ok() {
        let judged = deal
            .disputes
            .iter()
            .any(|case| case.resolver == Some(person.id) || case.first_resolver == Some(person.id));
        let approves = deal.disputes.iter().any(|case| {
            let drawn = case
                .proposed
                .as_ref()
                .and_then(|proposed| proposed.approver);
            let approved = case.ruling.as_ref().and_then(|ruling| ruling.approved_by);
            drawn == Some(person.id) || approved == Some(person.id)
        });
        if judged {
            return Some(Relation::Resolver);
        }
        if approves {
            return Some(Relation::Approver);
        }
    }
    actor
        .may(Action::ReadMoney)
        .is_ok()
        .then_some(Relation::Admin)
}

impl DealView {
    /// Whether this viewer is to act next, and nobody else can: the page's one primary button.
    pub fn is_viewers_turn(&self) -> bool {
        let Relation::Party(party) = self.relation else {
            return false;
        };
        match self.deal.state {
            State::AwaitingPayment | State::Underpaid | State::Inspection => party == Party::Buyer,
            State::Funded | State::InDelivery => party == Party::Seller,
            _ => false,
        }
    }
}
