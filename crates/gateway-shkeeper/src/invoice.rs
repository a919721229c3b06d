//! What can be paid with, and an address for each intent.

use domain::{Asset, Network};
use serde_json::json;
use services::ports::gateway::{AddressRequest, GatewayError, Invoice};

use crate::client::ShkeeperClient;
use crate::wire::{CryptoList, PaymentRequest};
use crate::{address, amount, crypto};

/// Asks for the assets that can be paid with now, in our order.
pub(crate) async fn available(client: &ShkeeperClient) -> Result<Vec<Asset>, GatewayError> {
    let answer: CryptoList = client.get(&["crypto"]).await?;
    let listed = |asset: &Asset| {
        let name = crypto::name(*asset);
        answer.crypto_list.iter().any(|crypto| crypto.name == name)
    };
    Ok(Asset::all().filter(listed).collect())
}

/// Asks for an intent's address. SHKeeper has one invoice for each external id, callback URL and
/// fiat, so asking again changes nothing.
pub(crate) async fn request(
    client: &ShkeeperClient,
    request: &AddressRequest,
) -> Result<Invoice, GatewayError> {
    let body = json!({
        "external_id": request.external_id.as_str(),
        // All we take are dollars: the token's amount is the fiat's.
        "fiat": "USD",
        "amount": amount::write(request.due, request.asset),
        "callback_url": client.settings().callback_url.as_str(),
    });
    let parts = [crypto::name(request.asset), "payment_request"];
    let answer: PaymentRequest = match client.post(&parts, &body).await {
        Err(GatewayError::Unavailable(message)) if is_switched_off(&message) => {
            return Err(GatewayError::AssetUnavailable(request.asset));
        }
        other => other?,
    };
    check(request.asset.network(), &answer.wallet)?;
    Ok(Invoice {
        invoice_id: answer.id.0,
        address: answer.wallet,
    })
}

fn is_switched_off(message: &str) -> bool {
    message.contains("payment gateway is unavailable")
}

/// Nobody may be asked to pay to something that is no address.
fn check(network: Network, wallet: &str) -> Result<(), GatewayError> {
    let normal = address::normal(network, wallet);
    normal.map(drop).map_err(|fault| {
        let message = format!("an invoice on {network} with an address that is none: {fault}");
        GatewayError::Unreadable(message)
    })
}
