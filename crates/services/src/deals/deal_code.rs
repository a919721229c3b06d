//! The delivery code: shown to the buyer, entered by the seller.

use domain::Timestamp;
use domain::command_log::digest_of_command;
use domain::deal::{self, Command, Deal, DeliveryCode, Event, EventBody, Rejection, TRIES_TO_LOCK};
use domain::id::{CommandKey, DealId};
use domain::policy::Action;

use super::act_on_deal::hide_from_strangers;
use super::carry_out::{Keyed, Order};
use super::{DealError, Receipt};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// A code as the buyer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCode {
    /// Six digits in two groups: `418 206`.
    pub spoken: String,
    /// Until when it is valid.
    pub valid_until: Timestamp,
}

/// What became of an entered code. A wrong one is counted, and that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeAnswer {
    /// Right: the delivery is proved.
    Right(Box<Receipt>),
    /// Wrong.
    Wrong {
        /// Tries left before this code is locked, or dead.
        tries_left: u32,
        /// Locked until then, when this was one try too many.
        locked_until: Option<Timestamp>,
    },
}

impl Services {
    /// The live code of a deal, for its buyer; none before the first was made, after it was used
    /// and after it expired.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn show_code(
        &self,
        actor: &Actor,
        deal: DealId,
    ) -> Result<Option<ShownCode>, DealError> {
        let person = actor
            .person_who_may(Action::MakeDeliveryCode)
            .map_err(Failure::from)?;
        let deal = self
            .store
            .deals()
            .find(deal)
            .await?
            .ok_or(DealError::NotFound)?;
        hide_from_strangers(&deal, person)?;
        if deal.party(person.id) != Some(deal::Party::Buyer) {
            return Err(Rejection::BuyerOnly.into());
        }
        let now = self.clock.now();
        let valid_until = deal.code.expires_at.filter(|until| *until > now);
        Ok(valid_until.map(|valid_until| {
            let spoken = self.code_of(&deal).to_spoken();
            ShownCode {
                spoken,
                valid_until,
            }
        }))
    }

    /// Enters what the buyer said.
    ///
    /// # Errors
    /// [`DealError`]; a wrong code is an answer, not an error.
    pub async fn enter_code(
        &self,
        actor: &Actor,
        deal: DealId,
        typed: DeliveryCode,
        key: Option<CommandKey>,
    ) -> Result<CodeAnswer, DealError> {
        let person = actor
            .person_who_may(Action::EnterDeliveryCode)
            .map_err(Failure::from)?;
        let body = digest_of_command("deal/code", &(deal, typed.to_spoken()));
        let key = key.map(|key| Keyed {
            user: person.id,
            key,
            body,
        });
        let actor = deal::Actor::Person(person.id);
        let order = Order {
            actor,
            key,
            ..Order::by_system(deal)
        };
        let receipt = self
            .carry_out(order, |deal| {
                hide_from_strangers(deal, person)?;
                let expected = self.code_of(deal);
                Ok(Command::EnterCode {
                    typed: typed.clone(),
                    expected,
                })
            })
            .await?;
        Ok(answer(receipt))
    }

    fn code_of(&self, deal: &Deal) -> DeliveryCode {
        let key = self.config.money.delivery_code_key.key_for("delivery code");
        DeliveryCode::derive(&key, deal.id, deal.code.generation)
    }
}

fn answer(receipt: Receipt) -> CodeAnswer {
    let is_refusal = |event: &Event| matches!(event.body, EventBody::CodeRefused { .. });
    // A try that is repeated is answered as it was the first time.
    let first_answer = |event: &&Event| Some(event.seq) == receipt.repeats;
    let mut events = receipt.events.iter();
    let was_refused = events.any(is_refusal)
        || receipt
            .deal
            .events
            .iter()
            .find(first_answer)
            .is_some_and(is_refusal);
    if !was_refused {
        return CodeAnswer::Right(Box::new(receipt));
    }
    let code = receipt.deal.code;
    let tries_left = TRIES_TO_LOCK.saturating_sub(code.tries % TRIES_TO_LOCK) % TRIES_TO_LOCK;
    CodeAnswer::Wrong {
        tries_left,
        locked_until: code.locked_until,
    }
}
