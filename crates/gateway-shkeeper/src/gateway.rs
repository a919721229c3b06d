//! The port, fulfilled by SHKeeper.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{Asset, Network, Timestamp, Units};
use services::ports::gateway::{
    AddressFault, AddressRequest, CallbackRefusal, CallbackRequest, GatewayError, Invoice,
    ObservedTransfer, PayoutAnswer, PayoutOrder, PayoutQuery, PayoutState, SentTransfer,
    SignedCallback, Watched,
};
use services::ports::{PaymentGateway, Random};

use crate::client::ShkeeperClient;
use crate::settings::Settings;
use crate::{address, callback, invoice, observed, payout, payout_state, wallet};

/// A SHKeeper somewhere on the network.
#[derive(Debug)]
pub struct Shkeeper {
    client: ShkeeperClient,
}

/// Why a gateway cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// `SHKEEPER_URL` is no address of a web server.
    #[error("SHKEEPER_URL must be an http or https address")]
    Url,
    /// There is no HTTP client.
    #[error("there is no HTTP client: {0}")]
    Http(#[from] reqwest::Error),
}

impl Shkeeper {
    /// Sets it up; nothing is asked yet. `random` spreads repeated reads over time.
    ///
    /// # Errors
    /// [`StartError`].
    pub fn new(settings: Settings, random: Arc<dyn Random>) -> Result<Self, StartError> {
        let web = matches!(settings.url.scheme(), "http" | "https");
        if !web || settings.url.cannot_be_a_base() {
            return Err(StartError::Url);
        }
        let client = ShkeeperClient::new(settings, random)?;
        Ok(Self { client })
    }
}

#[async_trait]
impl PaymentGateway for Shkeeper {
    async fn available_assets(&self) -> Result<Vec<Asset>, GatewayError> {
        invoice::available(&self.client).await
    }

    fn normal_address(&self, network: Network, address: &str) -> Result<String, AddressFault> {
        address::normal(network, address)
    }

    async fn request_address(&self, request: &AddressRequest) -> Result<Invoice, GatewayError> {
        invoice::request(&self.client, request).await
    }

    async fn observed_transfers(
        &self,
        watched: &Watched,
    ) -> Result<Vec<ObservedTransfer>, GatewayError> {
        observed::transfers(&self.client, watched).await
    }

    fn verify_callback(
        &self,
        request: &CallbackRequest<'_>,
        now: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        callback::verify(self.client.settings(), request, now)
    }

    async fn send_payout(&self, order: &PayoutOrder) -> PayoutAnswer {
        payout::send(&self.client, order).await
    }

    async fn payout_state(&self, query: &PayoutQuery) -> PayoutState {
        payout_state::ask(&self.client, query).await
    }

    async fn wallet_history(
        &self,
        asset: Asset,
        destination: &str,
    ) -> Result<Vec<SentTransfer>, GatewayError> {
        wallet::history(&self.client, asset, destination).await
    }

    async fn balance(&self, asset: Asset) -> Result<Units, GatewayError> {
        wallet::balance(&self.client, asset).await
    }
}
