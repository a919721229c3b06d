//! The shapes of SHKeeper's answers: only what we use, and no number is ever a float.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A decimal that SHKeeper writes as a text, and now and then as a bare number: its very digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digits(pub(crate) String);

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        let bare = match text.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
            None => text,
        };
        Ok(Self(bare.to_owned()))
    }
}

/// What every answer may be: an error, with a status of 200.
#[derive(Debug, Deserialize)]
pub(crate) struct MaybeError {
    pub(crate) status: Option<String>,
    pub(crate) message: Option<String>,
    /// How the wallets behind SHKeeper name their message.
    pub(crate) msg: Option<String>,
}

impl MaybeError {
    pub(crate) fn is_error(&self) -> bool {
        self.status.as_deref() == Some("error")
    }

    pub(crate) fn text(&self) -> &str {
        let text = self.message.as_deref().or(self.msg.as_deref());
        text.unwrap_or("no message")
    }
}

/// `GET /crypto`
#[derive(Debug, Deserialize)]
pub(crate) struct CryptoList {
    pub(crate) crypto_list: Vec<CryptoName>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CryptoName {
    pub(crate) name: String,
}

/// `POST /<crypto>/payment_request`. Its amount includes a fee that is none of ours: not read.
#[derive(Debug, Deserialize)]
pub(crate) struct PaymentRequest {
    pub(crate) id: Digits,
    pub(crate) wallet: String,
}

/// `GET /invoices/<external_id>`. Its status and balance are opinions: not read.
#[derive(Debug, Deserialize)]
pub(crate) struct Invoices {
    pub(crate) invoices: Vec<InvoiceRow>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct InvoiceRow {
    pub(crate) external_id: String,
    pub(crate) txs: Vec<TransactionRow>,
}

/// `GET /transactions/<crypto>/<addr>`
#[derive(Debug, Deserialize)]
pub(crate) struct Transactions {
    pub(crate) transactions: Vec<TransactionRow>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TransactionRow {
    pub(crate) amount: Digits,
    pub(crate) crypto: String,
    pub(crate) addr: String,
    pub(crate) txid: String,
    pub(crate) status: TransactionStatus,
}

/// `CONFIRMED` means: in a block, at any depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum TransactionStatus {
    Confirmed,
    Unconfirmed,
}

/// `GET /<crypto>/balance`
#[derive(Debug, Deserialize)]
pub(crate) struct Balance {
    pub(crate) name: String,
    pub(crate) amount_crypto: Digits,
    pub(crate) server_status: String,
}

/// `GET /<crypto>/fee-deposit-address`
#[derive(Debug, Deserialize)]
pub(crate) struct WalletAddress {
    pub(crate) fee_deposit_address: String,
}

/// `GET /<crypto>/addresses`
#[derive(Debug, Deserialize)]
pub(crate) struct Addresses {
    pub(crate) addresses: Vec<String>,
}

/// `POST /<crypto>/payout`
#[derive(Debug, Deserialize)]
pub(crate) struct PayoutTaken {
    pub(crate) task_id: Option<String>,
}

/// `GET /<crypto>/payout/status`
#[derive(Debug, Deserialize)]
pub(crate) struct PayoutRecord {
    pub(crate) external_id: String,
    pub(crate) crypto: String,
    pub(crate) status: RecordStatus,
    pub(crate) txid: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RecordStatus {
    InProgress,
    Success,
    Fail,
}

/// A payout that the books do not have.
#[derive(Debug, Deserialize)]
pub(crate) struct NotFound {
    pub(crate) error: String,
}

/// `GET /<crypto>/task/<id>`: what `result` is depends on `status`.
#[derive(Debug, Deserialize)]
pub(crate) struct TaskAnswer {
    pub(crate) status: String,
    pub(crate) result: Option<Box<RawValue>>,
}

/// One payout of a finished task.
#[derive(Debug, Deserialize)]
pub(crate) struct TaskItem {
    pub(crate) status: Option<String>,
    #[serde(default)]
    pub(crate) txids: Vec<String>,
    pub(crate) message: Option<String>,
    pub(crate) msg: Option<String>,
}

/// What a callback says that we use: which invoice or payout to look at.
#[derive(Debug, Deserialize)]
pub(crate) struct CallbackBody {
    pub(crate) external_id: String,
    pub(crate) status: Option<String>,
    pub(crate) txid: Option<String>,
    pub(crate) tx_hash: Option<String>,
    pub(crate) payout_id: Option<Box<RawValue>>,
    pub(crate) transactions: Option<Box<RawValue>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_very_digits() {
        for (json, digits) in [
            (r#""0.1""#, "0.1"),
            ("0", "0"),
            ("0.1234567890123456789", "0.1234567890123456789"),
            ("100000000000000000000000001", "100000000000000000000000001"),
        ] {
            let read: Digits = serde_json::from_str(json).unwrap();
            assert_eq!(read, Digits(digits.to_owned()), "{json}");
        }
    }
}
