//! SHKeeper's names of what we take.

use domain::{Asset, Network, Token};

/// The name under which SHKeeper keeps an asset. A bare ticker is the one on Tron.
pub(crate) fn name(asset: Asset) -> &'static str {
    match (asset.network(), asset.token()) {
        (Network::Bsc, Token::Usdt) => "BNB-USDT",
        (Network::Bsc, Token::Usdc) => "BNB-USDC",
        (Network::Ethereum, Token::Usdt) => "ETH-USDT",
        (Network::Ethereum, Token::Usdc) => "ETH-USDC",
        (Network::Polygon, Token::Usdt) => "POLYGON-USDT",
        (Network::Polygon, Token::Usdc) => "POLYGON-USDC",
        (Network::Tron, Token::Usdt) => "USDT",
        (Network::Tron, Token::Usdc) => "USDC",
    }
}

/// The asset of a name, if we take it.
pub(crate) fn asset(crypto: &str) -> Option<Asset> {
    Asset::all().find(|asset| name(*asset) == crypto)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asset_has_a_name_of_its_own() {
        for one in Asset::all() {
            assert_eq!(asset(name(one)), Some(one));
        }
    }

    #[test]
    fn what_we_do_not_take_is_nothing_of_ours() {
        for other in ["BNB", "ETH", "TRX", "USDC", "BTC", "eth-usdt", ""] {
            assert_eq!(asset(other), None, "{other}");
        }
    }
}
