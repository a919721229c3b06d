//! All that a simulator remembers: the chain's truth, SHKeeper's books, and the troubles ahead.

use std::collections::{BTreeMap, VecDeque};

use domain::Units;
use serde::{Deserialize, Serialize};

use crate::chain::Transfer;
use crate::faults::{CallbackFault, Dice, FaultRates, PayoutFault};

/// The state of one simulator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The shape of this record.
    pub(crate) schema: u32,
    /// How many things were made up so far; each takes the next number.
    pub(crate) made: u64,
    pub(crate) dice: Dice,

    pub(crate) transfers: Vec<Transfer>,
    pub(crate) planned: Vec<PlannedPayment>,
    /// What the wallet held at the beginning, by coin.
    pub(crate) opening: BTreeMap<String, Units>,

    pub(crate) invoices: Vec<Invoice>,
    pub(crate) unconfirmed: Vec<UnconfirmedRow>,
    pub(crate) received: Vec<ReceivedRow>,
    pub(crate) sent: Vec<SentRow>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) payouts: Vec<Payout>,

    /// Callbacks that are held up on their way.
    pub(crate) held_up: Vec<SignedMessage>,
    /// The last callbacks and what came of them.
    pub(crate) deliveries: VecDeque<Delivery>,

    pub(crate) rates: FaultRates,
    /// How often each thing went wrong so far.
    #[serde(default)]
    pub(crate) injected: BTreeMap<String, u64>,
    /// Troubles for the next payout requests, one each.
    pub(crate) armed: VecDeque<PayoutFault>,
    pub(crate) payouts_by_hand: bool,
    /// Whether the shop's side answers nothing but 503.
    pub(crate) down: bool,
}

/// A payment that a person will make later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlannedPayment {
    pub(crate) at_ms: i64,
    pub(crate) txid: String,
    pub(crate) crypto: String,
    pub(crate) to: String,
    pub(crate) amount: Units,
    pub(crate) confirmations: u32,
    pub(crate) copies: u8,
}

/// An invoice in SHKeeper's books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub(crate) id: u64,
    pub(crate) external_id: String,
    pub(crate) callback_url: String,
    pub(crate) fiat: String,
    /// In 10⁻¹⁸ of the fiat.
    pub(crate) amount_fiat: Units,
    /// With the fee, as SHKeeper answers it.
    pub(crate) amount_crypto: String,
    pub(crate) rate: u128,
    pub(crate) crypto: String,
    pub(crate) address: String,
    /// Every address it ever had, by coin; they stay alive.
    pub(crate) addresses: Vec<(String, String)>,
    pub(crate) balance_fiat: Units,
    pub(crate) balance_crypto: Units,
    pub(crate) status: InvoiceStatus,
    pub(crate) at_ms: i64,
}

impl Invoice {
    pub(crate) fn owns(&self, address: &str) -> bool {
        self.addresses.iter().any(|(_, own)| own == address)
    }

    /// Where a transfer of that coin is said to have arrived.
    pub(crate) fn address_for(&self, crypto: &str) -> &str {
        self.addresses
            .iter()
            .find(|(own, _)| own == crypto)
            .map_or(&self.address, |(_, address)| address)
    }
}

/// What SHKeeper thinks of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum InvoiceStatus {
    Unpaid,
    Partial,
    Paid,
    Overpaid,
}

impl InvoiceStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unpaid => "UNPAID",
            Self::Partial => "PARTIAL",
            Self::Paid => "PAID",
            Self::Overpaid => "OVERPAID",
        }
    }
}

/// A transfer seen outside a block. SHKeeper never takes it back when it is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnconfirmedRow {
    pub(crate) id: u64,
    pub(crate) invoice: u64,
    pub(crate) txid: String,
    pub(crate) crypto: String,
    pub(crate) address: String,
    pub(crate) amount: Units,
    pub(crate) notice: Notice,
}

/// A transfer seen in a block, at any depth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReceivedRow {
    pub(crate) id: u64,
    pub(crate) invoice: u64,
    pub(crate) txid: String,
    pub(crate) crypto: String,
    pub(crate) amount: Units,
    pub(crate) amount_fiat: Units,
    pub(crate) deep: bool,
    pub(crate) notice: Notice,
    pub(crate) at_ms: i64,
}

/// A transfer that the wallet sent, as the books file it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentRow {
    pub(crate) txid: String,
    pub(crate) crypto: String,
    pub(crate) filed_under: String,
    pub(crate) amount: Units,
}

/// Whether a callback was acknowledged, and how often it was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Notice {
    pub(crate) tries: u32,
    pub(crate) acknowledged: bool,
}

/// A payout in the wallet's queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) crypto: String,
    pub(crate) destination: String,
    pub(crate) amount: Units,
    /// The amount as it was asked for.
    pub(crate) amount_text: String,
    pub(crate) stage: TaskStage,
}

/// How far a queued payout is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum TaskStage {
    Pending,
    Done { txid: String },
    Failed { reason: String },
}

/// A payout in SHKeeper's books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payout {
    pub(crate) id: u64,
    pub(crate) external_id: Option<String>,
    pub(crate) crypto: String,
    pub(crate) destination: String,
    pub(crate) amount: Units,
    pub(crate) callback_url: Option<String>,
    pub(crate) task: String,
    pub(crate) txid: Option<String>,
    pub(crate) status: PayoutStatus,
    pub(crate) notice: Notice,
    pub(crate) at_ms: i64,
}

/// What SHKeeper thinks of a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PayoutStatus {
    InProgress,
    Success,
    Fail,
}

impl PayoutStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Success => "SUCCESS",
            Self::Fail => "FAIL",
        }
    }
}

/// A callback, ready to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedMessage {
    pub(crate) url: String,
    pub(crate) external_id: String,
    pub(crate) kind: MessageKind,
    pub(crate) body: String,
    pub(crate) timestamp: String,
    pub(crate) signature: String,
    pub(crate) fault: Option<CallbackFault>,
}

/// What a callback is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MessageKind {
    Unconfirmed,
    Payment,
    Payout,
}

/// One try to deliver a callback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) at_ms: i64,
    pub(crate) kind: MessageKind,
    pub(crate) external_id: String,
    pub(crate) fault: Option<CallbackFault>,
    /// The status of the answer; none came without it.
    pub(crate) answer: Option<u16>,
}

impl State {
    /// The shape of state that this version writes.
    pub(crate) const SCHEMA: u32 = 1;
    /// How many deliveries are remembered.
    const DELIVERIES_MAX: usize = 200;

    pub(crate) fn new(seed: u64, opening: BTreeMap<String, Units>, payouts_by_hand: bool) -> Self {
        Self {
            schema: Self::SCHEMA,
            made: 0,
            dice: Dice::new(seed),
            transfers: Vec::new(),
            planned: Vec::new(),
            opening,
            invoices: Vec::new(),
            unconfirmed: Vec::new(),
            received: Vec::new(),
            sent: Vec::new(),
            tasks: Vec::new(),
            payouts: Vec::new(),
            held_up: Vec::new(),
            deliveries: VecDeque::new(),
            rates: FaultRates::default(),
            injected: BTreeMap::new(),
            armed: VecDeque::new(),
            payouts_by_hand,
            down: false,
        }
    }

    pub(crate) fn invoice(&self, id: u64) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.id == id)
    }

    pub(crate) fn invoice_at(&self, address: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.owns(address))
    }

    pub(crate) fn payout_of_task(&self, task: &str) -> Option<&Payout> {
        self.payouts.iter().find(|payout| payout.task == task)
    }

    /// Counts what goes wrong now.
    pub(crate) fn inject(&mut self, fault: &str) {
        *self.injected.entry(fault.to_owned()).or_default() += 1;
    }

    pub(crate) fn remember(&mut self, delivery: Delivery) {
        if self.deliveries.len() >= Self::DELIVERIES_MAX {
            self.deliveries.pop_front();
        }
        self.deliveries.push_back(delivery);
    }
}
