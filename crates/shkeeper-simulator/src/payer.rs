//! What a payer and the chain do: pay, confirm, drop, replace, give a block up, let time pass.

use domain::Units;

use crate::chain::{Stage, Transfer, Way};
use crate::coin::{self, Coin};
use crate::desk::Desk;
use crate::state::{Invoice, PlannedPayment};

/// A payment to one of the wallet's addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payment {
    pub(crate) to: String,
    /// The invoice's own coin without it.
    pub(crate) crypto: Option<String>,
    /// What is still missing without it.
    pub(crate) amount: Option<String>,
    pub(crate) seen: Seen,
    /// Names a transaction that there is already: one more transfer in it.
    pub(crate) txid: Option<String>,
    /// How many equal transfers the transaction holds.
    pub(crate) copies: u8,
    /// How long the payer waits before they pay.
    pub(crate) after_s: u32,
}

/// How a payment shows at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Seen {
    /// In a block, as deep as it has to be.
    Confirmed,
    /// In a block, not deep enough for a callback.
    Shallow,
    /// In no block yet.
    Unconfirmed,
}

/// What happens to a transaction that there is already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It comes into a block, or its block becomes deep.
    Confirm,
    /// It never comes into a block.
    Drop,
    /// Another transaction takes its place, perhaps with another amount.
    Replace { amount: Option<String> },
    /// Its block is given up.
    Reorganise,
}

/// Why the payer's wish cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayerError {
    /// No invoice has this address.
    #[error("no invoice has this address")]
    NoSuchAddress,
    /// There is no such transaction.
    #[error("there is no such transaction")]
    NoSuchTransaction,
    /// There is no such coin, or it lives on another chain.
    #[error("there is no such coin, or it lives on another chain")]
    WrongCoin,
    /// This is not an amount of that coin.
    #[error("this is not an amount of that coin")]
    BadAmount,
    /// The transaction is past that.
    #[error("the transaction is past that")]
    TooLate,
    /// There is no such payout waiting.
    #[error("there is no such payout waiting")]
    NoSuchPayout,
}

impl Desk<'_> {
    /// Pays, now or later, and names the transaction.
    pub(crate) fn pay(&mut self, payment: Payment) -> Result<String, PayerError> {
        let invoice = self
            .state
            .invoice_at(&payment.to)
            .ok_or(PayerError::NoSuchAddress)?;
        let coin = coin_to_pay(invoice, &payment)?;
        let amount = match &payment.amount {
            Some(text) => coin.read(text).ok_or(PayerError::BadAmount)?,
            None => still_missing(invoice, coin).ok_or(PayerError::BadAmount)?,
        };
        if amount.is_zero() {
            return Err(PayerError::BadAmount);
        }
        let (txid, confirmations) = match payment.txid {
            // A transaction is in a block as a whole.
            Some(txid) => {
                let known = self.state.transfers.iter().find(|known| known.txid == txid);
                let known = known.ok_or(PayerError::NoSuchTransaction)?;
                (txid, known.confirmations())
            }
            None => (self.next_txid(coin), self.shown_at(payment.seen)),
        };
        let planned = PlannedPayment {
            at_ms: self
                .now_ms
                .saturating_add(i64::from(payment.after_s).saturating_mul(1_000)),
            txid: txid.clone(),
            crypto: coin.name.to_owned(),
            to: payment.to,
            amount,
            confirmations,
            copies: payment.copies.clamp(1, 10),
        };
        if payment.after_s == 0 {
            self.broadcast(planned);
        } else {
            self.state.planned.push(planned);
        }
        Ok(txid)
    }

    fn shown_at(&self, seen: Seen) -> u32 {
        match seen {
            Seen::Confirmed => self.config.confirmations.max(1),
            Seen::Shallow => 1,
            Seen::Unconfirmed => 0,
        }
    }

    fn broadcast(&mut self, payment: PlannedPayment) {
        let stage = match payment.confirmations {
            0 => Stage::Waiting,
            confirmations => Stage::Mined { confirmations },
        };
        for _ in 0..payment.copies {
            let transfer = Transfer {
                txid: payment.txid.clone(),
                crypto: payment.crypto.clone(),
                to: payment.to.clone(),
                amount: payment.amount,
                way: Way::In,
                stage: stage.clone(),
                at_ms: self.now_ms,
            };
            self.wallet_saw(&transfer);
            self.state.transfers.push(transfer);
        }
    }

    /// Makes the payments whose time has come.
    pub(crate) fn pay_what_was_planned(&mut self) {
        let now_ms = self.now_ms;
        let (due, later) = core::mem::take(&mut self.state.planned)
            .into_iter()
            .partition(|payment| payment.at_ms <= now_ms);
        self.state.planned = later;
        for payment in due {
            self.broadcast(payment);
        }
    }

    /// Lets something happen to a transaction; answers with the transaction that counts now.
    pub(crate) fn turn(&mut self, txid: &str, turn: Turn) -> Result<String, PayerError> {
        let named = |transfer: &Transfer| transfer.txid == txid;
        let first = self.state.transfers.iter().find(|transfer| named(transfer));
        let first = first.ok_or(PayerError::NoSuchTransaction)?.clone();
        match turn {
            Turn::Confirm => {
                if !matches!(first.stage, Stage::Waiting | Stage::Mined { .. }) {
                    return Err(PayerError::TooLate);
                }
                let confirmations = first.confirmations().max(self.config.confirmations.max(1));
                self.set_stage(txid, &Stage::Mined { confirmations });
                Ok(txid.to_owned())
            }
            Turn::Drop => {
                only_while(first.stage == Stage::Waiting)?;
                self.set_stage(txid, &Stage::Dropped);
                Ok(txid.to_owned())
            }
            Turn::Replace { amount } => {
                only_while(first.stage == Stage::Waiting)?;
                self.replace(&first, amount)
            }
            Turn::Reorganise => {
                only_while(first.is_mined())?;
                self.set_stage(txid, &Stage::Reorganised);
                Ok(txid.to_owned())
            }
        }
    }

    fn replace(&mut self, old: &Transfer, amount: Option<String>) -> Result<String, PayerError> {
        let coin = coin::find(&old.crypto).ok_or(PayerError::WrongCoin)?;
        let amount = match amount {
            Some(text) => coin.read(&text).ok_or(PayerError::BadAmount)?,
            None => old.amount,
        };
        let by = self.next_txid(coin);
        self.set_stage(&old.txid, &Stage::Replaced { by: by.clone() });
        self.broadcast(PlannedPayment {
            at_ms: self.now_ms,
            txid: by.clone(),
            crypto: old.crypto.clone(),
            to: old.to.clone(),
            amount,
            confirmations: 0,
            copies: 1,
        });
        Ok(by)
    }

    fn set_stage(&mut self, txid: &str, stage: &Stage) {
        let mut changed = Vec::new();
        for transfer in &mut self.state.transfers {
            if transfer.txid == txid {
                transfer.stage = stage.clone();
                changed.push(transfer.clone());
            }
        }
        for transfer in changed {
            self.wallet_saw(&transfer);
        }
    }

    /// Lets blocks pass: what is in one becomes deep.
    pub(crate) fn find_blocks(&mut self) {
        let enough = self.config.confirmations.max(2);
        let mut now_deep = Vec::new();
        for transfer in &mut self.state.transfers {
            if let Stage::Mined { confirmations } = &mut transfer.stage
                && *confirmations < enough
            {
                *confirmations = enough;
                now_deep.push(transfer.clone());
            }
        }
        for transfer in now_deep {
            self.wallet_saw(&transfer);
        }
    }
}

fn only_while(fits: bool) -> Result<(), PayerError> {
    if fits {
        Ok(())
    } else {
        Err(PayerError::TooLate)
    }
}

/// A payer can only send what lives on the address's chain.
fn coin_to_pay(invoice: &Invoice, payment: &Payment) -> Result<Coin, PayerError> {
    let owner = invoice
        .addresses
        .iter()
        .find(|(_, address)| *address == payment.to)
        .and_then(|(crypto, _)| coin::find(crypto))
        .ok_or(PayerError::NoSuchAddress)?;
    match &payment.crypto {
        None => Ok(owner),
        Some(name) => coin::find(name)
            .filter(|coin| coin.chain == owner.chain)
            .ok_or(PayerError::WrongCoin),
    }
}

/// What the shop asked for less what arrived of that coin, without SHKeeper's fee on top; all of
/// it again when nothing is missing.
pub(crate) fn still_missing(invoice: &Invoice, coin: Coin) -> Option<Units> {
    let asked = coin.bought_by(invoice.amount_fiat, coin.rate(&invoice.fiat)?)?;
    let arrived = if coin.name == invoice.crypto {
        invoice.balance_crypto
    } else {
        Units::ZERO
    };
    let missing = asked.less(arrived);
    Some(if missing.is_zero() { asked } else { missing })
}
