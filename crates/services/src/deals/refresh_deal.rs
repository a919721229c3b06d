//! "Refresh status": a party asks the gateway now what its callbacks or the next poll would tell.

use domain::id::DealId;
use domain::policy::Action;

use super::DealError;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::payments::ReadAddressError;

impl Services {
    /// Reads every address of a deal, and asks about its payouts. A gateway that is away changes
    /// nothing and is no error: the page shows what is known.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn refresh_deal(&self, actor: &Actor, id: DealId) -> Result<(), DealError> {
        let person = actor
            .person_who_may(Action::ReadOwnDeals)
            .map_err(Failure::from)?;
        let deal = self.store.deals().find(id).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        if deal.party(person.id).is_none() {
            return Err(DealError::NotFound);
        }
        for intent in self.store.intents().list_of_deal(id).await? {
            match self.read_address(intent.id).await {
                Ok(_) => {}
                Err(ReadAddressError::Deal(error)) => return Err(error),
                Err(ReadAddressError::Gateway(error)) => {
                    tracing::info!(%error, "a refresh found the gateway away");
                }
            }
        }
        self.ask_about_legs(id).await
    }
}
