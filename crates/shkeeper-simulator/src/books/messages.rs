//! Callbacks: what is due to be told, its exact words, its signature, and what goes wrong with it.

use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::incoming;
use crate::coin::{self, FIAT_PLACES, printed};
use crate::desk::Desk;
use crate::faults::CallbackFault;
use crate::state::{
    Invoice, InvoiceStatus, MessageKind, Notice, Payout, PayoutStatus, ReceivedRow, SignedMessage,
    UnconfirmedRow,
};

/// After so many tries a payout's callback is given up; those of payments come for ever.
const PAYOUT_TRIES_MAX: u32 = 7;

/// Names one callback that is due: its kind and the row it tells of.
pub(crate) type Due = (MessageKind, u64);

/// A callback that goes out now.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) message: SignedMessage,
    /// How often it goes out: none when it is lost or held up.
    pub(crate) copies: u8,
}

impl Desk<'_> {
    /// What is due to be told: all that nobody acknowledged, or only what was never tried.
    pub(crate) fn due_messages(&mut self, only_new: bool) -> Vec<Due> {
        let wanted = |notice: &Notice| !notice.acknowledged && (!only_new || notice.tries == 0);
        let unconfirmed = self.state.unconfirmed.iter();
        let received = self.state.received.iter();
        let payouts = self.state.payouts.iter();
        let mut due: Vec<Due> = unconfirmed
            .filter(|row| wanted(&row.notice))
            .map(|row| (MessageKind::Unconfirmed, row.id))
            .chain(
                received
                    .filter(|row| row.deep && wanted(&row.notice))
                    .map(|row| (MessageKind::Payment, row.id)),
            )
            .chain(
                payouts
                    .filter(|payout| is_told(payout) && wanted(&payout.notice))
                    .map(|payout| (MessageKind::Payout, payout.id)),
            )
            .collect();
        let reordered = self.state.rates.reordered;
        if self.state.dice.happens(reordered) {
            if due.len() > 1 {
                self.state.inject("callbacks reordered");
            }
            self.state.dice.shuffle(&mut due);
        }
        due
    }

    /// Writes and signs a callback as things stand now, and lets go wrong what has to.
    pub(crate) fn prepare(&mut self, due: Due) -> Option<Outgoing> {
        let (url, external_id, body) = self.words(due)?;
        let rates = self.state.rates;
        let fault = self.state.dice.callback_fault(rates);
        if let Some(fault) = fault {
            self.state.inject(fault.told());
        }
        let key = if fault == Some(CallbackFault::WrongSignature) {
            "another key".to_owned()
        } else {
            self.config.api_key.clone()
        };
        let timestamp = self.now_ms.div_euclid(1_000).to_string();
        let message = SignedMessage {
            url,
            external_id,
            kind: due.0,
            signature: signature(&key, &timestamp, body.as_bytes()),
            body,
            timestamp,
            fault,
        };
        let copies = match fault {
            None | Some(CallbackFault::WrongSignature) => 1,
            Some(CallbackFault::Doubled) => 2,
            Some(CallbackFault::Lost | CallbackFault::Delayed) => 0,
        };
        if fault == Some(CallbackFault::Delayed) {
            self.state.held_up.push(message.clone());
        }
        let lost = fault == Some(CallbackFault::Lost);
        if let Some(notice) = self.notice(due) {
            notice.tries = notice.tries.saturating_add(1);
            notice.acknowledged |= lost;
        }
        Some(Outgoing { message, copies })
    }

    /// Somebody answered 202.
    pub(crate) fn acknowledge(&mut self, due: Due) {
        if let Some(notice) = self.notice(due) {
            notice.acknowledged = true;
        }
    }

    fn notice(&mut self, (kind, id): Due) -> Option<&mut Notice> {
        match kind {
            MessageKind::Unconfirmed => {
                let rows = &mut self.state.unconfirmed;
                rows.iter_mut()
                    .find(|row| row.id == id)
                    .map(|row| &mut row.notice)
            }
            MessageKind::Payment => {
                let rows = &mut self.state.received;
                rows.iter_mut()
                    .find(|row| row.id == id)
                    .map(|row| &mut row.notice)
            }
            MessageKind::Payout => {
                let payouts = &mut self.state.payouts;
                let own = payouts.iter_mut().find(|payout| payout.id == id);
                own.map(|payout| &mut payout.notice)
            }
        }
    }

    /// Where to, about what, in which words. Keys are sorted and nothing is padded.
    fn words(&self, (kind, id): Due) -> Option<(String, String, String)> {
        match kind {
            MessageKind::Unconfirmed => {
                let row = self.state.unconfirmed.iter().find(|row| row.id == id)?;
                let invoice = self.state.invoice(row.invoice)?;
                let body = unconfirmed(row, invoice)?;
                Some(addressed_to(invoice, &body))
            }
            MessageKind::Payment => {
                let trigger = self.state.received.iter().find(|row| row.id == id)?;
                let invoice = self.state.invoice(trigger.invoice)?;
                let rows = self.state.received.iter();
                let own = rows.filter(|row| row.invoice == invoice.id);
                let body = payment(invoice, own, trigger.id)?;
                Some(addressed_to(invoice, &body))
            }
            MessageKind::Payout => {
                let payout = self.state.payouts.iter().find(|payout| payout.id == id)?;
                let url = payout.callback_url.clone()?;
                let about = payout.external_id.clone().unwrap_or_default();
                Some((url, about, paid_out(payout)?.to_string()))
            }
        }
    }
}

fn is_told(payout: &Payout) -> bool {
    payout.status == PayoutStatus::Success
        && payout.callback_url.is_some()
        && payout.notice.tries < PAYOUT_TRIES_MAX
}

fn addressed_to(invoice: &Invoice, body: &Value) -> (String, String, String) {
    (
        invoice.callback_url.clone(),
        invoice.external_id.clone(),
        body.to_string(),
    )
}

fn unconfirmed(row: &UnconfirmedRow, invoice: &Invoice) -> Option<Value> {
    let coin = coin::find(&row.crypto)?;
    Some(json!({
        "status": "unconfirmed",
        "external_id": invoice.external_id,
        "crypto": row.crypto,
        "addr": row.address,
        "txid": row.txid,
        "amount": coin.printed(row.amount),
    }))
}

fn payment<'a>(
    invoice: &Invoice,
    rows: impl Iterator<Item = &'a ReceivedRow>,
    trigger: u64,
) -> Option<Value> {
    let coin = coin::find(&invoice.crypto)?;
    let transactions: Vec<Value> = rows.filter_map(|row| transaction(row, trigger)).collect();
    let paid = matches!(
        invoice.status,
        InvoiceStatus::Paid | InvoiceStatus::Overpaid
    );
    Some(json!({
        "external_id": invoice.external_id,
        "crypto": invoice.crypto,
        "addr": invoice.address,
        "fiat": invoice.fiat,
        "balance_fiat": printed(invoice.balance_fiat, FIAT_PLACES),
        "balance_crypto": coin.printed(invoice.balance_crypto),
        "paid": paid,
        "status": invoice.status.name(),
        "transactions": transactions,
        "fee_percent": "2",
        "fee_fixed": "0",
        "fee_policy": "PERCENT_FEE",
        "overpaid_fiat": incoming::overpaid(invoice).to_cents(),
    }))
}

fn transaction(row: &ReceivedRow, trigger: u64) -> Option<Value> {
    let coin = coin::find(&row.crypto)?;
    let hundred_and_two = row.amount_fiat.get().checked_mul(100)? / 102;
    let without_fee = domain::Units::new(hundred_and_two);
    Some(json!({
        "txid": row.txid,
        "date": written_date(row.at_ms),
        "amount_crypto": coin.printed(row.amount),
        "amount_fiat": printed(row.amount_fiat, FIAT_PLACES),
        "amount_fiat_without_fee": printed(without_fee, FIAT_PLACES),
        "fee_fiat": printed(row.amount_fiat.less(without_fee), FIAT_PLACES),
        "trigger": row.id == trigger,
        "crypto": row.crypto,
    }))
}

fn paid_out(payout: &Payout) -> Option<Value> {
    let coin = coin::find(&payout.crypto)?;
    let worth = coin.worth(payout.amount, coin.rate("USD")?)?;
    Some(json!({
        "payout_id": payout.id,
        "external_id": payout.external_id,
        "tx_hash": payout.txid,
        "status": "SUCCESS",
        "amount": ten_places(&coin.printed(payout.amount)),
        "crypto": payout.crypto,
        "amount_fiat": worth.to_plain(FIAT_PLACES),
        "currency_fiat": "USD",
        "timestamp": written_date(payout.at_ms).replace(' ', "T"),
    }))
}

/// Amounts that come straight from the database have all ten places.
pub(crate) fn ten_places(printed: &str) -> String {
    let (whole, fraction) = printed.split_once('.').unwrap_or((printed, ""));
    format!("{whole}.{fraction:0<10}")
}

/// A moment as Python prints it: `2026-11-23 22:31:07`.
pub(crate) fn written_date(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// Two places, as SHKeeper rounds what was overpaid.
trait ToCents {
    fn to_cents(self) -> String;
}

impl ToCents for domain::Units {
    fn to_cents(self) -> String {
        const CENT: u128 = 10_000_000_000_000_000;
        let cents = self.get().saturating_add(CENT / 2) / CENT;
        format!("{}.{:02}", cents / 100, cents % 100)
    }
}

/// Lower-case hex of HMAC-SHA256 over the timestamp, a point and the raw body.
pub(crate) fn signature(key: &str, timestamp: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .expect("invariant: HMAC takes a key of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}
