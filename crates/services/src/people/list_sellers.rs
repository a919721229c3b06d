//! Everybody who sells.

use domain::policy::Action;
use storage::{Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::SellerCard;

impl Services {
    /// Those who may sell and let others read about them, newest account first; on request those of
    /// this name, or whose name begins so.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_sellers(
        &self,
        actor: &Actor,
        name: &str,
        page: PageRequest,
    ) -> Result<Page<SellerCard>, Failure> {
        actor.may(Action::ReadPublic)?;
        let found = self.store.users().list_sellers(name, page).await?;
        let ids = found.items.iter().map(|user| user.id);
        let mut cards = self.seller_cards(ids.collect::<Vec<_>>()).await?;
        let items = found.items.iter();
        Ok(Page {
            items: items.filter_map(|user| cards.remove(&user.id)).collect(),
            next: found.next,
        })
    }
}
