//! It finds nothing where nothing is wrong, and it finds what was planted.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{Asset, Network, Timestamp, Units};
use drill::{Between, Options, Report, run};
use services::ports::PaymentGateway;
use services::ports::gateway::{
    AddressFault, AddressRequest, CallbackRefusal, CallbackRequest, ExternalId, GatewayError,
    Invoice, ObservedTransfer, PayoutAnswer, PayoutOrder, PayoutQuery, PayoutState, SentTransfer,
    SignedCallback, Watched,
};

const SEED: u64 = 20_261_128;

async fn hold(journeys: u32, between: Between) -> Report {
    let mut options = Options::new(journeys, SEED, 2);
    options.between = between;
    run(options, &mut |_, _| {}).await.unwrap()
}

#[track_caller]
fn found(report: &Report, what: &str) -> u64 {
    let figures = report.figures();
    let figure = figures.iter().find(|figure| figure.what == what);
    figure.expect("the report has this figure").count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_breaks_nothing() {
    let report = hold(40, |gateway| gateway).await;
    assert_eq!(report.breaches(), [], "{report}");
    assert_eq!(report.journeys(), 40);
    assert!(report.to_string().contains("seed 20261128"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_pays_twice_is_found() {
    let report = hold(20, |gateway| {
        Arc::new(Planted {
            gateway,
            pays_twice: true,
            trusts_everybody: false,
        })
    })
    .await;
    assert!(found(&report, "double payouts") > 0, "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_trusts_everybody_is_found() {
    let report = hold(10, |gateway| {
        Arc::new(Planted {
            gateway,
            pays_twice: false,
            trusts_everybody: true,
        })
    })
    .await;
    assert!(found(&report, "forged callbacks taken") > 0, "{report}");
}

/// A gateway with a fault.
#[derive(Debug)]
struct Planted {
    gateway: Arc<dyn PaymentGateway>,
    pays_twice: bool,
    trusts_everybody: bool,
}

#[async_trait]
impl PaymentGateway for Planted {
    async fn available_assets(&self) -> Result<Vec<Asset>, GatewayError> {
        self.gateway.available_assets().await
    }

    fn normal_address(&self, network: Network, address: &str) -> Result<String, AddressFault> {
        self.gateway.normal_address(network, address)
    }

    async fn request_address(&self, request: &AddressRequest) -> Result<Invoice, GatewayError> {
        self.gateway.request_address(request).await
    }

    async fn observed_transfers(
        &self,
        watched: &Watched,
    ) -> Result<Vec<ObservedTransfer>, GatewayError> {
        self.gateway.observed_transfers(watched).await
    }

    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
        now: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        match self.gateway.verify_callback(callback, now) {
            Err(_) if self.trusts_everybody => Ok(SignedCallback::Unreadable),
            verified => verified,
        }
    }

    async fn send_payout(&self, order: &PayoutOrder) -> PayoutAnswer {
        if self.pays_twice {
            let again = PayoutOrder {
                external_id: ExternalId::new(format!("{}.again", order.external_id)).unwrap(),
                ..order.clone()
            };
            self.gateway.send_payout(&again).await;
        }
        self.gateway.send_payout(order).await
    }

    async fn payout_state(&self, query: &PayoutQuery) -> PayoutState {
        self.gateway.payout_state(query).await
    }

    async fn wallet_history(
        &self,
        asset: Asset,
        destination: &str,
    ) -> Result<Vec<SentTransfer>, GatewayError> {
        self.gateway.wallet_history(asset, destination).await
    }

    async fn balance(&self, asset: Asset) -> Result<Units, GatewayError> {
        self.gateway.balance(asset).await
    }
}
