//! What strangers see of somebody.

use domain::UserStatus;
use domain::id::{FileId, UserId};
use domain::policy::Action;
use domain::text::Block;
use domain::user::Website;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{BuyerCard, SellerCard};

/// What strangers see of somebody: the name and how their deals went; the rest where they show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicProfile {
    /// Who they are, as a buyer.
    pub card: BuyerCard,
    /// How they sell, once they may.
    pub seller: Option<SellerCard>,
    /// A few words.
    pub bio: Option<Block<500>>,
    /// A page elsewhere.
    pub website: Option<Website>,
    /// A picture, by its file.
    pub picture: Option<FileId>,
}

/// Why a profile is not shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ViewProfileError {
    /// There is no such person, or they left.
    #[error("there is nobody of this id")]
    NotFound,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// What strangers see of somebody.
    ///
    /// # Errors
    /// [`ViewProfileError`].
    pub async fn view_profile(
        &self,
        actor: &Actor,
        id: UserId,
    ) -> Result<PublicProfile, ViewProfileError> {
        actor.may(Action::ReadPublic).map_err(Failure::from)?;
        let user = self.store.users().find(id).await.map_err(Failure::from)?;
        let user = user
            .filter(|user| user.status != UserStatus::Deleted)
            .ok_or(ViewProfileError::NotFound)?;
        let mut cards = self.buyer_cards([id]).await?;
        let card = cards.remove(&id).ok_or(ViewProfileError::NotFound)?;
        let seller = if user.may_sell() {
            Some(self.seller_card(&user).await?)
        } else {
            None
        };
        let profile = Some(user.profile).filter(|profile| profile.is_public);
        let shown = profile.unwrap_or_default();
        Ok(PublicProfile {
            card,
            seller,
            bio: shown.bio,
            website: shown.website,
            picture: shown.avatar,
        })
    }
}
