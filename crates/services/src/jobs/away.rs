//! A gateway that does not answer is not asked the same thing again in one run.

use std::collections::BTreeSet;

use domain::Asset;

use crate::ports::gateway::GatewayError;

/// Assets of which the gateway told nothing in this run: each has a server of its own behind it.
#[derive(Debug, Default)]
pub(super) struct Away(BTreeSet<Asset>);

impl Away {
    /// Whether asking about this asset would only keep the gateway busy.
    pub(super) fn has(&self, asset: Asset) -> bool {
        self.0.contains(&asset)
    }

    /// Takes note of a failure. False when it is a matter of that one question.
    pub(super) fn note(&mut self, asset: Asset, error: &GatewayError) -> bool {
        let is_away = match error {
            GatewayError::Unavailable(_)
            | GatewayError::AssetUnavailable(_)
            | GatewayError::Credentials(_) => true,
            GatewayError::Refused(_) | GatewayError::Unreadable(_) => false,
        };
        if is_away {
            self.0.insert(asset);
        }
        is_away
    }
}
