//! `GET /payment/configuration`: what can be paid with, and what it costs.

use std::sync::Arc;

use axum::extract::State;
use domain::Asset;
use serde::Serialize;
use services::Services;
use utoipa::ToSchema;

use crate::answer::Data;
use crate::caller::Caller;
use crate::money::Money;

/// What holds of payments here.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Configuration {
    /// The platform's part of what a seller gets in new deals, in hundredths of a per cent.
    #[schema(example = 100)]
    fee_basis_points: u16,
    /// Everything that can be paid with.
    assets: Vec<PayableAsset>,
}

/// A token on a network.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayableAsset {
    #[schema(example = "polygon")]
    network: &'static str,
    #[schema(example = "Polygon")]
    network_name: &'static str,
    /// By EIP-155; none where the network has no such number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 137)]
    chain_id: Option<u64>,
    #[schema(example = "USDT")]
    token: &'static str,
    #[schema(example = "0xc2132D05D31c914a87C6611C10748AEb04B58e8F")]
    contract: &'static str,
    #[schema(example = 6)]
    decimals: u8,
    /// Taken from each payout.
    network_fee: Money,
    smallest_deal: Money,
    largest_deal: Money,
    /// Smaller transfers are summed up until they reach it.
    smallest_deposit: Money,
    /// Smaller payouts wait until they can be claimed together.
    smallest_payout: Money,
}

impl From<Asset> for PayableAsset {
    fn from(asset: Asset) -> Self {
        let money = |units| Money::on_network(units, asset);
        let network = asset.network();
        Self {
            network: network.code(),
            network_name: network.name(),
            chain_id: network.chain_id(),
            token: asset.token().code(),
            contract: asset.contract(),
            decimals: asset.decimals(),
            network_fee: money(asset.network_fee()),
            smallest_deal: money(asset.min_deal()),
            largest_deal: money(asset.max_deal()),
            smallest_deposit: money(asset.min_deposit()),
            smallest_payout: money(asset.min_payout()),
        }
    }
}

/// See what can be paid with
///
/// When a transfer counts as confirmed is the payment gateway's setting, network by network.
#[utoipa::path(
    get,
    path = "/payment/configuration",
    tag = "payment",
    extensions(("x-policy" = json!("public.read"))),
    responses((status = 200, description = "Networks, tokens, fees and limits", body = Data<Configuration>))
)]
pub async fn get(State(services): State<Arc<Services>>, _: Caller) -> Data<Configuration> {
    let fees = services.config().marketplace.fees;
    Data::new(Configuration {
        fee_basis_points: fees.platform.get(),
        assets: Asset::all().map(PayableAsset::from).collect(),
    })
}
