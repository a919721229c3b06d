//! The keys of receipts. What is not set follows from `SECRET_KEY`.

use domain::receipt::PublicKey;
use services::CodeKey;
use services::config::ReceiptConfig;

use super::{Reader, parse_key};

/// What was set.
///
/// Receipts are kept for years: to change the key, put the public one of before, which `/verify`
/// shows, into `RECEIPT_KEYS_FORMER`, and leave it there.
#[derive(Debug, Clone, Default)]
pub struct ReceiptKeys {
    /// `RECEIPT_KEY`: signs receipts.
    signing: Option<CodeKey>,
    /// `RECEIPT_KEYS_FORMER`: what signed before.
    former: Vec<PublicKey>,
}

pub(super) fn receipt_keys(read: &mut Reader<'_>) -> ReceiptKeys {
    let expected = "64 hexadecimal digits; `amn config secrets` prints some";
    let signing = read.word("RECEIPT_KEY", expected, None, |text| {
        parse_key(text).map(Some)
    });
    let expected = "public keys of 64 hexadecimal digits with commas between them";
    let former = read.word("RECEIPT_KEYS_FORMER", expected, Vec::new(), |list| {
        list.split(',').map(|key| key.trim().parse().ok()).collect()
    });
    ReceiptKeys { signing, former }
}

impl ReceiptKeys {
    /// Puts what was set into the settings of the use cases.
    pub fn apply(&self, settings: &mut ReceiptConfig) {
        if let Some(key) = &self.signing {
            settings.sign_with(key);
        }
        settings.former_keys.extend(&self.former);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> CodeKey {
        CodeKey::new([byte; 32])
    }

    #[test]
    fn receipts_by_every_key_of_before_stay_ours() {
        let derived = ReceiptConfig::new(&key(9));
        let mut settings = derived.clone();
        ReceiptKeys::default().apply(&mut settings);
        assert_eq!(settings.public_keys(), derived.public_keys());

        let older = ReceiptConfig::new(&key(1)).public_keys();
        let set = ReceiptKeys {
            signing: Some(key(2)),
            former: older.clone(),
        };
        set.apply(&mut settings);
        let known = settings.public_keys();
        assert_eq!(known.len(), 3);
        assert!(derived.public_keys().iter().all(|key| known.contains(key)));
        assert!(known.contains(&older[0]));
        assert_ne!(known[0], derived.public_keys()[0], "the new key signs");
    }
}
