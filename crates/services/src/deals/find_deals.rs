//! Deals by whatever somebody knows of them.

use domain::Email;
use domain::id::{DealId, UserId};
use domain::policy::Action;
use storage::{DealClue, Listed, Page, PageRequest, Side};

use super::DealList;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::ports::gateway::ExternalId;

/// A short code has so many letters.
const CODE_LENGTH: usize = 4;

impl Services {
    /// The deals that a question leads to, newest first: the id or the short code of a deal, words
    /// of its title, a party's mailbox or id, an address that was paid to or is paid out to, a
    /// transaction, the name that the gateway knows a payment or a payout by.
    ///
    /// # Errors
    /// [`Failure`]; whoever may not see the money of others is refused.
    pub async fn find_deals(
        &self,
        actor: &Actor,
        question: &str,
        page: PageRequest,
    ) -> Result<DealList, Failure> {
        actor.may(Action::ReadMoney)?;
        let question = question.trim();
        if let Some(deals) = self.named_deals(question).await? {
            return self.summaries(&deals).await;
        }
        if let Some(person) = self.named_person(question).await? {
            let deals = self.store.deals();
            return Ok(deals.list_of_person(person, Side::Any, None, page).await?);
        }
        self.clued_deals(question, page).await
    }

    /// Deals that the question names outright.
    async fn named_deals(&self, question: &str) -> Result<Option<Vec<DealId>>, Failure> {
        if let Ok(id) = question.parse::<DealId>()
            && self.store.deals().find(id).await?.is_some()
        {
            return Ok(Some(vec![id]));
        }
        if let Ok(external) = ExternalId::new(question) {
            if let Some((deal, ..)) = external.leg() {
                return Ok(Some(vec![deal]));
            }
            if let Some((joint, _)) = external.joint() {
                let joint = self.store.joint_payouts().find(joint).await?;
                let parts = joint.map(|joint| joint.parts).unwrap_or_default();
                return Ok(Some(parts.iter().map(|part| part.deal).collect()));
            }
            if let Some(intent) = external.intent()
                && let Some(intent) = self.store.intents().find(intent).await?
            {
                return Ok(Some(vec![intent.deal]));
            }
        }
        let intent = self.store.intents().find_by_address(question).await?;
        Ok(intent.map(|intent| vec![intent.deal]))
    }

    async fn named_person(&self, question: &str) -> Result<Option<UserId>, Failure> {
        let users = self.store.users();
        let found = if let Ok(email) = Email::new(question) {
            users.find_by_email(&email).await?
        } else if let Ok(id) = question.parse::<UserId>() {
            users.find(id).await?
        } else {
            None
        };
        Ok(found.map(|user| user.id))
    }

    /// The first kind of clue that leads anywhere.
    async fn clued_deals(&self, question: &str, page: PageRequest) -> Result<DealList, Failure> {
        let text = question.to_owned();
        let clues = if question.chars().count() == CODE_LENGTH {
            vec![DealClue::Code(text.clone()), DealClue::Title(text)]
        } else {
            vec![
                DealClue::Transaction(text.clone()),
                DealClue::Destination(text.clone()),
                DealClue::Title(text),
            ]
        };
        for clue in clues {
            let found = self.store.deals().list_by_clue(&clue, page).await?;
            if !found.items.is_empty() {
                return Ok(found);
            }
        }
        Ok(Page {
            items: Vec::new(),
            next: None,
        })
    }

    async fn summaries(&self, ids: &[DealId]) -> Result<DealList, Failure> {
        let mut items = Vec::new();
        for id in ids {
            let deal = self.store.deals().find(*id).await?;
            items.extend(deal.as_ref().map(Listed::summary));
        }
        items.dedup_by_key(|deal| deal.id);
        Ok(Page { items, next: None })
    }
}
