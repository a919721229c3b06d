//! Holding what somebody has open.

use domain::deal::{self, Command, Deal, Rejection};
use domain::id::{DealId, UserId};
use domain::text::Line;
use storage::{Limit, PageRequest, Phase, Side};

use crate::Services;
use crate::deals::{DealError, Order};
use crate::failure::Failure;
use crate::notifications::Message;

impl Services {
    /// Holds every live deal of a person that can be held, in the name of an admin. May be
    /// repeated: what is held stays as it is.
    ///
    /// A deal in which no money is yet has nothing to hold. Where the hold is refused otherwise
    /// (another admin has to place it, it was held too often, money has left, it is the admin's own
    /// deal) every admin is told, so that somebody looks.
    pub(crate) async fn hold_deals_of(
        &self,
        person: UserId,
        admin: UserId,
        reason: &Line<200>,
    ) -> Result<(), Failure> {
        for (deal, title) in self.live_deals_not_held(person).await? {
            let order = Order {
                actor: deal::Actor::Admin(admin),
                ..Order::by_system(deal)
            };
            let hold = Command::Hold {
                reason: reason.as_str().to_owned(),
            };
            match self.carry_out(order, |_: &Deal| Ok(hold.clone())).await {
                Ok(_) | Err(DealError::Rejected(Rejection::NothingToHold)) => {}
                Err(DealError::Failed(failure)) => return Err(failure),
                Err(error) => {
                    tracing::warn!(%deal, %person, %error, "a suspended person's deal is not held");
                    let event = format!("deal:{deal}:not-held:{admin}");
                    let message = Message::DealNotHeld { title };
                    self.tell_admins_of_deal(deal, &event, message).await?;
                }
            }
        }
        Ok(())
    }

    async fn live_deals_not_held(&self, person: UserId) -> Result<Vec<(DealId, String)>, Failure> {
        let mut deals = Vec::new();
        let mut page = PageRequest::first(Limit::MAX);
        loop {
            let read = self.store.deals();
            let read = read.list_of_person(person, Side::Any, Some(Phase::Live), page);
            let read = read.await?;
            let free = read.items.into_iter().filter(|deal| !deal.is_on_hold);
            deals.extend(free.map(|deal| (deal.id, deal.title)));
            match read.next {
                Some(cursor) => page = PageRequest::after(cursor, Limit::MAX),
                None => return Ok(deals),
            }
        }
    }
}
