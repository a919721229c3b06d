//! Sellers whom a buyer names: with one of them the request is for those named alone.

use domain::id::{RequestId, UserId};
use domain::request::{INVITED_MAX, Rejection, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::write_draft::writer;
use crate::requests::{ChangeRequestError, Guest, SellerCard};

impl Services {
    /// Invites a seller to a request of one's own, written or posted. Repeating it is no harm.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn invite_seller(
        &self,
        actor: &Actor,
        guest: Option<&Guest>,
        request: RequestId,
        seller: UserId,
    ) -> Result<Request, ChangeRequestError> {
        let by = writer(actor, guest)?.owner();
        self.own_request(request, by).await?;
        self.check_sellers(&[seller], by).await?;
        let invited = self
            .change_request(request, |request, now| {
                request.invite(by, seller, now)?;
                Ok(request.last_seq)
            })
            .await?;
        Ok(invited.request)
    }

    /// Takes an invitation back. `open_to_all` says that a posted request without any may be seen
    /// by everybody. Repeating it is no harm.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn uninvite_seller(
        &self,
        actor: &Actor,
        guest: Option<&Guest>,
        request: RequestId,
        seller: UserId,
        open_to_all: bool,
    ) -> Result<Request, ChangeRequestError> {
        let by = writer(actor, guest)?.owner();
        self.own_request(request, by).await?;
        let uninvited = self
            .change_request(request, |request, now| {
                request.uninvite(by, seller, open_to_all, now)?;
                Ok(request.last_seq)
            })
            .await?;
        Ok(uninvited.request)
    }

    /// The sellers who are invited to a request of one's own, in the order of their invitation.
    /// Whoever left is missing.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_invited(&self, request: &Request) -> Result<Vec<SellerCard>, Failure> {
        let invited = request.invited();
        let cards = self.seller_cards(invited.iter().copied()).await?;
        let known = invited.iter().filter_map(|id| cards.get(id).cloned());
        Ok(known.collect())
    }

    async fn own_request(&self, id: RequestId, by: UserId) -> Result<(), ChangeRequestError> {
        // Nobody learns that another's draft exists.
        if self.find_request(id).await?.buyer == by {
            Ok(())
        } else {
            Err(ChangeRequestError::NotFound)
        }
    }

    /// Only people who may sell, and who want to hear of this buyer, are invited.
    pub(super) async fn check_sellers(
        &self,
        sellers: &[UserId],
        buyer: UserId,
    ) -> Result<(), ChangeRequestError> {
        if sellers.len() > INVITED_MAX {
            return Err(Rejection::TooManyInvited.into());
        }
        let found = self.store.users().find_many(sellers).await;
        let found = found.map_err(Failure::from)?;
        let sells = |seller: &UserId| {
            let user = found.iter().find(|user| user.id == *seller);
            user.is_some_and(|user| user.may_sell() && !user.has_blocked(buyer))
        };
        if sellers.iter().all(sells) {
            Ok(())
        } else {
            Err(Rejection::NoSuchSeller.into())
        }
    }
}
