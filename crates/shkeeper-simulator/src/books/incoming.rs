//! What the books make of transfers: rows, totals and a status that is SHKeeper's opinion alone.

use domain::Units;

use crate::chain::{self, Stage, Transfer, Way};
use crate::coin::{self, Coin};
use crate::desk::Desk;
use crate::state::{Invoice, InvoiceStatus, Notice, ReceivedRow, SentRow, UnconfirmedRow};

/// Below this part of the sum an invoice is partly paid.
const PAID_FROM_PER_CENT: u128 = 95;
/// From this part of the sum on it is overpaid.
const OVERPAID_FROM_PER_CENT: u128 = 105;

impl Desk<'_> {
    /// The wallet tells the books of a transfer. A second transfer of the same transaction to the
    /// same invoice is lost, and nothing is ever taken back.
    pub(crate) fn wallet_saw(&mut self, transfer: &Transfer) {
        let Some(coin) = coin::find(&transfer.crypto) else {
            return;
        };
        match (transfer.way, &transfer.stage) {
            (Way::Out, Stage::Mined { .. }) => self.file_sent(coin, transfer),
            (Way::In, Stage::Waiting) => self.file_unconfirmed(transfer),
            (Way::In, Stage::Mined { .. }) => self.file_received(coin, transfer),
            // A transfer that is gone is not reported at all.
            (Way::Out, Stage::Waiting)
            | (_, Stage::Dropped | Stage::Replaced { .. } | Stage::Reorganised) => {}
        }
    }

    fn file_sent(&mut self, coin: Coin, transfer: &Transfer) {
        if self.state.sent.iter().any(|row| row.txid == transfer.txid) {
            return;
        }
        let wallet = self.wallet_address(coin);
        self.state.sent.push(SentRow {
            txid: transfer.txid.clone(),
            crypto: transfer.crypto.clone(),
            filed_under: chain::filed_under(coin, wallet, transfer.to.clone()),
            amount: transfer.amount,
        });
    }

    fn file_unconfirmed(&mut self, transfer: &Transfer) {
        let Some(invoice) = self.state.invoice_at(&transfer.to).map(|found| found.id) else {
            return;
        };
        let known = self.state.unconfirmed.iter().any(|row| {
            row.invoice == invoice && row.txid == transfer.txid && row.crypto == transfer.crypto
        });
        if known {
            return;
        }
        let id = self.next_number();
        self.state.unconfirmed.push(UnconfirmedRow {
            id,
            invoice,
            txid: transfer.txid.clone(),
            crypto: transfer.crypto.clone(),
            address: transfer.to.clone(),
            amount: transfer.amount,
            notice: Notice::default(),
        });
    }

    fn file_received(&mut self, coin: Coin, transfer: &Transfer) {
        let Some(invoice) = self.state.invoice_at(&transfer.to).cloned() else {
            return;
        };
        let enough = transfer.confirmations() >= self.config.confirmations;
        let known = self.state.received.iter_mut().find(|row| {
            row.invoice == invoice.id && row.txid == transfer.txid && row.crypto == transfer.crypto
        });
        if let Some(row) = known {
            row.deep |= enough;
            return;
        }
        let rate = if coin.name == invoice.crypto {
            invoice.rate
        } else {
            coin.rate(&invoice.fiat).unwrap_or(0)
        };
        let amount_fiat = coin.worth(transfer.amount, rate).unwrap_or(Units::ZERO);
        let id = self.next_number();
        self.state.received.push(ReceivedRow {
            id,
            invoice: invoice.id,
            txid: transfer.txid.clone(),
            crypto: transfer.crypto.clone(),
            amount: transfer.amount,
            amount_fiat,
            deep: enough,
            notice: Notice::default(),
            at_ms: self.now_ms,
        });
        self.state
            .unconfirmed
            .retain(|row| !(row.crypto == transfer.crypto && row.txid == transfer.txid));
        self.add_to_balance(invoice.id, transfer, amount_fiat);
    }

    fn add_to_balance(&mut self, invoice: u64, transfer: &Transfer, amount_fiat: Units) {
        let found = self.state.invoices.iter_mut().find(|own| own.id == invoice);
        let Some(invoice) = found else { return };
        let grown = |sum: Units, more| sum.checked_add(more).unwrap_or(sum);
        invoice.balance_fiat = grown(invoice.balance_fiat, amount_fiat);
        if transfer.crypto == invoice.crypto {
            invoice.balance_crypto = grown(invoice.balance_crypto, transfer.amount);
        }
        invoice.status = status(invoice);
    }
}

/// SHKeeper's opinion of how well an invoice is paid.
fn status(invoice: &Invoice) -> InvoiceStatus {
    if invoice.balance_fiat < part(invoice.amount_fiat, PAID_FROM_PER_CENT) {
        InvoiceStatus::Partial
    } else if invoice.balance_fiat < part(invoice.amount_fiat, OVERPAID_FROM_PER_CENT) {
        InvoiceStatus::Paid
    } else {
        InvoiceStatus::Overpaid
    }
}

fn part(amount: Units, per_cent: u128) -> Units {
    Units::new(amount.get().saturating_mul(per_cent) / 100)
}

/// What SHKeeper calls overpaid: all above the limit at which it says so.
pub(crate) fn overpaid(invoice: &Invoice) -> Units {
    let limit = part(invoice.amount_fiat, OVERPAID_FROM_PER_CENT);
    invoice.balance_fiat.less(limit)
}
