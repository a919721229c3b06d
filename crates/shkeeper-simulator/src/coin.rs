//! The coins of the wallet, under SHKeeper's names, and how amounts of them are written.

use domain::Units;
use serde::{Deserialize, Serialize};

/// Decimal places in which fiat sums are kept here.
pub(crate) const FIAT_PLACES: u8 = 18;
/// Rates are counted in 10⁻⁸ of a dollar.
const RATE_ONE: u128 = 100_000_000;
/// Crypto amounts of invoices are rounded to this many places.
const INVOICE_PLACES: u32 = 8;

/// A chain; coins on one chain share its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Chain {
    Bsc,
    Ethereum,
    Polygon,
    Tron,
    Bitcoin,
    Litecoin,
}

impl Chain {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bsc => "BNB Smart Chain",
            Self::Ethereum => "Ethereum",
            Self::Polygon => "Polygon",
            Self::Tron => "Tron",
            Self::Bitcoin => "Bitcoin",
            Self::Litecoin => "Litecoin",
        }
    }

    pub(crate) fn is_evm(self) -> bool {
        matches!(self, Self::Bsc | Self::Ethereum | Self::Polygon)
    }
}

/// One coin on one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Coin {
    pub(crate) name: &'static str,
    pub(crate) display_name: &'static str,
    pub(crate) chain: Chain,
    pub(crate) decimals: u8,
    /// Dollars for one coin, in 10⁻⁸.
    usd_rate: u128,
}

const fn coin(
    name: &'static str,
    display_name: &'static str,
    chain: Chain,
    decimals: u8,
    usd_rate: u128,
) -> Coin {
    Coin {
        name,
        display_name,
        chain,
        decimals,
        usd_rate,
    }
}

const DOLLAR: u128 = RATE_ONE;

/// All coins, sorted by name as SHKeeper lists them.
pub(crate) const COINS: [Coin; 14] = [
    coin("BNB", "BNB", Chain::Bsc, 18, 59_040_000_000),
    coin("BNB-USDC", "BEP20 USDC", Chain::Bsc, 18, DOLLAR),
    coin("BNB-USDT", "BEP20 USDT", Chain::Bsc, 18, DOLLAR),
    coin("BTC", "Bitcoin", Chain::Bitcoin, 8, 7_061_607_000_000),
    coin("ETH", "Ethereum", Chain::Ethereum, 18, 337_924_000_000),
    coin("ETH-USDC", "ERC20 USDC", Chain::Ethereum, 6, DOLLAR),
    coin("ETH-USDT", "ERC20 USDT", Chain::Ethereum, 6, DOLLAR),
    coin("LTC", "Litecoin", Chain::Litecoin, 8, 8_350_000_000),
    coin("MATIC", "POL (prev. MATIC)", Chain::Polygon, 18, 38_000_000),
    coin(
        "POLYGON-USDC",
        "POLYGON ERC20 USDC",
        Chain::Polygon,
        6,
        DOLLAR,
    ),
    coin(
        "POLYGON-USDT",
        "POLYGON ERC20 USDT",
        Chain::Polygon,
        6,
        DOLLAR,
    ),
    coin("TRX", "Tron TRX", Chain::Tron, 6, 16_000_000),
    coin("USDC", "TRC20 USDC", Chain::Tron, 6, DOLLAR),
    coin("USDT", "TRC20 USDT", Chain::Tron, 6, DOLLAR),
];

/// The coin of that name.
pub(crate) fn find(name: &str) -> Option<Coin> {
    COINS.into_iter().find(|coin| coin.name == name)
}

impl Coin {
    /// What one coin costs in `fiat`, in 10⁻⁸. The euro's rate is made up and stays.
    pub(crate) fn rate(self, fiat: &str) -> Option<u128> {
        match fiat {
            "USD" => Some(self.usd_rate),
            "EUR" => Some(self.usd_rate.saturating_mul(92) / 100),
            _ => None,
        }
    }

    /// What `amount` is worth, in 10⁻¹⁸ of the fiat that `rate` is in.
    pub(crate) fn worth(self, amount: Units, rate: u128) -> Option<Units> {
        let scale = 10_u128.checked_pow(u32::from(FIAT_PLACES.checked_sub(self.decimals)?))?;
        let scaled = amount.get().checked_mul(scale)?.checked_mul(rate)?;
        Some(Units::new(scaled / RATE_ONE))
    }

    /// How many coins make up `fiat`, exactly or rounded down.
    pub(crate) fn bought_by(self, fiat: Units, rate: u128) -> Option<Units> {
        let scale = 10_u128.checked_pow(u32::from(FIAT_PLACES.checked_sub(self.decimals)?))?;
        let coins = fiat.get().checked_mul(RATE_ONE)?.checked_div(rate)?;
        Some(Units::new(coins / scale))
    }

    /// An amount as SHKeeper writes it.
    pub(crate) fn printed(self, amount: Units) -> String {
        printed(amount, self.decimals)
    }

    /// Reads what a person or a shop typed.
    pub(crate) fn read(self, text: &str) -> Option<Units> {
        Units::parse(text, self.decimals).ok()
    }
}

/// What an invoice asks for at that rate: the fee of two per cent on top, rounded to eight places.
pub(crate) fn asked_for(fiat: Units, rate: u128) -> Option<String> {
    let with_fee = fiat.get().checked_mul(102)? / 100;
    let step = 10_u128.checked_pow(u32::from(FIAT_PLACES).checked_sub(INVOICE_PLACES)?)?;
    let coins = with_fee.checked_mul(RATE_ONE)?.checked_div(rate)?;
    let rounded = Units::new(coins.checked_add(step / 2)? / step);
    Some(rounded.to_plain(8))
}

/// SHKeeper writes a decimal through a double with ten places and cuts idle zeros. So the last
/// places of an 18-decimal amount are lost, and a large sum comes out with noise at its end.
pub(crate) fn printed(amount: Units, decimals: u8) -> String {
    let double: f64 = amount
        .to_plain(decimals)
        .parse()
        .expect("invariant: digits with a point are a number");
    let text = format!("{double:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A rate as SHKeeper writes it.
pub(crate) fn printed_rate(rate: u128) -> String {
    printed(Units::new(rate), 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fee_of_two_per_cent_is_in_what_an_invoice_asks_for() {
        let ether = find("ETH").unwrap();
        let fiat = Units::parse("18.25", FIAT_PLACES).unwrap();
        let rate = ether.rate("USD").unwrap();
        // 18.25 × 1.02 / 3379.24
        assert_eq!(asked_for(fiat, rate).unwrap(), "0.00550864");
        assert_eq!(asked_for(fiat, DOLLAR).unwrap(), "18.615");
    }

    #[test]
    fn amounts_lose_what_ten_places_of_a_double_cannot_hold() {
        let exact = Units::parse("1.123456789012345678", 18).unwrap();
        assert_eq!(printed(exact, 18), "1.123456789");
        assert_eq!(printed(Units::parse("100", 18).unwrap(), 18), "100");
        assert_eq!(printed(Units::ZERO, 6), "0");
        let large = Units::parse("841839.110529", 6).unwrap();
        assert_eq!(printed(large, 6), "841839.1105290001", "a double's noise");
    }

    #[test]
    fn worth_and_price_are_each_others_inverse() {
        for coin in COINS {
            let rate = coin.rate("USD").unwrap();
            let one = coin.read("1").unwrap();
            let worth = coin.worth(one, rate).unwrap();
            assert_eq!(coin.bought_by(worth, rate), Some(one), "{}", coin.name);
        }
    }
}
