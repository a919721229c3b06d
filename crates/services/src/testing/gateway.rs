//! A gateway that is away: for tests that move no money.

use std::fmt::Debug;

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

impl Script for GatewayAway {}

const AWAY: &str = "the gateway is away";

fn away<T>() -> Result<T, GatewayError> {
    Err(GatewayError::Unavailable(AWAY.to_owned()))
}

/// What a test has its gateway answer; a question that is not written out is that of one that is
/// away.
pub trait Script: Debug + Send + Sync {
    /// As [`PaymentGateway::observed_transfers`].
    fn observed_transfers(&self, _: &Watched) -> Result<Vec<ObservedTransfer>, GatewayError> {
        away()
    }

    /// As [`PaymentGateway::verify_callback`].
    fn verify_callback(&self, _: &CallbackRequest<'_>) -> Result<SignedCallback, CallbackRefusal> {
        Err(CallbackRefusal::Unsigned)
    }

    /// As [`PaymentGateway::payout_state`].
    fn payout_state(&self, _: &PayoutQuery) -> PayoutState {
        PayoutState::Unclear {
            reason: AWAY.to_owned(),
        }
    }

    /// As [`PaymentGateway::wallet_history`].
    fn wallet_history(&self) -> Result<Vec<SentTransfer>, GatewayError> {
        away()
    }

    /// As [`PaymentGateway::balance`].
    fn balance(&self, _: Asset) -> Result<Units, GatewayError> {
        away()
    }
}

#[async_trait]
impl<S: Script> PaymentGateway for S {
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

    async fn observed_transfers(
        &self,
        watched: &Watched,
    ) -> Result<Vec<ObservedTransfer>, GatewayError> {
        Script::observed_transfers(self, watched)
    }

    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
        _: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        Script::verify_callback(self, callback)
    }

    async fn send_payout(&self, _: &PayoutOrder) -> PayoutAnswer {
        PayoutAnswer::Refused(PayoutRefusal::Operator(AWAY.to_owned()))
    }

    async fn payout_state(&self, query: &PayoutQuery) -> PayoutState {
        Script::payout_state(self, query)
    }

    async fn wallet_history(&self, _: Asset, _: &str) -> Result<Vec<SentTransfer>, GatewayError> {
        Script::wallet_history(self)
    }

    async fn balance(&self, asset: Asset) -> Result<Units, GatewayError> {
        Script::balance(self, asset)
    }
}
