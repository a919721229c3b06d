//! What was owed and what was there, as each comparison of the two found it.

use async_trait::async_trait;
use domain::{Asset, Timestamp, Units};
use serde::{Deserialize, Serialize};

use crate::{Page, PageRequest, StoreError};

/// One comparison of all assets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// When; names it.
    pub at: Timestamp,
    /// One line for each asset that is owed to anybody.
    pub lines: Vec<ReconciledAsset>,
    /// Until when it is kept.
    pub expires_at: Timestamp,
}

/// One asset in a comparison. All sums are in its base units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciledAsset {
    /// What.
    pub asset: Asset,
    /// What the ledgers of all deals owe to their parties.
    pub owed: Units,
    /// The part of it that is being sent: it may have left already.
    pub sending: Units,
    /// What the gateway holds; none when it did not say.
    pub holdings: Option<Units>,
}

impl ReconciledAsset {
    /// What must be there, whatever became of payouts under way.
    pub const fn due(&self) -> Units {
        self.owed.less(self.sending)
    }

    /// What is lacking. Nothing when it is not known what is there, nor when the difference is
    /// less than a hundredth of a cent: gateways tell ten decimal places, and round each transfer.
    pub fn missing(&self) -> Units {
        let holdings = self.holdings.unwrap_or(self.due());
        let lacking = self.due().checked_sub(holdings).unwrap_or(Units::ZERO);
        let explained = self.asset.cents(1).get() / 100;
        if lacking.get() < explained {
            Units::ZERO
        } else {
            lacking
        }
    }
}

impl Reconciliation {
    /// Whether anything is lacking.
    pub fn has_breach(&self) -> bool {
        self.lines.iter().any(|line| !line.missing().is_zero())
    }

    /// Whether the gateway told of every asset.
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|line| line.holdings.is_some())
    }
}

/// Comparisons, for a while.
#[async_trait]
pub trait Reconciliations: Send + Sync {
    /// Keeps a comparison. One of the same moment is there already and stays as it is.
    async fn record(&self, reconciliation: &Reconciliation) -> Result<(), StoreError>;

    /// Comparisons, newest first.
    async fn list(&self, page: PageRequest) -> Result<Page<Reconciliation>, StoreError>;
}

#[cfg(test)]
mod tests {
    use domain::{Network, Token};

    use super::*;

    fn line(network: Network, holdings: u128) -> ReconciledAsset {
        let asset = Asset::new(network, Token::Usdt).unwrap();
        ReconciledAsset {
            asset,
            owed: asset.cents(10_000),
            sending: asset.cents(4_000),
            holdings: Some(Units::new(holdings)),
        }
    }

    #[test]
    fn what_is_being_sent_need_not_be_there() {
        let usd = 1_000_000;
        assert_eq!(line(Network::Polygon, 60 * usd).missing(), Units::ZERO);
        let missing = line(Network::Polygon, 59 * usd).missing();
        assert_eq!(missing, Units::new(usd));
    }

    #[test]
    fn a_difference_that_rounding_explains_is_none() {
        let due = 60 * 10_u128.pow(18);
        let parts_of_a_cent = 10_u128.pow(14);
        let bsc = |lacking| line(Network::Bsc, due - lacking).missing();
        assert_eq!(bsc(parts_of_a_cent - 1), Units::ZERO);
        assert_eq!(bsc(parts_of_a_cent), Units::new(parts_of_a_cent));
    }

    #[test]
    fn of_a_silent_gateway_nothing_is_concluded() {
        let silent = ReconciledAsset {
            holdings: None,
            ..line(Network::Tron, 0)
        };
        assert_eq!(silent.missing(), Units::ZERO);
        let all = Reconciliation {
            at: Timestamp::from_unix_ms(0),
            lines: vec![silent],
            expires_at: Timestamp::from_unix_ms(0),
        };
        assert!(!all.has_breach() && !all.is_complete());
    }
}
