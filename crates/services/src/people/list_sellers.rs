//! Everybody who may sell.

use domain::policy::Action;
use domain::{Role, SellerStatus, UserStatus};
use storage::{Page, PageRequest, UserFilter};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::SellerCard;

impl Services {
    /// Sellers who may sell now, newest account first; on request those of this name.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_sellers(
        &self,
        actor: &Actor,
        question: &str,
        page: PageRequest,
    ) -> Result<Page<SellerCard>, Failure> {
        actor.may(Action::ReadPublic)?;
        let sellers = UserFilter {
            question: question.to_owned(),
            role: Some(Role::Seller),
            status: Some(UserStatus::Active),
            seller: Some(SellerStatus::Approved),
            is_proposed: false,
        };
        let found = self.store.users().search(&sellers, page).await?;
        let ids = found.items.iter().map(|user| user.id);
        let mut cards = self.seller_cards(ids.collect::<Vec<_>>()).await?;
        let items = found.items.iter();
        Ok(Page {
            items: items.filter_map(|user| cards.remove(&user.id)).collect(),
            next: found.next,
        })
    }
}
