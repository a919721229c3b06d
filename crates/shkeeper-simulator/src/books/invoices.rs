//! Invoices: one for each external id, callback URL and fiat; asking again changes what it asks for.

use domain::Units;

use crate::coin::{Coin, FIAT_PLACES, asked_for};
use crate::desk::Desk;
use crate::state::{Invoice, InvoiceStatus};

/// What a shop asks for.
#[derive(Debug, Clone)]
pub(crate) struct InvoiceRequest {
    pub(crate) external_id: String,
    pub(crate) fiat: String,
    pub(crate) amount: String,
    pub(crate) callback_url: String,
}

impl Desk<'_> {
    /// Makes an invoice, or changes the one there is. The error is SHKeeper's message.
    pub(crate) fn request_invoice(
        &mut self,
        coin: Coin,
        request: InvoiceRequest,
    ) -> Result<Invoice, String> {
        let rate = coin.rate(&request.fiat).ok_or_else(|| {
            format!(
                "Exchange rate src config for {}-{} is not found",
                request.fiat, coin.name
            )
        })?;
        let amount_fiat = Units::parse(&request.amount, FIAT_PLACES)
            .map_err(|_| "[<class 'decimal.ConversionSyntax'>]".to_owned())?;
        let amount_crypto =
            asked_for(amount_fiat, rate).ok_or("[<class 'decimal.InvalidOperation'>]")?;

        let known = self.state.invoices.iter().position(|invoice| {
            invoice.external_id == request.external_id
                && invoice.callback_url == request.callback_url
                && invoice.fiat == request.fiat
        });
        let index = match known {
            Some(index) => index,
            None => self.open_invoice(coin, request, rate),
        };
        let address = self.address_for(index, coin);
        let invoice = self
            .state
            .invoices
            .get_mut(index)
            .expect("invariant: invoices are never removed");
        invoice.amount_fiat = amount_fiat;
        invoice.amount_crypto = amount_crypto;
        invoice.rate = rate;
        coin.name.clone_into(&mut invoice.crypto);
        invoice.address = address;
        Ok(invoice.clone())
    }

    fn open_invoice(&mut self, coin: Coin, request: InvoiceRequest, rate: u128) -> usize {
        let id = self.next_number();
        self.state.invoices.push(Invoice {
            id,
            external_id: request.external_id,
            callback_url: request.callback_url,
            fiat: request.fiat,
            amount_fiat: Units::ZERO,
            amount_crypto: String::new(),
            rate,
            crypto: coin.name.to_owned(),
            address: String::new(),
            addresses: Vec::new(),
            balance_fiat: Units::ZERO,
            balance_crypto: Units::ZERO,
            status: InvoiceStatus::Unpaid,
            at_ms: self.now_ms,
        });
        self.state.invoices.len().saturating_sub(1)
    }

    /// The invoice's address for that coin; a new one when it has none yet.
    fn address_for(&mut self, index: usize, coin: Coin) -> String {
        let known = self.state.invoices.get(index).and_then(|invoice| {
            invoice
                .addresses
                .iter()
                .find(|(crypto, _)| crypto == coin.name)
        });
        if let Some((_, address)) = known {
            return address.clone();
        }
        let address = self.next_address(coin);
        if let Some(invoice) = self.state.invoices.get_mut(index) {
            let named = (coin.name.to_owned(), address.clone());
            invoice.addresses.push(named);
        }
        address
    }
}
