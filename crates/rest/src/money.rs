//! Money as programs read and send it: texts, never numbers.

use domain::price::Price;
use domain::{Asset, Units};
use serde::Serialize;
use utoipa::ToSchema;

use crate::refusals::Fields;

/// A sum. On a network it says its base units, too; a price is on none yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    /// Plain decimal places, with a point and without grouping.
    #[schema(example = "25.5")]
    amount: String,
    /// The ticker.
    #[schema(example = "USDT")]
    currency: &'static str,
    /// The network that it moves on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "bsc")]
    network: Option<&'static str>,
    /// The same in the token's base units on that network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "25500000000000000000")]
    units: Option<String>,
    /// How many decimal places a base unit has there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 18)]
    decimals: Option<u8>,
}

impl Money {
    /// A sum on a network.
    pub fn on_network(units: Units, asset: Asset) -> Self {
        Self {
            amount: units.to_plain(asset.decimals()),
            currency: asset.token().code(),
            network: Some(asset.network().code()),
            units: Some(units.get().to_string()),
            decimals: Some(asset.decimals()),
        }
    }
}

impl From<Price> for Money {
    fn from(price: Price) -> Self {
        Self {
            amount: price.to_plain(),
            currency: price.token().code(),
            network: None,
            units: None,
            decimals: None,
        }
    }
}

impl Fields {
    /// A sum in base units.
    pub fn units(&mut self, field: &'static str, text: &str) -> Option<Units> {
        let wrong = |_| {
            let message = "a whole number of base units, as a text".to_owned();
            ("INVALID_UNITS", message)
        };
        self.take(field, Units::parse(text, 0).map_err(wrong))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Network, Token};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_sum_is_told_in_texts_with_its_base_units() {
        let asset = Asset::new(Network::Bsc, Token::Usdt).unwrap();
        let sum = Money::on_network(Units::parse("25.50", 18).unwrap(), asset);
        let expected = json!({
            "amount": "25.5", "currency": "USDT", "network": "bsc",
            "units": "25500000000000000000", "decimals": 18,
        });
        assert_eq!(serde_json::to_value(sum).unwrap(), expected);
    }

    #[test]
    fn a_price_is_on_no_network() {
        let price = Price::parse("0.000001", Token::Usdc).unwrap();
        let told = serde_json::to_value(Money::from(price)).unwrap();
        assert_eq!(told, json!({ "amount": "0.000001", "currency": "USDC" }));
    }
}
