//! The chains: the truth of every transfer, whatever the gateway's books say of it.

use domain::Units;
use serde::{Deserialize, Serialize};

use crate::coin::{Chain, Coin};

/// A transfer of one coin to one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transfer {
    pub(crate) txid: String,
    pub(crate) crypto: String,
    pub(crate) to: String,
    pub(crate) amount: Units,
    pub(crate) way: Way,
    pub(crate) stage: Stage,
    pub(crate) at_ms: i64,
}

/// Seen from the gateway's wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    In,
    Out,
}

/// How far a transfer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Sent, in no block.
    Waiting,
    /// In a block, with so many confirmations.
    Mined { confirmations: u32 },
    /// Forgotten before it came into a block.
    Dropped,
    /// Another transaction took its place before it came into a block.
    Replaced { by: String },
    /// Its block was given up.
    Reorganised,
}

impl Transfer {
    pub(crate) fn is_mined(&self) -> bool {
        matches!(self.stage, Stage::Mined { .. })
    }

    pub(crate) fn confirmations(&self) -> u32 {
        match self.stage {
            Stage::Mined { confirmations } => confirmations,
            Stage::Waiting | Stage::Dropped | Stage::Replaced { .. } | Stage::Reorganised => 0,
        }
    }
}

/// Writes 20 bytes as an address of that chain.
pub(crate) fn address(chain: Chain, bytes: [u8; 20]) -> String {
    match chain {
        Chain::Bsc | Chain::Ethereum | Chain::Polygon => checksummed(&hex::encode(bytes)),
        Chain::Tron => base58(0x41, bytes),
        Chain::Bitcoin => base58(0x00, bytes),
        Chain::Litecoin => base58(0x30, bytes),
    }
}

/// Whether the wallet could send to it, and as the chain would write it.
pub(crate) fn normal_address(chain: Chain, text: &str) -> Option<String> {
    if chain.is_evm() {
        let hex = text.strip_prefix("0x")?.to_ascii_lowercase();
        let fits = hex.len() == 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        return fits.then(|| checksummed(&hex));
    }
    let version = match chain {
        Chain::Tron => 0x41,
        Chain::Litecoin => 0x30,
        Chain::Bitcoin | Chain::Bsc | Chain::Ethereum | Chain::Polygon => 0x00,
    };
    let decoded = bs58::decode(text)
        .with_check(Some(version))
        .into_vec()
        .ok()?;
    (decoded.len() == 21).then(|| text.to_owned())
}

/// EIP-55: a letter is upper case where the hash of the lower-case text has a high digit.
fn checksummed(hex: &str) -> String {
    use sha3::Digest as _;
    let hash = hex::encode(sha3::Keccak256::digest(hex.as_bytes()));
    let cased = hex.chars().zip(hash.chars()).map(|(letter, digit)| {
        if digit > '7' {
            letter.to_ascii_uppercase()
        } else {
            letter
        }
    });
    core::iter::once("0x".to_owned())
        .chain(cased.map(String::from))
        .collect()
}

fn base58(version: u8, bytes: [u8; 20]) -> String {
    bs58::encode(bytes)
        .with_check_version(version)
        .into_string()
}

/// Where the gateway files a transfer that its wallet sent: on EVM chains under the wallet's own
/// address, elsewhere under the payee's.
pub(crate) fn filed_under(coin: Coin, wallet: String, payee: String) -> String {
    if coin.chain.is_evm() { wallet } else { payee }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_the_checksum_of_their_chain() {
        let known = "0x55d398326f99059fF775485246999027B3197955";
        assert_eq!(
            normal_address(Chain::Bsc, &known.to_lowercase()).as_deref(),
            Some(known)
        );
        let tether = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        assert_eq!(normal_address(Chain::Tron, tether).as_deref(), Some(tether));
        assert_eq!(normal_address(Chain::Tron, known), None);
        assert_eq!(normal_address(Chain::Bsc, tether), None);
        for chain in [
            Chain::Ethereum,
            Chain::Tron,
            Chain::Bitcoin,
            Chain::Litecoin,
        ] {
            let made = address(chain, [7; 20]);
            assert_eq!(normal_address(chain, &made), Some(made), "{chain:?}");
        }
    }
}
