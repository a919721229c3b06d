//! What arrived for an intent: read anew each time, from the invoice and from its address.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use services::ports::gateway::{GatewayError, ObservedTransfer, Received, Watched};

use crate::client::ShkeeperClient;
use crate::wire::{Invoices, TransactionRow, TransactionStatus, Transactions};
use crate::{amount, crypto};

/// Transfers by what makes them one and the same: coin, transaction, address.
type Found = BTreeMap<(String, String, String), ObservedTransfer>;

/// Everything that arrived for an intent. The invoice lists any coin that came to its address; the
/// address lists its own coin even when the invoice was lost.
pub(crate) async fn transfers(
    client: &ShkeeperClient,
    watched: &Watched,
) -> Result<Vec<ObservedTransfer>, GatewayError> {
    let external_id = watched.external_id.as_str();
    let by_invoice: Invoices = client.get(&["invoices", external_id]).await?;
    let name = crypto::name(watched.asset);
    let parts = ["transactions", name, &watched.address];
    let by_address: Transactions = client.get(&parts).await?;

    let own = by_invoice
        .invoices
        .into_iter()
        .filter(|invoice| invoice.external_id == external_id);
    let rows = own
        .flat_map(|invoice| invoice.txs)
        .chain(by_address.transactions);
    let mut found = Found::new();
    for row in rows {
        add(&mut found, observed(row)?)?;
    }
    Ok(found.into_values().collect())
}

fn observed(row: TransactionRow) -> Result<ObservedTransfer, GatewayError> {
    let received = match crypto::asset(&row.crypto) {
        None => Received::Other {
            amount: row.amount.0,
        },
        Some(asset) => {
            let read = amount::read(&row.amount.0, asset);
            let amount = read.map_err(|error| GatewayError::Unreadable(error.to_string()))?;
            Received::Asset { asset, amount }
        }
    };
    Ok(ObservedTransfer {
        crypto: row.crypto,
        txid: row.txid,
        address: row.addr,
        received,
        confirmed: row.status == TransactionStatus::Confirmed,
    })
}

/// A transfer that both list is one; confirmed in either, it is confirmed.
fn add(found: &mut Found, transfer: ObservedTransfer) -> Result<(), GatewayError> {
    let key = (
        transfer.crypto.clone(),
        transfer.txid.clone(),
        transfer.address.clone(),
    );
    match found.entry(key) {
        Entry::Vacant(place) => {
            place.insert(transfer);
            Ok(())
        }
        Entry::Occupied(mut place) => {
            let known = place.get_mut();
            if known.received == transfer.received {
                known.confirmed |= transfer.confirmed;
                Ok(())
            } else if transfer.confirmed == known.confirmed {
                let message = format!("{} is listed with two amounts", transfer.txid);
                Err(GatewayError::Unreadable(message))
            } else {
                // It was read once before and once after it came into a block: the block is right.
                if transfer.confirmed {
                    *known = transfer;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer(amount: &str, confirmed: bool) -> ObservedTransfer {
        ObservedTransfer {
            crypto: "BNB".to_owned(),
            txid: "a transaction".to_owned(),
            address: "an address".to_owned(),
            received: Received::Other {
                amount: amount.to_owned(),
            },
            confirmed,
        }
    }

    fn merged(rows: [ObservedTransfer; 2]) -> Result<Vec<ObservedTransfer>, GatewayError> {
        let mut found = Found::new();
        for row in rows {
            add(&mut found, row)?;
        }
        Ok(found.into_values().collect())
    }

    #[test]
    fn a_transfer_that_came_into_a_block_between_two_readings_is_confirmed() {
        for rows in [
            [transfer("1", false), transfer("1", true)],
            [transfer("1", true), transfer("1", false)],
        ] {
            assert_eq!(merged(rows), Ok(vec![transfer("1", true)]));
        }
    }

    #[test]
    fn the_amount_in_the_block_counts() {
        for rows in [
            [transfer("1", false), transfer("2", true)],
            [transfer("2", true), transfer("1", false)],
        ] {
            assert_eq!(merged(rows), Ok(vec![transfer("2", true)]));
        }
    }

    #[test]
    fn two_amounts_for_one_confirmed_transfer_are_no_answer() {
        let two = merged([transfer("1", true), transfer("2", true)]);
        assert!(matches!(two, Err(GatewayError::Unreadable(_))));
    }
}
