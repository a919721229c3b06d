//! What both agreed to.

use domain::Span;
use domain::deal::Terms;
use serde::Serialize;
use utoipa::ToSchema;

use crate::money::Money;

/// The terms of a deal, fixed when the offer was accepted.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DealTerms {
    #[schema(example = "Canon AE-1")]
    title: String,
    #[schema(example = "Serviced last year.")]
    description: String,
    /// `physical_product`, `digital_product`, `service` or `consultation`.
    #[schema(example = "physical_product")]
    product_type: &'static str,
    #[schema(example = 1)]
    quantity: u32,
    price: Money,
    /// Hundredths of a per cent of what the seller gets.
    #[schema(example = 100)]
    fee_basis_points: u16,
    /// Taken from each payout.
    network_fee: Money,
    /// From funding until it must have been shipped.
    #[schema(example = 168)]
    ship_by_hours: i64,
    /// From funding until it must have been delivered.
    #[schema(example = 240)]
    delivery_hours: i64,
    /// The shortest time between shipping and a delivery without a code.
    #[schema(example = 48)]
    min_transit_hours: i64,
    /// How long the buyer may look at the goods.
    #[schema(example = 72)]
    inspection_hours: i64,
    /// What proves a delivery without a code.
    #[schema(example = json!(["photo_of_parcel", "carrier_receipt"]))]
    evidence_contract: Vec<&'static str>,
    /// The buyer's part when nobody rules a dispute, in hundredths of a per cent; none leaves it to
    /// the evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 5000)]
    buyer_basis_points_on_silence: Option<u16>,
    /// Where the seller is paid.
    #[schema(example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    seller_address: String,
    /// The fingerprint that the buyer accepted.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    hash: String,
}

impl DealTerms {
    pub fn of(terms: &Terms) -> Self {
        let evidence = terms.evidence_contract.iter();
        Self {
            title: terms.goods.title.clone(),
            description: terms.goods.description.clone(),
            product_type: terms.goods.kind.code(),
            quantity: terms.goods.quantity,
            price: Money::on_network(terms.price, terms.asset),
            fee_basis_points: terms.fee_rate.get(),
            network_fee: Money::on_network(terms.network_fee, terms.asset),
            ship_by_hours: hours(terms.periods.ship_by),
            delivery_hours: hours(terms.periods.delivery),
            min_transit_hours: hours(terms.periods.min_transit),
            inspection_hours: hours(terms.periods.inspection),
            evidence_contract: evidence.map(|item| item.code()).collect(),
            buyer_basis_points_on_silence: terms.buyer_on_silence.map(domain::Bps::get),
            seller_address: terms.seller_address.as_str().to_owned(),
            hash: terms.hash().to_string(),
        }
    }
}

/// Whole hours: periods are never finer.
pub const fn hours(span: Span) -> i64 {
    span.ms().div_euclid(3_600_000)
}
