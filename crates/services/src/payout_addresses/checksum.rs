//! The checksums that addresses carry: a mistyped one is refused before money goes there.

use domain::Network;
use sha3::{Digest, Keccak256};

/// Why a text is no address on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Too long, too short, or other characters.
    #[error("this is no address on this network")]
    Shape,
    /// A character is wrong, or small and capital letters are mixed up.
    #[error("this address has a typing mistake: its checksum does not match")]
    Checksum,
    /// Nobody has the key of this address.
    #[error("nobody can spend from this address")]
    Nobody,
}

impl AddressError {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shape => "NOT_AN_ADDRESS",
            Self::Checksum => "WRONG_CHECKSUM",
            Self::Nobody => "NOBODYS_ADDRESS",
        }
    }
}

/// Tron's main network, before the account's twenty bytes.
const TRON_PREFIX: u8 = 0x41;

/// The address as wallets write it, checksum included. An EVM address in one case carries no
/// checksum and is taken; in mixed case it has to match EIP-55.
///
/// # Errors
/// [`AddressError`].
pub fn checked_address(network: Network, typed: &str) -> Result<String, AddressError> {
    let typed = typed.trim();
    if !network.has_shape_of_address(typed) {
        return Err(AddressError::Shape);
    }
    match network {
        Network::Bsc | Network::Ethereum | Network::Polygon => checked_evm(typed),
        Network::Tron => checked_tron(typed),
    }
}

fn checked_evm(typed: &str) -> Result<String, AddressError> {
    let digits = typed.strip_prefix("0x").ok_or(AddressError::Shape)?;
    let lower = digits.to_ascii_lowercase();
    let written = eip55(&lower);
    let is_one_case = digits == lower || digits == digits.to_ascii_uppercase();
    if !is_one_case && digits != written {
        return Err(AddressError::Checksum);
    }
    if lower.bytes().all(|byte| byte == b'0') {
        return Err(AddressError::Nobody);
    }
    Ok(format!("0x{written}"))
}

/// EIP-55: a letter is a capital where the hash of the small letters has a digit of 8 or more.
fn eip55(lower: &str) -> String {
    let hash = hex::encode(Keccak256::digest(lower.as_bytes()));
    lower
        .chars()
        .zip(hash.chars())
        .map(|(letter, digit)| match digit.to_digit(16) {
            Some(8..) => letter.to_ascii_uppercase(),
            _ => letter,
        })
        .collect()
}

fn checked_tron(typed: &str) -> Result<String, AddressError> {
    let decoded = bs58::decode(typed).with_check(Some(TRON_PREFIX)).into_vec();
    let account = decoded.map_err(|_| AddressError::Checksum)?;
    match account.as_slice() {
        [_, account @ ..] if account.len() != 20 => Err(AddressError::Shape),
        [_, account @ ..] if account.iter().all(|byte| *byte == 0) => Err(AddressError::Nobody),
        _ => Ok(typed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From EIP-55.
    const CHECKSUMMED: [&str; 4] = [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];

    #[test]
    fn an_address_in_one_case_gets_its_checksum() {
        for address in CHECKSUMMED {
            let digits = address.strip_prefix("0x").unwrap();
            for typed in [
                address.to_owned(),
                address.to_lowercase(),
                format!("0x{}", digits.to_uppercase()),
                format!("  {address}\n"),
            ] {
                assert_eq!(
                    checked_address(Network::Bsc, &typed).as_deref(),
                    Ok(address)
                );
            }
        }
    }

    #[test]
    fn one_wrong_letter_or_case_is_found() {
        let case = CHECKSUMMED[0].replace("aAeb", "AAeb");
        let letter = CHECKSUMMED[0].replace("BeAed", "BeAec");
        for typed in [case, letter] {
            let refused = checked_address(Network::Ethereum, &typed);
            assert_eq!(refused, Err(AddressError::Checksum), "{typed}");
        }
        let tron = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
        assert_eq!(checked_address(Network::Tron, tron).as_deref(), Ok(tron));
        let mistyped = tron.replace("jLj6t", "jLj6u");
        let refused = checked_address(Network::Tron, &mistyped);
        assert_eq!(refused, Err(AddressError::Checksum));
    }

    #[test]
    fn an_address_of_another_network_or_of_nobody_is_refused() {
        let refused = checked_address(Network::Tron, CHECKSUMMED[0]);
        assert_eq!(refused, Err(AddressError::Shape));
        let zero = format!("0x{}", "0".repeat(40));
        let refused = checked_address(Network::Polygon, &zero);
        assert_eq!(refused, Err(AddressError::Nobody));
        for hostile in ["", "0x", "0x\u{202e}", "javascript:alert(1)"] {
            let refused = checked_address(Network::Bsc, hostile);
            assert_eq!(refused, Err(AddressError::Shape), "{hostile}");
        }
    }

    #[test]
    fn the_contracts_we_know_have_right_checksums() {
        for asset in domain::Asset::all() {
            let contract = asset.contract();
            assert_eq!(
                checked_address(asset.network(), contract).as_deref(),
                Ok(contract)
            );
        }
    }
}
