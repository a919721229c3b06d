//! The one way to write an address, with its checksum verified.

use domain::Network;
use services::ports::gateway::AddressFault;
use sha3::{Digest as _, Keccak256};

/// The first byte of a Tron address.
const TRON: u8 = 0x41;

/// `address` as the chain writes it. An EVM address in one case carries no checksum and gets it.
pub(crate) fn normal(network: Network, address: &str) -> Result<String, AddressFault> {
    if !network.has_shape_of_address(address) {
        return Err(AddressFault::Shape);
    }
    match network {
        Network::Bsc | Network::Ethereum | Network::Polygon => normal_evm(address),
        Network::Tron => normal_tron(address),
    }
}

fn normal_evm(address: &str) -> Result<String, AddressFault> {
    let hex = address.strip_prefix("0x").ok_or(AddressFault::Shape)?;
    let checksummed = checksummed(&hex.to_ascii_lowercase());
    let has_lower = hex.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_upper = hex.bytes().any(|byte| byte.is_ascii_uppercase());
    if has_lower && has_upper && checksummed != address {
        return Err(AddressFault::Checksum);
    }
    Ok(checksummed)
}

/// EIP-55: a letter is upper case where the hash of the lower-case text has a digit above 7.
fn checksummed(lower: &str) -> String {
    let hash = hex::encode(Keccak256::digest(lower.as_bytes()));
    let letters = lower.chars().zip(hash.chars()).map(|(letter, digit)| {
        if digit > '7' {
            letter.to_ascii_uppercase()
        } else {
            letter
        }
    });
    "0x".chars().chain(letters).collect()
}

fn normal_tron(address: &str) -> Result<String, AddressFault> {
    let decoded = bs58::decode(address).with_check(Some(TRON)).into_vec();
    match decoded {
        Ok(bytes) if bytes.len() == 21 => Ok(address.to_owned()),
        Ok(_) => Err(AddressFault::Shape),
        Err(_) => Err(AddressFault::Checksum),
    }
}

#[cfg(test)]
mod tests {
    use domain::Asset;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_contract_we_know_is_written_the_normal_way() {
        for asset in Asset::all() {
            let contract = asset.contract();
            assert_eq!(
                normal(asset.network(), contract).as_deref(),
                Ok(contract),
                "{asset}"
            );
        }
    }

    #[test]
    fn an_address_in_one_case_gets_its_checksum() {
        let known = "0x55d398326f99059fF775485246999027B3197955";
        let upper = format!("0x{}", known.trim_start_matches("0x").to_uppercase());
        for typed in [known.to_lowercase(), upper] {
            assert_eq!(normal(Network::Bsc, &typed).as_deref(), Ok(known));
        }
    }

    #[test]
    fn one_wrong_letter_is_found() {
        for (network, wrong) in [
            (Network::Bsc, "0x55d398326f99059FF775485246999027B3197955"),
            (Network::Tron, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"),
        ] {
            assert_eq!(normal(network, wrong), Err(AddressFault::Checksum));
        }
    }

    #[test]
    fn an_address_of_another_network_is_none() {
        let tron = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        assert_eq!(normal(Network::Bsc, tron), Err(AddressFault::Shape));
        let evm = "0x55d398326f99059fF775485246999027B3197955";
        assert_eq!(normal(Network::Tron, evm), Err(AddressFault::Shape));
    }

    proptest! {
        #[test]
        fn the_normal_way_is_its_own_normal_way(bytes: [u8; 20]) {
            let typed = format!("0x{}", hex::encode(bytes));
            let once = normal(Network::Polygon, &typed).unwrap();
            prop_assert_eq!(normal(Network::Polygon, &once), Ok(once.clone()));
        }
    }
}
