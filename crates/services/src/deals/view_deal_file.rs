//! Everything that is kept of a deal, on one table, for those who look after money.

use domain::User;
use domain::deal::{Deal, Leg};
use domain::id::{DealId, UserId};
use domain::intent::Intent;
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::failure::Failure;
use crate::ports::gateway::ExternalId;

/// A deal with its intents and the people that its events name.
#[derive(Debug, Clone)]
pub struct DealFile {
    /// The deal.
    pub deal: Deal,
    /// Its payment intents, oldest first.
    pub intents: Vec<Intent>,
    /// Everybody who acted in it, and the parties.
    people: Vec<User>,
}

impl DealFile {
    /// What somebody is called who acted in the deal.
    pub fn name(&self, id: UserId) -> String {
        let found = self.people.iter().find(|user| user.id == id);
        found.map_or_else(String::new, User::display_name)
    }

    /// What the gateway knows each sending of a payout by, the first one first.
    pub fn external_ids(&self, leg: &Leg) -> Vec<ExternalId> {
        (1..=leg.sends)
            .filter_map(|sending| ExternalId::of_leg(self.deal.id, &leg.id, sending).ok())
            .collect()
    }
}

impl Services {
    /// Everything that is kept of a deal.
    ///
    /// # Errors
    /// [`DealError`]; whoever may not see the money of others is refused.
    pub async fn view_deal_file(&self, actor: &Actor, id: DealId) -> Result<DealFile, DealError> {
        actor.may(Action::ReadMoney).map_err(Failure::from)?;
        let deal = self.store.deals().find(id).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        let intents = self.store.intents().list_of_deal(id).await?;
        let mut ids: Vec<UserId> = deal.events.iter().filter_map(|event| event.by).collect();
        ids.extend([deal.terms.buyer, deal.terms.seller]);
        ids.sort_unstable();
        ids.dedup();
        let people = self.store.users().find_many(&ids).await?;
        Ok(DealFile {
            deal,
            intents,
            people,
        })
    }
}
