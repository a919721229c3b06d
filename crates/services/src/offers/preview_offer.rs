//! What a seller needs to know before offering: who pays what, and by when.

use domain::deal::{Periods, Terms};
use domain::id::RequestId;
use domain::policy::Action;
use domain::request::offer::NEW_SELLER_OFFERS_MAX;
use domain::request::{FeeSchedule, Offer, Proposal, Rejection, Request};
use domain::{Asset, Network, Token, Units};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

/// What a seller's form shows around its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferForm {
    /// The request.
    pub request: Request,
    /// The seller's live offer, when there is one to change.
    pub offer: Option<Offer>,
    /// Whether an offer can be made or changed; if not, why.
    pub may: Result<(), Rejection>,
    /// Every network, and whether the seller has a confirmed address on it.
    pub networks: Vec<(Network, bool)>,
    /// Live offers of the seller on all requests together.
    pub open_offers: u32,
    /// How many there may be, while the seller is new.
    pub open_offers_max: Option<u32>,
    /// The platform's fees.
    pub fees: FeeSchedule,
    /// The shortest time of delivery that can be offered.
    pub soonest_delivery: domain::Span,
}

/// What becomes of a price when it is paid on one network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proceeds {
    /// What it is paid with.
    pub asset: Asset,
    /// The price, in base units.
    pub price: Units,
    /// The platform's fee.
    pub fee: Units,
    /// What one payout costs.
    pub network_fee: Units,
    /// What the seller receives.
    pub receives: Units,
    /// How long after the payment it must have been shipped.
    pub ship_by: domain::Span,
}

impl Proceeds {
    /// What the seller of these terms receives.
    pub fn of(terms: &Terms) -> Self {
        Self {
            asset: terms.asset,
            price: terms.price,
            fee: terms.fee_on(terms.price),
            network_fee: terms.network_fee,
            receives: terms.seller_receives(terms.price),
            ship_by: terms.periods.ship_by,
        }
    }
}

impl Services {
    /// What the form of an offer shows.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn offer_form(
        &self,
        actor: &Actor,
        id: RequestId,
    ) -> Result<OfferForm, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::MakeOffer)
            .map_err(Failure::from)?;
        let request = self.find_visible(id, actor).await?;
        let standing = self.seller_standing(person.id, request.buyer).await?;
        let offer = request.offer_of(person.id).cloned();
        let may = match request.may_offer(person.id, &standing, self.now()) {
            Err(Rejection::OfferExists) => Ok(()),
            other => other,
        };
        let kind = request.details().map(|details| details.what.kind);
        let soonest = kind.map_or(Periods::DELIVERY_MARGIN, |kind| {
            kind.min_transit().plus(Periods::DELIVERY_MARGIN)
        });
        Ok(OfferForm {
            offer,
            may,
            networks: Network::ALL
                .into_iter()
                .map(|network| (network, standing.address_on(network).is_some()))
                .collect(),
            open_offers: standing.open_offers,
            open_offers_max: standing.is_new.then_some(NEW_SELLER_OFFERS_MAX),
            fees: self.config.marketplace.fees,
            soonest_delivery: soonest,
            request,
        })
    }

    /// What the seller would receive on each network that the proposal names, without offering.
    ///
    /// # Errors
    /// [`ChangeRequestError`]: what making the offer would be refused for.
    pub async fn preview_offer(
        &self,
        actor: &Actor,
        id: RequestId,
        proposal: &Proposal,
    ) -> Result<Vec<Proceeds>, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::MakeOffer)
            .map_err(Failure::from)?;
        let request = self.find_visible(id, actor).await?;
        let standing = self.seller_standing(person.id, request.buyer).await?;
        let fees = self.config.marketplace.fees;
        proposal
            .assets()
            .map(|asset| {
                let network = asset.network();
                let address = standing
                    .address_on(network)
                    .ok_or(Rejection::NoPayoutAddress(network))?;
                let terms = request.terms_of(person.id, proposal, asset, fees, address.clone())?;
                Ok(Proceeds::of(&terms))
            })
            .collect()
    }

    /// The smallest and the largest price of a deal in a token on a network, for a form's hint.
    pub fn price_limits(network: Network, token: Token) -> Option<(Asset, Units, Units)> {
        let asset = Asset::new(network, token)?;
        Some((asset, asset.min_deal(), asset.max_deal()))
    }
}
