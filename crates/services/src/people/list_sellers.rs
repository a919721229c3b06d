//! Everybody who may sell.

use domain::SellerStatus;
use domain::policy::Action;
use storage::{Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::SellerCard;

impl Services {
    /// Sellers who may sell now, longest with an account first. A page may hold fewer than its
    /// limit and still have a next one.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_sellers(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<SellerCard>, Failure> {
        actor.may(Action::ReadPublic)?;
        let users = self.store.users();
        let approved = users
            .list_by_seller_status(SellerStatus::Approved, page)
            .await?;
        let ids = approved.items.iter().map(|user| user.id);
        let mut cards = self.seller_cards(ids.collect::<Vec<_>>()).await?;
        let items = approved.items.iter();
        Ok(Page {
            items: items
                .filter_map(|user| cards.remove(&user.id))
                .filter(|card| card.may_sell)
                .collect(),
            next: approved.next,
        })
    }
}
