//! The terms that an offer on a request comes down to.

use super::Request;
use super::details::What;
use super::offer::{FeeSchedule, Proposal};
use super::rejection::Rejection;
use crate::asset::Asset;
use crate::deal::{Destination, Goods, Periods, Terms, TermsError};
use crate::id::{OfferId, UserId};
use crate::text::Line;

impl Request {
    /// The terms that the buyer is shown, and binds both by accepting with their hash.
    ///
    /// # Errors
    /// [`Rejection`]: no such offer, not to be paid like this, or no sound terms.
    pub fn terms_for(
        &self,
        offer: OfferId,
        asset: Asset,
        fees: FeeSchedule,
        seller_address: Destination,
    ) -> Result<Terms, Rejection> {
        let offer = self.offer(offer).ok_or(Rejection::NoSuchOffer)?;
        if !offer.proposal.assets().any(|offered| offered == asset) {
            return Err(Rejection::AssetNotOffered);
        }
        self.terms_of(offer.seller, &offer.proposal, asset, fees, seller_address)
    }

    /// The terms of a proposal that is not an offer yet: what the seller's form previews.
    ///
    /// # Errors
    /// [`Rejection`]: no sound terms.
    pub fn terms_of(
        &self,
        seller: UserId,
        proposal: &Proposal,
        asset: Asset,
        fees: FeeSchedule,
        seller_address: Destination,
    ) -> Result<Terms, Rejection> {
        let network = asset.network();
        let details = self.details().ok_or(Rejection::NotOpen)?;
        let price = proposal
            .price
            .in_asset(asset)
            .ok_or(Rejection::Price(network, TermsError::PriceTooLarge))?;
        let kind = details.what.kind;
        let inspection = details.conditions.inspection();
        let terms = Terms {
            buyer: self.buyer,
            seller,
            goods: Goods {
                title: proposal.title.to_string(),
                description: description(&details.what, proposal),
                kind,
                quantity: details.what.quantity,
            },
            asset,
            price,
            fee_rate: fees.platform,
            network_fee: asset.network_fee(),
            periods: Periods::of(kind, proposal.delivery.span(), inspection),
            evidence_contract: details.conditions.evidence.clone(),
            buyer_on_silence: details.conditions.buyer_on_silence,
            seller_address,
        };
        terms.check().map_err(|error| match error {
            TermsError::PriceTooSmall
            | TermsError::PriceTooLarge
            | TermsError::PriceTooPrecise
            | TermsError::FeesEatPrice => Rejection::Price(network, error),
            TermsError::SameParty
            | TermsError::DeliveryTooShort
            | TermsError::DeliveryTooLong
            | TermsError::ShipByTooLate
            | TermsError::Inspection
            | TermsError::Quantity
            | TermsError::Evidence => Rejection::Terms(error),
        })?;
        Ok(terms)
    }
}

/// What was asked for and what was promised, in the words of the two. No word is added, since the
/// terms are read in every language.
fn description(what: &What, proposal: &Proposal) -> String {
    let properties: Vec<&str> = [&what.brand, &what.size, &what.color]
        .into_iter()
        .flatten()
        .map(Line::as_str)
        .collect();
    let mut paragraphs = vec![what.title.to_string(), what.description.to_string()];
    if !properties.is_empty() {
        paragraphs.push(properties.join(" · "));
    }
    let specifications: Vec<String> = what
        .specifications
        .iter()
        .map(|specification| format!("{}: {}", specification.key, specification.value))
        .collect();
    if !specifications.is_empty() {
        paragraphs.push(specifications.join("\n"));
    }
    if let Some(link) = &what.link {
        paragraphs.push(link.to_string());
    }
    paragraphs.push("—".to_owned());
    paragraphs.push(proposal.description.to_string());
    paragraphs.join("\n\n")
}
