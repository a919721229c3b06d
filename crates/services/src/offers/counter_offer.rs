//! The buyer says what would be better.

use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use domain::price::Price;
use domain::request::{Counter, DeliveryTime, Request};
use domain::text::Block;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

/// What a buyer would rather have.
#[derive(Debug, Clone)]
pub struct CounterOffer {
    /// On which request.
    pub request: RequestId,
    /// Which offer.
    pub offer: OfferId,
    /// The version that the buyer saw.
    pub version: u32,
    /// The price that the buyer would pay.
    pub price: Price,
    /// How soon the buyer would have it.
    pub delivery: Option<DeliveryTime>,
    /// Why.
    pub note: Option<Block<500>>,
}

impl Services {
    /// Answers an offer with a wish. It binds nobody: the seller may revise the offer, or not.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn counter_offer(
        &self,
        actor: &Actor,
        command: CounterOffer,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::AcceptOffer)
            .map_err(Failure::from)?;
        self.require_own(command.request, person.id).await?;
        let countered = self
            .change_request_once(command.request, person.id, once, |request, now| {
                let counter = Counter {
                    version: command.version,
                    price: command.price,
                    delivery: command.delivery,
                    note: command.note.clone(),
                    at: now,
                };
                request.counter_offer(person.id, command.offer, counter, now)
            })
            .await?;
        Ok(countered.request)
    }
}
