//! What the answers about payout addresses are made of.

use domain::user::{AddressState, PayoutAddress};
use domain::{Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// Where one is paid.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnAddress {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d63")]
    id: String,
    #[schema(example = "bsc")]
    network: &'static str,
    #[schema(example = "0x52908400098527886E0F7030069857D2E4169EE7")]
    address: String,
    #[schema(example = "My phone")]
    label: Option<String>,
    /// `unconfirmed` until its code is entered, `waiting` until money may be sent there, `active`.
    #[schema(example = "waiting")]
    state: &'static str,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    confirmed_at: Option<String>,
    /// When money may be sent there.
    #[schema(example = "2026-11-29T10:30:00.000Z")]
    active_from: Option<String>,
}

impl OwnAddress {
    /// One of them.
    pub fn of(address: &PayoutAddress, now: Timestamp) -> Self {
        Self {
            id: address.id.to_string(),
            network: address.network.code(),
            address: address.address.clone(),
            label: address.label.as_ref().map(ToString::to_string),
            state: match address.state(now) {
                AddressState::Unconfirmed => "unconfirmed",
                AddressState::Waiting(_) => "waiting",
                AddressState::Active => "active",
                AddressState::Ended(_) => "ended",
            },
            created_at: rfc3339(address.added_at),
            confirmed_at: address.confirmed_at.map(rfc3339),
            active_from: address.active_from.map(rfc3339),
        }
    }

    /// Those that are in use or on their way to be.
    pub fn all_of(user: &User, now: Timestamp) -> Vec<Self> {
        user.listed().map(|one| Self::of(one, now)).collect()
    }
}
