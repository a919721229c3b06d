//! What can be paid with: a token on a network, with its decimals, contract and limits.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::money::Units;

/// A chain that carries payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// BNB Smart Chain, chain id 56.
    Bsc,
    /// Ethereum, chain id 1.
    Ethereum,
    /// Polygon PoS, chain id 137.
    Polygon,
    /// Tron.
    Tron,
}

impl Network {
    /// All there are, in the order that people are offered them: cheapest first.
    pub const ALL: [Self; 4] = [Self::Bsc, Self::Polygon, Self::Tron, Self::Ethereum];

    /// The word used in addresses, forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bsc => "bsc",
            Self::Ethereum => "ethereum",
            Self::Polygon => "polygon",
            Self::Tron => "tron",
        }
    }

    /// The network of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|network| network.code() == code)
    }

    /// The name that wallets and exchanges show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bsc => "BNB Smart Chain",
            Self::Ethereum => "Ethereum",
            Self::Polygon => "Polygon",
            Self::Tron => "Tron",
        }
    }

    /// The token standard by which exchanges name a withdrawal on this network.
    pub const fn standard(self) -> &'static str {
        match self {
            Self::Bsc => "BEP-20",
            Self::Ethereum => "ERC-20",
            Self::Polygon => "Polygon PoS",
            Self::Tron => "TRC-20",
        }
    }

    /// The EIP-155 chain id, where the network has one.
    pub const fn chain_id(self) -> Option<u64> {
        match self {
            Self::Bsc => Some(56),
            Self::Ethereum => Some(1),
            Self::Polygon => Some(137),
            Self::Tron => None,
        }
    }

    /// Whether `address` has the shape of an address here. For EVM networks a mixed-case address
    /// needs its checksum, which an adapter checks: it takes a hash that is no concern of ours.
    pub fn has_shape_of_address(self, address: &str) -> bool {
        const BASE58: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        match self {
            Self::Bsc | Self::Ethereum | Self::Polygon => {
                address.strip_prefix("0x").is_some_and(|hex| {
                    hex.len() == 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
                })
            }
            Self::Tron => {
                address.len() == 34
                    && address.starts_with('T')
                    && address.chars().all(|letter| BASE58.contains(letter))
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A dollar token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Token {
    /// Tether USD.
    Usdt,
    /// USD Coin.
    Usdc,
}

impl Token {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Usdt, Self::Usdc];

    /// The ticker, upper case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usdt => "USDT",
            Self::Usdc => "USDC",
        }
    }

    /// The token of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|token| token.code() == code)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A token on a network. Only the pairs that can be paid with exist: see [`Asset::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "AssetParts", into = "AssetParts")]
pub struct Asset {
    network: Network,
    token: Token,
}

#[derive(Serialize, Deserialize)]
struct AssetParts {
    network: Network,
    token: Token,
}

impl TryFrom<AssetParts> for Asset {
    type Error = &'static str;

    fn try_from(parts: AssetParts) -> Result<Self, Self::Error> {
        Self::new(parts.network, parts.token).ok_or("this token is not taken on this network")
    }
}

impl From<Asset> for AssetParts {
    fn from(asset: Asset) -> Self {
        Self {
            network: asset.network,
            token: asset.token,
        }
    }
}

impl Asset {
    /// Prices have at most this many places on every network, so that a price means the same
    /// everywhere.
    pub const PRICE_PLACES: u8 = 6;

    /// The pair, if it can be paid with.
    pub const fn new(network: Network, token: Token) -> Option<Self> {
        match (network, token) {
            (Network::Tron, Token::Usdc) => None,
            _ => Some(Self { network, token }),
        }
    }

    /// All pairs that can be paid with.
    pub fn all() -> impl Iterator<Item = Self> {
        Network::ALL.into_iter().flat_map(|network| {
            Token::ALL
                .into_iter()
                .filter_map(move |token| Self::new(network, token))
        })
    }

    /// The network.
    pub const fn network(self) -> Network {
        self.network
    }

    /// The token.
    pub const fn token(self) -> Token {
        self.token
    }

    /// Decimal places of a base unit: on BNB Chain both tokens have 18, elsewhere 6.
    pub const fn decimals(self) -> u8 {
        match self.network {
            Network::Bsc => 18,
            Network::Ethereum | Network::Polygon | Network::Tron => 6,
        }
    }

    /// The token's contract, in its checksummed or base-58 form.
    pub const fn contract(self) -> &'static str {
        match (self.network, self.token) {
            (Network::Bsc, Token::Usdt) => "0x55d398326f99059fF775485246999027B3197955",
            (Network::Bsc, Token::Usdc) => "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d",
            (Network::Ethereum, Token::Usdt) => "0xdAC17F958D2ee523a2206206994597C13D831ec7",
            (Network::Ethereum, Token::Usdc) => "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
            (Network::Polygon, Token::Usdt) => "0xc2132D05D31c914a87C6611C10748AEb04B58e8F",
            (Network::Polygon, Token::Usdc) => "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359",
            (Network::Tron, _) => "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        }
    }

    /// The flat network fee of one payout, in base units; it covers the operator's gas.
    pub fn network_fee(self) -> Units {
        self.cents(match self.network {
            Network::Bsc => 30,
            Network::Polygon => 10,
            Network::Tron => 200,
            Network::Ethereum => 400,
        })
    }

    /// Below this sum, transfers are dust: summed without event until they reach it.
    pub fn min_deposit(self) -> Units {
        self.cents(50)
    }

    /// Below this, a payout costs more than it is worth and stays unclaimed.
    pub fn min_payout(self) -> Units {
        self.cents(match self.network {
            Network::Bsc | Network::Polygon => 100,
            Network::Tron => 400,
            Network::Ethereum => 1_000,
        })
    }

    /// The smallest price of a deal; it keeps unclaimed legs rare.
    pub fn min_deal(self) -> Units {
        self.cents(match self.network {
            Network::Bsc | Network::Polygon => 500,
            Network::Tron => 2_000,
            Network::Ethereum => 5_000,
        })
    }

    /// The largest price of a deal.
    pub fn max_deal(self) -> Units {
        self.cents(100_000_000)
    }

    /// Hundredths of a dollar token, in base units.
    pub fn cents(self, cents: u64) -> Units {
        let scale = match self.network {
            Network::Bsc => 10_000_000_000_000_000,
            Network::Ethereum | Network::Polygon | Network::Tron => 10_000,
        };
        Units::new(u128::from(cents).saturating_mul(scale))
    }

    /// Whether a price has no more places than [`PRICE_PLACES`](Self::PRICE_PLACES).
    pub fn is_price(self, units: Units) -> bool {
        let step: u128 = match self.network {
            Network::Bsc => 1_000_000_000_000,
            Network::Ethereum | Network::Polygon | Network::Tron => 1,
        };
        units.get().is_multiple_of(step)
    }
}

impl fmt::Display for Asset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.token, self.network)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_belong_to_the_chain() {
        let bsc = Asset::new(Network::Bsc, Token::Usdt).unwrap();
        let ethereum = Asset::new(Network::Ethereum, Token::Usdt).unwrap();
        assert_eq!(bsc.cents(100), Units::parse("1", 18).unwrap());
        assert_eq!(ethereum.cents(100), Units::parse("1", 6).unwrap());
    }

    #[test]
    fn a_pair_nobody_takes_cannot_be_read_back() {
        assert_eq!(Asset::new(Network::Tron, Token::Usdc), None);
        let text = r#"{"network":"tron","token":"USDC"}"#;
        assert!(serde_json::from_str::<Asset>(text).is_err());
    }

    #[test]
    fn the_smallest_deal_pays_out_after_fees() {
        for asset in Asset::all() {
            let left = asset
                .min_deal()
                .less(asset.network_fee())
                .less(asset.network_fee());
            assert!(left >= asset.min_payout(), "{asset}");
        }
    }

    #[test]
    fn addresses_are_told_apart_by_shape() {
        assert!(Network::Bsc.has_shape_of_address("0x55d398326f99059fF775485246999027B3197955"));
        assert!(!Network::Bsc.has_shape_of_address("0x55d398326f99059fF775485246999027B319795"));
        assert!(Network::Tron.has_shape_of_address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"));
        assert!(!Network::Tron.has_shape_of_address("0x55d398326f99059fF775485246999027B3197955"));
    }
}
