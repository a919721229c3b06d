//! Prices before a network is chosen: dollar tokens to the millionth, and budgets in the currency
//! that a buyer thinks in.

use serde::{Deserialize, Serialize};

use crate::asset::{Asset, Token};
use crate::money::{AmountError, Units};

/// A currency that a budget can be named in. Only the tokens can be paid with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Tether USD.
    Usdt,
    /// USD Coin.
    Usdc,
    /// United States dollar.
    Usd,
    /// Euro.
    Eur,
    /// Iranian rial.
    Irr,
}

impl Currency {
    /// All there are, in the order that people are offered them.
    pub const ALL: [Self; 5] = [Self::Usdt, Self::Usdc, Self::Usd, Self::Eur, Self::Irr];

    /// The code, upper case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usdt => "USDT",
            Self::Usdc => "USDC",
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Irr => "IRR",
        }
    }

    /// The currency of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code() == code)
    }

    /// The token that this is, when it is one.
    pub const fn token(self) -> Option<Token> {
        match self {
            Self::Usdt => Some(Token::Usdt),
            Self::Usdc => Some(Token::Usdc),
            Self::Usd | Self::Eur | Self::Irr => None,
        }
    }
}

/// A price in a token, to the millionth, whatever network it will be paid on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Price {
    amount: Units,
    token: Token,
}

impl Price {
    /// A price in millionths of the token.
    pub const fn new(millionths: Units, token: Token) -> Self {
        Self {
            amount: millionths,
            token,
        }
    }

    /// Reads what somebody typed, in any digit script, with at most six decimal places.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn parse(text: &str, token: Token) -> Result<Self, AmountError> {
        Units::parse(text, Asset::PRICE_PLACES).map(|amount| Self::new(amount, token))
    }

    /// Millionths of the token.
    pub const fn millionths(self) -> Units {
        self.amount
    }

    /// What it is named in.
    pub const fn token(self) -> Token {
        self.token
    }

    /// The same in base units of `asset`; none when the asset is another token, or the sum is
    /// beyond counting.
    pub fn in_asset(self, asset: Asset) -> Option<Units> {
        if asset.token() != self.token {
            return None;
        }
        let places = asset.decimals().checked_sub(Asset::PRICE_PLACES)?;
        let scale = 10_u128.checked_pow(u32::from(places))?;
        self.amount.get().checked_mul(scale).map(Units::new)
    }

    /// Prints for people, without the token: `1,240.50`.
    pub fn to_grouped(self) -> String {
        self.amount.to_grouped(Asset::PRICE_PLACES)
    }

    /// Prints exactly, without the token and without grouping: `1240.5`.
    pub fn to_plain(self) -> String {
        self.amount.to_plain(Asset::PRICE_PLACES)
    }
}

/// What a buyer means to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "BudgetParts", into = "BudgetParts")]
pub struct Budget {
    min: Option<Units>,
    max: Units,
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
struct BudgetParts {
    min: Option<Units>,
    max: Units,
    currency: Currency,
}

/// Why figures are no budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    /// Nothing can be bought for nothing.
    #[error("a budget is more than nothing")]
    Zero,
    /// The least is more than the most.
    #[error("the least of a budget is not more than the most")]
    Reversed,
    /// Beyond 10¹⁵.
    #[error("a budget is at most 1,000,000,000,000,000")]
    TooLarge,
}

impl BudgetError {
    /// The stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zero => "BUDGET_ZERO",
            Self::Reversed => "BUDGET_REVERSED",
            Self::TooLarge => "BUDGET_TOO_LARGE",
        }
    }
}

impl Budget {
    /// The largest, in millionths: rials have many zeros.
    pub const MAX: Units = Units::new(1_000_000_000_000_000_000_000);

    /// A budget in millionths of the currency.
    ///
    /// # Errors
    /// [`BudgetError`].
    pub fn new(min: Option<Units>, max: Units, currency: Currency) -> Result<Self, BudgetError> {
        if max.is_zero() {
            return Err(BudgetError::Zero);
        }
        if max > Self::MAX {
            return Err(BudgetError::TooLarge);
        }
        if min.is_some_and(|min| min > max) {
            return Err(BudgetError::Reversed);
        }
        Ok(Self {
            min: min.filter(|min| !min.is_zero()),
            max,
            currency,
        })
    }

    /// The least, in millionths.
    pub const fn min(self) -> Option<Units> {
        self.min
    }

    /// The most, in millionths.
    pub const fn max(self) -> Units {
        self.max
    }

    /// What it is named in.
    pub const fn currency(self) -> Currency {
        self.currency
    }
}

impl TryFrom<BudgetParts> for Budget {
    type Error = BudgetError;

    fn try_from(parts: BudgetParts) -> Result<Self, BudgetError> {
        Self::new(parts.min, parts.max, parts.currency)
    }
}

impl From<Budget> for BudgetParts {
    fn from(budget: Budget) -> Self {
        Self {
            min: budget.min,
            max: budget.max,
            currency: budget.currency,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Network;

    #[test]
    fn a_price_means_the_same_on_every_network() {
        let price = Price::parse("1,240.50", Token::Usdt).unwrap();
        for asset in Asset::all().filter(|asset| asset.token() == Token::Usdt) {
            let units = price.in_asset(asset).unwrap();
            assert_eq!(units, asset.cents(124_050), "{asset}");
            assert!(asset.is_price(units), "{asset}");
        }
        let usdc = Asset::new(Network::Bsc, Token::Usdc).unwrap();
        assert_eq!(price.in_asset(usdc), None);
        assert_eq!(price.to_plain(), "1240.5");
    }

    #[test]
    fn a_price_beyond_counting_has_no_base_units() {
        let bsc = Asset::new(Network::Bsc, Token::Usdt).unwrap();
        let price = Price::new(Units::new(u128::MAX), Token::Usdt);
        assert_eq!(price.in_asset(bsc), None);
    }

    #[test]
    fn a_budget_runs_from_less_to_more_and_is_not_nothing() {
        let budget = |min, max| Budget::new(min, Units::new(max), Currency::Irr);
        assert_eq!(budget(None, 0), Err(BudgetError::Zero));
        assert_eq!(budget(Some(Units::new(6)), 5), Err(BudgetError::Reversed));
        assert_eq!(budget(None, u128::MAX), Err(BudgetError::TooLarge));
        assert_eq!(budget(Some(Units::ZERO), 5).unwrap().min(), None);
        let stored = r#"{"min":"6","max":"5","currency":"USD"}"#;
        assert!(serde_json::from_str::<Budget>(stored).is_err());
    }
}
