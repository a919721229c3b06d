//! `amn verify-receipt`: asks nothing of a server, a store or the settings.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use domain::Timestamp;
use domain::deal::Party;
use domain::receipt::{Fault, PublicKey, RECEIPT_BYTES_MAX, Receipt};

use super::say;
use crate::cli::{VerifyReceipt, complain};

/// What a check comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Unchanged,
    Altered,
    NoReceipt,
}

/// Checks the file, says what was found, and ends with the code for it.
pub fn verify(asked: &VerifyReceipt) -> ExitCode {
    let found = match read(&asked.file) {
        Ok(bytes) => {
            let (found, words) = check(&bytes, &asked.key);
            say(&words);
            found
        }
        Err(error) => {
            complain(&error);
            Found::NoReceipt
        }
    };
    ExitCode::from(found.code())
}

impl Found {
    /// The exit code.
    const fn code(self) -> u8 {
        match self {
            Self::Unchanged => 0,
            Self::Altered => 1,
            Self::NoReceipt => 2,
        }
    }
}

/// Reads a little more than any receipt has, so that a larger file is known to be larger.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(RECEIPT_BYTES_MAX).unwrap_or(u64::MAX);
    let source: &mut dyn Read = if file == Path::new("-") {
        &mut io::stdin()
    } else {
        &mut File::open(file)?
    };
    source
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn check(bytes: &[u8], keys: &[PublicKey]) -> (Found, String) {
    let receipt = match Receipt::read(bytes) {
        Ok(receipt) => receipt,
        Err(error) => return (Found::NoReceipt, format!("Not a receipt: {error}.")),
    };
    match receipt.check(keys) {
        Ok(()) => (Found::Unchanged, valid(&receipt, keys)),
        Err(fault) => (Found::Altered, format!("{}.", sentence(&fault))),
    }
}

fn sentence(fault: &Fault) -> String {
    let words = fault.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn valid(receipt: &Receipt, keys: &[PublicKey]) -> String {
    let holder = match receipt.holder {
        Party::Buyer => "buyer",
        Party::Seller => "seller",
    };
    let Receipt {
        site, key, deal, ..
    } = receipt;
    let whose = if keys.is_empty() {
        format!("by its own key {key}: compare it with the one at {site}/verify")
    } else {
        format!("by the key that you named, {key}")
    };
    [
        format!("Valid: {} events unchanged.", receipt.length),
        format!("  deal    {deal} at {site}, for its {holder}"),
        format!(
            "  stood   {} on {}",
            receipt.state.code(),
            date(receipt.as_of)
        ),
        format!("  signed  {whose}"),
    ]
    .join("\n")
}

/// A moment in UTC.
fn date(at: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.unix_ms());
    moment.map_or_else(|_| at.unix_ms().to_string(), |moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../../crates/domain/tests/it/receipt/receipt-1.json");

    fn own_key() -> PublicKey {
        Receipt::read(SAMPLE.as_bytes()).unwrap().key
    }

    #[test]
    fn an_unchanged_receipt_is_valid_and_says_of_what() {
        let (found, words) = check(SAMPLE.as_bytes(), &[]);
        assert_eq!(found, Found::Unchanged);
        assert!(words.starts_with("Valid: 21 events unchanged."), "{words}");
        assert!(words.contains("compare it with the one at https://amn.example/verify"));
        assert!(words.contains("split on 2026-11-20T"), "{words}");
        let (found, words) = check(SAMPLE.as_bytes(), &[own_key()]);
        assert_eq!(found, Found::Unchanged);
        assert!(words.contains("the key that you named"), "{words}");
    }

    #[test]
    fn one_changed_byte_is_found_and_its_event_named() {
        let changed = SAMPLE.replacen("wrong_item", "wrong-item", 1);
        let (found, words) = check(changed.as_bytes(), &[]);
        assert_eq!(
            (found, words.as_str()),
            (Found::Altered, "Event 7 was altered.")
        );
    }

    #[test]
    fn a_receipt_by_somebody_else_is_not_valid() {
        let other = "0".repeat(64).parse().unwrap();
        let (found, words) = check(SAMPLE.as_bytes(), &[other]);
        assert_eq!(found, Found::Altered);
        assert!(words.starts_with("It was signed by another key"), "{words}");
    }

    #[test]
    fn what_is_no_receipt_is_called_so() {
        for file in ["", "{}", "an invoice", &SAMPLE[..900]] {
            let (found, words) = check(file.as_bytes(), &[]);
            assert_eq!(found, Found::NoReceipt, "{words}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_an_error() {
        assert!(read(Path::new("/no/such/receipt.json")).is_err());
    }
}
