//! The gateway's own wallet: what it holds, what it has sent, which addresses are its own.

use domain::{Asset, Network, Units};
use services::ports::gateway::{GatewayError, SentTransfer};

use crate::client::ShkeeperClient;
use crate::wire::{
    Addresses, Balance, TransactionRow, TransactionStatus, Transactions, WalletAddress,
};
use crate::{address, amount, crypto};

/// What the wallet holds. An unreachable node is told as an empty wallet; that is no answer.
pub(crate) async fn balance(client: &ShkeeperClient, asset: Asset) -> Result<Units, GatewayError> {
    let name = crypto::name(asset);
    let answer: Balance = client.get(&[name, "balance"]).await?;
    if answer.server_status == "Offline" {
        let message = format!("the node behind {name} is offline");
        return Err(GatewayError::Unavailable(message));
    }
    if answer.name != name {
        let message = format!("asked for {name}, told of {}", answer.name);
        return Err(GatewayError::Unreadable(message));
    }
    amount::read(&answer.amount_crypto.0, asset)
        .map_err(|error| GatewayError::Unreadable(error.to_string()))
}

/// Whether an address surely belongs to the wallet itself. A SHKeeper whose wallet has no such list
/// still pays out.
pub(crate) async fn is_own(
    client: &ShkeeperClient,
    asset: Asset,
    destination: &str,
) -> Result<bool, GatewayError> {
    let listed = client.get(&[crypto::name(asset), "addresses"]).await;
    let answer: Addresses = match listed {
        Err(error @ (GatewayError::Refused(_) | GatewayError::Unreadable(_))) => {
            tracing::warn!(%error, %asset, "the wallet does not list its addresses");
            return Ok(false);
        }
        other => other?,
    };
    let same = |own: &String| match asset.network() {
        Network::Bsc | Network::Ethereum | Network::Polygon => {
            own.eq_ignore_ascii_case(destination)
        }
        Network::Tron => own == destination,
    };
    Ok(answer.addresses.iter().any(same))
}

/// What the wallet sent and may have sent to `destination`. On Tron the history is filed under the
/// payee; on EVM networks it is filed under the wallet's own address and names no payee.
pub(crate) async fn history(
    client: &ShkeeperClient,
    asset: Asset,
    destination: &str,
) -> Result<Vec<SentTransfer>, GatewayError> {
    let name = crypto::name(asset);
    let (filed_under, names_payee) = match asset.network() {
        Network::Bsc | Network::Ethereum | Network::Polygon => {
            let parts = [name, "fee-deposit-address"];
            let answer: WalletAddress = client.get(&parts).await?;
            (answer.fee_deposit_address, false)
        }
        Network::Tron => {
            let normal = address::normal(asset.network(), destination)
                .map_err(|fault| GatewayError::Refused(fault.to_string()))?;
            (normal, true)
        }
    };
    let parts = ["transactions", name, &filed_under];
    let answer: Transactions = client.get(&parts).await?;
    let in_block = |row: &TransactionRow| row.status == TransactionStatus::Confirmed;
    let rows = answer.transactions.into_iter().filter(in_block);
    rows.map(|row| sent(row, asset, names_payee)).collect()
}

fn sent(
    row: TransactionRow,
    asset: Asset,
    names_payee: bool,
) -> Result<SentTransfer, GatewayError> {
    let amount = amount::read(&row.amount.0, asset)
        .map_err(|error| GatewayError::Unreadable(error.to_string()))?;
    Ok(SentTransfer {
        txid: row.txid,
        amount,
        destination: names_payee.then_some(row.addr),
    })
}
