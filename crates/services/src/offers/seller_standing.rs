//! What is known of a seller who offers.

use domain::deal::Destination;
use domain::id::UserId;
use domain::request::SellerStanding;
use domain::{Asset, Network, Timestamp, Token, User};

use crate::Services;
use crate::failure::Failure;
use crate::requests::SellerCard;

impl Services {
    /// The seller's confirmed addresses, open offers and experience, and whether the buyer wants
    /// nothing to do with them.
    ///
    /// Open offers are counted over all requests, so two offers made at the same instant may both
    /// pass a new seller's limit; it is a limit on spam, not on money.
    pub(crate) async fn seller_standing(
        &self,
        id: UserId,
        buyer: UserId,
    ) -> Result<SellerStanding, Failure> {
        let user = self.find_user(id).await?;
        let open_offers = self.store.requests().count_open_offers(id).await?;
        Ok(SellerStanding {
            addresses: addresses(&user, self.now()),
            open_offers: u32::try_from(open_offers).unwrap_or(u32::MAX),
            is_new: self.is_new_seller(id).await?,
            is_blocked: self.has_blocked(buyer, id).await?,
        })
    }

    /// Whether only so many open offers are allowed to a seller: too few deals ended with a part for
    /// them.
    pub(crate) async fn is_new_seller(&self, id: UserId) -> Result<bool, Failure> {
        let sold = self.store.deals().count_sold(id).await?;
        Ok(sold < SellerCard::EXPERIENCED)
    }
}

/// The address that new deals pay to, for each network that the person has one on.
fn addresses(user: &User, now: Timestamp) -> Vec<(Network, Destination)> {
    Network::ALL
        .into_iter()
        .filter_map(|network| Some((network, address_on(user, network, now)?)))
        .collect()
}

/// The address that new deals on a network pay to.
pub(crate) fn address_on(user: &User, network: Network, now: Timestamp) -> Option<Destination> {
    // Every network takes one of the tokens at least, and the shape is the network's.
    let asset = Token::ALL
        .into_iter()
        .find_map(|token| Asset::new(network, token))?;
    let known = user.confirmed_address(network, now)?;
    Destination::new(asset, known.address.clone())
}
