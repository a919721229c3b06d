//! A gateway that answers what a test says about each address, and addresses to ask about.

use std::fmt::{self, Debug};
use std::sync::Arc;

use async_trait::async_trait;
use domain::id::{DealId, IntentId};
use domain::intent::{Intent, Rail};
use domain::{Asset, Network, Span, Timestamp, Units};
use services::ports::PaymentGateway;
use services::ports::gateway::{
    AddressFault, AddressRequest, CallbackRefusal, CallbackRequest, GatewayError, Invoice,
    ObservedTransfer, PayoutAnswer, PayoutOrder, PayoutQuery, PayoutState, SentTransfer,
    SignedCallback, Watched,
};
use services::testing::{GatewayAway, ManualClock};

use crate::dealt::asset;
use crate::world::World;

type Answer = dyn Fn(&Watched, &ManualClock) -> Result<(), GatewayError> + Send + Sync;

/// Nothing ever arrives; the rest is a gateway that is away.
pub(super) struct Scripted {
    clock: Arc<ManualClock>,
    answer: Box<Answer>,
}

impl Scripted {
    /// A world whose gateway answers like this when it is asked about an address.
    pub(super) fn world(
        answer: impl Fn(&Watched, &ManualClock) -> Result<(), GatewayError> + Send + Sync + 'static,
    ) -> World {
        let clock = Arc::new(ManualClock::default());
        let gateway = Self {
            clock: Arc::clone(&clock),
            answer: Box::new(answer),
        };
        World::at(|_| {}, |store| store, clock, Arc::new(gateway))
    }
}

impl Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

#[async_trait]
impl PaymentGateway for Scripted {
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
        (self.answer)(watched, &self.clock).map(|()| Vec::new())
    }

    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
        now: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        GatewayAway.verify_callback(callback, now)
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

/// Gives a deal an address that ends in `number`, and says under which name it is watched.
pub(super) async fn watch(world: &World, deal: DealId, number: u32) -> IntentId {
    let now = world.now();
    let until = now.plus(Span::hours(1));
    let due = asset().cents(100);
    let mut intent = Intent::request(deal, Rail::Shkeeper, asset(), due, until, now);
    intent
        .give_address(&format!("0x{number:040x}"), now)
        .unwrap();
    world.store().intents().insert(&intent).await.unwrap();
    intent.id
}
