//! Holding what a suspended person has open.

use domain::UserStatus;
use domain::deal::{Command, Deal, Party, Rejection};
use domain::id::{DealId, UserId};
use storage::{Phase, Side};

use crate::Services;
use crate::deals::{DealError, Order};
use crate::failure::Failure;
use crate::notifications::Message;
use crate::paging::Pages;

/// What the parties read; the audit log has the reason of the suspension.
const REASON: &str = "An account in this deal is under review";

impl Services {
    /// Holds every live deal of a suspended person that can be held. May be repeated: what is held
    /// stays as it is.
    pub(crate) async fn hold_deals_of(&self, person: UserId) -> Result<(), Failure> {
        for (deal, title) in self.live_deals_not_held(person).await? {
            self.hold_deal_of(person, deal, title).await?;
        }
        Ok(())
    }

    /// Holds a deal that has only now something to hold, when one of its parties is suspended. May
    /// be repeated.
    pub(crate) async fn hold_if_party_is_suspended(&self, deal: &Deal) -> Result<(), Failure> {
        for party in [Party::Buyer, Party::Seller] {
            let person = deal.person(party);
            let user = self.store.users().find(person).await?;
            if user.is_some_and(|user| user.status == UserStatus::Suspended) {
                let title = deal.terms.goods.title.clone();
                return self.hold_deal_of(person, deal.id, title).await;
            }
        }
        Ok(())
    }

    /// A deal in which no money is yet has nothing to hold: it is held once it is funded. Where the
    /// hold is refused otherwise (it was held too often, money has left) every admin is told, so
    /// that somebody looks.
    async fn hold_deal_of(
        &self,
        person: UserId,
        deal: DealId,
        title: String,
    ) -> Result<(), Failure> {
        let hold = Command::Hold {
            reason: REASON.to_owned(),
        };
        let order = Order::by_system(deal);
        match self.carry_out(order, |_: &Deal| Ok(hold.clone())).await {
            Ok(_) | Err(DealError::Rejected(Rejection::NothingToHold)) => Ok(()),
            Err(DealError::Failed(failure)) => Err(failure),
            Err(error) => {
                tracing::warn!(%deal, %person, %error, "a suspended person's deal is not held");
                let event = format!("deal:{deal}:not-held:{person}");
                let message = Message::DealNotHeld { title };
                self.tell_admins_of_deal(deal, &event, message).await
            }
        }
    }

    async fn live_deals_not_held(&self, person: UserId) -> Result<Vec<(DealId, String)>, Failure> {
        let (deals, mut free) = (self.store.deals(), Vec::new());
        let live = |page| deals.list_of_person(person, Side::Any, Some(Phase::Live), page);
        let mut pages = Pages::first();
        while let Some(read) = pages.next(live).await? {
            let read = read.into_iter().filter(|deal| !deal.is_on_hold);
            free.extend(read.map(|deal| (deal.id, deal.title)));
        }
        Ok(free)
    }
}
