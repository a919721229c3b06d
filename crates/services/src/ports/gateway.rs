//! The payment gateway, as a port: addresses to pay to, what arrived there, payouts, balances.
//!
//! A gateway reports; it never judges. Whether a sum is enough, whether a transfer counts, whether
//! a payout may be sent again is decided by the domain. What a gateway does not know it says so:
//! the answers about payouts have no error beside them, since an error is one more way not to know.

use core::fmt;

use async_trait::async_trait;
use domain::deal::DepositKey;
use domain::{Asset, Network, Timestamp, Units};

mod external_id;

pub use external_id::{ExternalId, InvalidExternalId};

/// Asks for an address to pay to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressRequest {
    /// The intent. Asking again for the same intent and asset answers with the same address.
    pub external_id: ExternalId,
    /// What will be paid.
    pub asset: Asset,
    /// What is due, in base units of `asset`. The gateway shows it to nobody and we do not take
    /// its opinion of what is due.
    pub due: Units,
}

/// An address that belongs to one intent for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The gateway's own number of it, for the operator's eyes.
    pub invoice_id: String,
    /// Where to pay to, written exactly as the gateway looks it up.
    pub address: String,
}

/// What is asked about when we read what arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The intent.
    pub external_id: ExternalId,
    /// The intent's asset.
    pub asset: Asset,
    /// The intent's address, as [`Invoice::address`] gave it.
    pub address: String,
}

/// A transfer to one of our addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObservedTransfer {
    /// The gateway's name of what was sent, on which chain.
    pub crypto: String,
    /// The transaction.
    pub txid: String,
    /// Where it arrived.
    pub address: String,
    /// What arrived.
    pub received: Received,
    /// Whether it is in a block. How deep is the chain's to say, not the gateway's.
    pub confirmed: bool,
}

impl ObservedTransfer {
    /// What it is credited by, once.
    pub fn key(&self) -> DepositKey {
        DepositKey::from_gateway(&self.crypto, &self.txid, &self.address)
    }
}

/// What a transfer brought. Only the intent's own asset counts for the deal; anything else that
/// came to the same address is a case for rescue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Received {
    /// Something that can be paid with, in its base units.
    Asset {
        /// What.
        asset: Asset,
        /// How much, in base units of `asset`.
        amount: Units,
    },
    /// Something that we do not take: the amount as the gateway wrote it.
    Other {
        /// A decimal text.
        amount: String,
    },
}

/// A message that claims to come from the gateway, exactly as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct CallbackRequest<'a> {
    /// Names and values of all headers, in any case and order.
    pub headers: &'a [(&'a str, &'a str)],
    /// The raw bytes: what was signed.
    pub body: &'a [u8],
}

/// A message that the gateway did sign. It only says where to look: read again what it names. One
/// that fits nothing we know is kept as a dead letter and acknowledged all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedCallback {
    /// Something arrived in a block for an intent.
    Payment {
        /// The intent.
        external_id: ExternalId,
    },
    /// Something for an intent was seen outside a block.
    Unconfirmed {
        /// The intent.
        external_id: ExternalId,
        /// The transaction.
        txid: String,
    },
    /// A payout went through.
    Payout {
        /// The leg.
        external_id: ExternalId,
        /// The transaction.
        txid: String,
    },
    /// Signed, yet nothing that we can read.
    Unreadable,
}

/// Why a message is not taken for the gateway's. Nothing may change because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallbackRefusal {
    /// What should prove its origin is missing, doubled or malformed.
    #[error("the message carries no usable signature")]
    Unsigned,
    /// It was signed with another key, or changed on the way.
    #[error("the signature does not fit the message")]
    BadSignature,
    /// It was signed too long ago, or in the future.
    #[error("the message was signed {off_s} s away from now")]
    Stale {
        /// The distance from now, in seconds.
        off_s: u64,
    },
}

/// A payout to send, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutOrder {
    /// The leg.
    pub external_id: ExternalId,
    /// What to send.
    pub asset: Asset,
    /// Whom to; see [`PaymentGateway::normal_address`].
    pub destination: String,
    /// What the payee receives, in base units of `asset`.
    pub net: Units,
}

/// What became of [`PaymentGateway::send_payout`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayoutAnswer {
    /// The gateway took it.
    Sent {
        /// By which the gateway can be asked about it.
        task: TaskId,
    },
    /// It is certain that nothing was sent.
    Refused(PayoutRefusal),
    /// It may have been sent or not: ask, never send again.
    Unclear {
        /// For the operator.
        reason: String,
    },
}

/// Who has to act before a refused payout can go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayoutRefusal {
    /// The payee: the address is none.
    #[error("the payout address is refused: {0}")]
    Address(String),
    /// The operator: no funds, wrong credentials, the gateway is down.
    #[error("the gateway cannot pay now: {0}")]
    Operator(String),
}

/// The gateway's name of a payout under way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(String);

impl TaskId {
    /// Takes a gateway's name as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The bare text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Asks what became of a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutQuery {
    /// The leg.
    pub external_id: ExternalId,
    /// What was sent.
    pub asset: Asset,
    /// What [`PayoutAnswer::Sent`] named, if it ever came.
    pub task: Option<TaskId>,
}

/// What the gateway says of a payout. Only [`PayoutState::Paid`] settles anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayoutState {
    /// It went through.
    Paid {
        /// The transaction.
        txid: String,
    },
    /// It is under way.
    Pending {
        /// The transaction, once there is one.
        txid: Option<String>,
    },
    /// The gateway has no record of it. That is not "no": it pays before it writes.
    NotFound,
    /// The gateway says that it failed. That is not "no" either: it may have failed after paying.
    Failed {
        /// For the operator.
        reason: String,
    },
    /// The gateway could not be asked, or its answer could not be read.
    Unclear {
        /// For the operator.
        reason: String,
    },
}

/// A transfer out of the gateway's wallet, from its history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentTransfer {
    /// The transaction.
    pub txid: String,
    /// How much, in base units, as far as the gateway's history is exact.
    pub amount: Units,
    /// Whom to, where the history names it.
    pub destination: Option<String>,
}

/// Why a question to the gateway has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// It is away, slow or broken: worth another try.
    #[error("the payment gateway is unavailable: {0}")]
    Unavailable(String),
    /// It does not take this asset now.
    #[error("the payment gateway does not take {0} now")]
    AssetUnavailable(Asset),
    /// It does not know us: the operator has to mend a key.
    #[error("the payment gateway refuses our credentials: {0}")]
    Credentials(String),
    /// It understood and refused.
    #[error("the payment gateway refused: {0}")]
    Refused(String),
    /// Its answer makes no sense; nothing is concluded from it.
    #[error("the payment gateway's answer cannot be read: {0}")]
    Unreadable(String),
}

/// Why a text is no address on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// It does not look like one.
    #[error("this is not an address on this network")]
    Shape,
    /// It looks like one, but a letter is wrong.
    #[error("the checksum of the address is wrong")]
    Checksum,
}

/// A gateway that takes payments and sends payouts.
#[async_trait]
pub trait PaymentGateway: Send + Sync + fmt::Debug {
    /// The assets that can be paid with now.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn available_assets(&self) -> Result<Vec<Asset>, GatewayError>;

    /// The one way to write an address, its checksum verified where it has one.
    ///
    /// # Errors
    /// [`AddressFault`].
    fn normal_address(&self, network: Network, address: &str) -> Result<String, AddressFault>;

    /// Gets the address of an intent. May be repeated.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn request_address(&self, request: &AddressRequest) -> Result<Invoice, GatewayError>;

    /// Everything that ever arrived for an intent, each transfer once, in any asset, in a fixed
    /// order. A transfer that was seen and then dropped may stay in it unconfirmed for ever.
    ///
    /// # Errors
    /// [`GatewayError`]: then nothing is known, and in particular not that nothing arrived.
    async fn observed_transfers(
        &self,
        watched: &Watched,
    ) -> Result<Vec<ObservedTransfer>, GatewayError>;

    /// Tells whether a message is the gateway's own and fresh.
    ///
    /// # Errors
    /// [`CallbackRefusal`].
    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
        now: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal>;

    /// Sends a payout. The caller has stored, before it calls, that the leg is being sent, and
    /// calls once for each [`PayoutOrder::external_id`].
    async fn send_payout(&self, order: &PayoutOrder) -> PayoutAnswer;

    /// What the gateway says became of a payout.
    async fn payout_state(&self, query: &PayoutQuery) -> PayoutState;

    /// Transfers out of the wallet that may have gone to `destination`: the proof that an unclear
    /// payout left, once the caller has put aside those that belong to other legs. Where the
    /// history does not name destinations, it is the whole history of the asset.
    ///
    /// # Errors
    /// [`GatewayError`]: then nothing is known.
    async fn wallet_history(
        &self,
        asset: Asset,
        destination: &str,
    ) -> Result<Vec<SentTransfer>, GatewayError>;

    /// What the gateway's wallet holds, in base units.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn balance(&self, asset: Asset) -> Result<Units, GatewayError>;
}
