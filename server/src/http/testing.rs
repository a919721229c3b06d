//! Use cases over a fresh store, and requests to routes, for tests.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::{Asset, Network, Timestamp, Units};
use services::ports::PaymentGateway;
use services::ports::gateway::{
    AddressFault, AddressRequest, CallbackRefusal, CallbackRequest, GatewayError, Invoice,
    ObservedTransfer, PayoutAnswer, PayoutOrder, PayoutQuery, PayoutState, SentTransfer,
    SignedCallback, Watched,
};
use services::testing::{
    CapturingMailer, GatewayAway, ManualClock, MemoryBlobs, SeededRandom, StampPreviews,
};
use services::{CodeKey, Config, Parts, Services};
use storage_sqlite::testing::TemporaryStore;
use tower::ServiceExt as _;

/// The header that makes a callback the test gateway's own.
pub const SIGNED: &str = "x-signed";

/// Use cases, with a store that lives as long.
pub struct House {
    pub services: Arc<Services>,
    _store: TemporaryStore,
}

impl House {
    pub fn open() -> Self {
        let store = TemporaryStore::new();
        let services = Services::new(Parts {
            store: store.store(),
            clock: Arc::new(ManualClock::default()),
            random: Arc::new(SeededRandom::new(7)),
            mailer: Arc::new(CapturingMailer::default()),
            gateway: Arc::new(Trusting),
            blobs: Arc::new(MemoryBlobs::default()),
            previews: Arc::new(StampPreviews),
            config: Config::new("https://amn.example", CodeKey::new([9; 32])),
        });
        Self {
            services: Arc::new(services),
            _store: store,
        }
    }
}

/// The status of an answer to a GET.
pub async fn get(router: &Router, path: &str) -> StatusCode {
    let request = Request::get(path).body(Body::empty()).unwrap();
    send(router, request).await
}

/// The status of an answer.
pub async fn send(router: &Router, request: Request<Body>) -> StatusCode {
    router.clone().oneshot(request).await.unwrap().status()
}

/// A gateway that knows its own callbacks by a header, and is away otherwise.
#[derive(Debug)]
struct Trusting;

#[async_trait]
impl PaymentGateway for Trusting {
    async fn available_assets(&self) -> Result<Vec<Asset>, GatewayError> {
        GatewayAway.available_assets().await
    }

    fn normal_address(&self, network: Network, address: &str) -> Result<String, AddressFault> {
        GatewayAway.normal_address(network, address)
    }

    async fn request_address(&self, request: &AddressRequest) -> Result<Invoice, GatewayError> {
        GatewayAway.request_address(request).await
    }

    async fn observed_transfers(
        &self,
        watched: &Watched,
    ) -> Result<Vec<ObservedTransfer>, GatewayError> {
        GatewayAway.observed_transfers(watched).await
    }

    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
        _: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        let is_signed = callback.headers.iter().any(|(name, _)| *name == SIGNED);
        is_signed
            .then_some(SignedCallback::Unreadable)
            .ok_or(CallbackRefusal::Unsigned)
    }

    async fn send_payout(&self, order: &PayoutOrder) -> PayoutAnswer {
        GatewayAway.send_payout(order).await
    }

    async fn payout_state(&self, query: &PayoutQuery) -> PayoutState {
        GatewayAway.payout_state(query).await
    }

    async fn wallet_history(
        &self,
        asset: Asset,
        destination: &str,
    ) -> Result<Vec<SentTransfer>, GatewayError> {
        GatewayAway.wallet_history(asset, destination).await
    }

    async fn balance(&self, asset: Asset) -> Result<Units, GatewayError> {
        GatewayAway.balance(asset).await
    }
}
