//! A gateway that is away: for tests that move no money.

use async_trait::async_trait;
use domain::{Asset, Network, Timestamp, Units};

use crate::ports::PaymentGateway;
use crate::ports::gateway::{
    AddressFault, AddressRequest, CallbackRefusal, CallbackRequest, GatewayError, Invoice,
    ObservedTransfer, PayoutAnswer, PayoutOrder, PayoutQuery, PayoutRefusal, PayoutState,
    SentTransfer, SignedCallback, Watched,
};

/// Answers every question with "unavailable", and takes addresses by their shape alone.
#[derive(Debug)]
pub struct GatewayAway;

const AWAY: &str = "the gateway is away";

fn away<T>() -> Result<T, GatewayError> {
    Err(GatewayError::Unavailable(AWAY.to_owned()))
}

#[async_trait]
impl PaymentGateway for GatewayAway {
    async fn available_assets(&self) -> Result<Vec<Asset>, GatewayError> {
        away()
    }

    fn normal_address(&self, network: Network, address: &str) -> Result<String, AddressFault> {
        let fits = network.has_shape_of_address(address);
        fits.then(|| address.to_owned()).ok_or(AddressFault::Shape)
    }

    async fn request_address(&self, _: &AddressRequest) -> Result<Invoice, GatewayError> {
        away()
    }

    async fn observed_transfers(&self, _: &Watched) -> Result<Vec<ObservedTransfer>, GatewayError> {
        away()
    }

    fn verify_callback(
        &self,
        _: &CallbackRequest<'_>,
        _: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        Err(CallbackRefusal::Unsigned)
    }

    async fn send_payout(&self, _: &PayoutOrder) -> PayoutAnswer {
        PayoutAnswer::Refused(PayoutRefusal::Operator(AWAY.to_owned()))
    }

    async fn payout_state(&self, _: &PayoutQuery) -> PayoutState {
        PayoutState::Unclear {
            reason: AWAY.to_owned(),
        }
    }

    async fn wallet_history(&self, _: Asset, _: &str) -> Result<Vec<SentTransfer>, GatewayError> {
        away()
    }

    async fn balance(&self, _: Asset) -> Result<Units, GatewayError> {
        away()
    }
}
