//! Comparing what the ledgers owe with what the gateway holds, asset by asset.
//!
//! The two cannot be read in one moment. A payout that is being sent may have left, so it counts
//! for neither side; a deposit may come between two readings. So the ledgers are read before and
//! after the wallet, the smaller debt counts, and something is missing only when three readings in
//! a row say so.

use domain::{Asset, Span, Units};
use storage::{
    Added, Limit, PageRequest, PayoutStop, ReconciledAsset, Reconciliation, StoppedBy, StoreError,
};

use crate::Services;
use crate::failure::Failure;
use crate::notifications::Message;

const READINGS: usize = 3;
const KEPT: Span = Span::days(2);

/// What all deals owe of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Debt {
    owed: Units,
    sending: Units,
}

impl Debt {
    const fn due(self) -> Units {
        self.owed.less(self.sending)
    }
}

impl Services {
    /// Compares, writes down what was found, and stops payouts when something is missing. Nothing
    /// is concluded about an asset of which the gateway does not tell.
    pub(crate) async fn reconcile(&self) -> Result<Reconciliation, Failure> {
        let mut lines = Vec::new();
        for asset in Asset::all() {
            lines.extend(self.reconcile_asset(asset).await?);
        }
        let now = self.now();
        let found = Reconciliation {
            at: now,
            lines,
            expires_at: now.plus(KEPT),
        };
        self.store.reconciliations().record(&found).await?;
        if found.has_breach() {
            self.stop_for_breach(&found).await?;
        } else {
            self.warn_of_low_wallet(&found).await?;
        }
        Ok(found)
    }

    /// One asset; none when nobody is owed any of it.
    async fn reconcile_asset(&self, asset: Asset) -> Result<Option<ReconciledAsset>, StoreError> {
        let mut before = self.debt_in(asset).await?;
        if before.owed.is_zero() {
            return Ok(None);
        }
        let mut line = line(asset, before, None);
        for _ in 0..READINGS {
            let holdings = match self.gateway.balance(asset).await {
                Ok(holdings) => holdings,
                Err(error) => {
                    tracing::warn!(%asset, %error, "the gateway does not tell what it holds");
                    break;
                }
            };
            let after = self.debt_in(asset).await?;
            let smaller = if after.due() < before.due() {
                after
            } else {
                before
            };
            line = self::line(asset, smaller, Some(holdings));
            if line.missing().is_zero() {
                break;
            }
            before = after;
        }
        Ok(Some(line))
    }

    async fn debt_in(&self, asset: Asset) -> Result<Debt, StoreError> {
        let mut debt = Debt {
            owed: Units::ZERO,
            sending: Units::ZERO,
        };
        let mut page = PageRequest::first(Limit::MAX);
        loop {
            let read = self.store.deals().list_owing(asset, page).await?;
            for deal in &read.items {
                debt.owed = sum(debt.owed, deal.owed);
                // What is sent on a loss takes nothing from what others are owed.
                debt.sending = sum(debt.sending, deal.sending.min(deal.owed));
            }
            match read.next {
                Some(cursor) => page = PageRequest::after(cursor, Limit::MAX),
                None => return Ok(debt),
            }
        }
    }

    /// Tells every admin, once a day, of an asset of which little is there beyond what is owed.
    async fn warn_of_low_wallet(&self, found: &Reconciliation) -> Result<(), Failure> {
        for line in &found.lines {
            let Some(holdings) = line.holdings else {
                continue;
            };
            let spare = holdings.less(line.due());
            if spare >= line.asset.cents(self.config.money.wallet_reserve_cents) {
                continue;
            }
            let (network, token) = (line.asset.network(), line.asset.token());
            let day = found.at.unix_ms() / Span::days(1).ms();
            let event = format!("wallet:low:{network}/{token}:{day}");
            let amount = worded(line.asset, spare);
            self.tell_admins(&event, Message::WalletLow { amount })
                .await?;
        }
        Ok(())
    }

    /// Stops payouts, tells every admin, once for each stop.
    async fn stop_for_breach(&self, found: &Reconciliation) -> Result<(), Failure> {
        let missing = told(found);
        tracing::error!(%missing, "less is there than is owed");
        let stop = PayoutStop {
            at: found.at,
            by: StoppedBy::Reconciliation,
            reason: missing.clone(),
        };
        if self.store.payout_switch().stop(&stop).await? == Added::Now {
            tracing::error!("payouts are stopped until an admin lets them go on");
        }
        // Told anew if a crash came before: each is told once of one stop.
        let Some(standing) = self.store.payout_switch().find().await? else {
            return Ok(());
        };
        let event = format!("payouts:missing:{}", standing.at.unix_ms());
        self.tell_admins(&event, Message::MoneyMissing { missing })
            .await
    }
}

fn line(asset: Asset, debt: Debt, holdings: Option<Units>) -> ReconciledAsset {
    ReconciledAsset {
        asset,
        owed: debt.owed,
        sending: debt.sending,
        holdings,
    }
}

fn sum(one: Units, other: Units) -> Units {
    one.checked_add(other)
        .expect("the supply of a token fits a number of base units")
}

/// What is missing, as people read it.
fn told(found: &Reconciliation) -> String {
    let lacking = found.lines.iter().filter(|line| !line.missing().is_zero());
    let texts: Vec<String> = lacking
        .map(|line| worded(line.asset, line.missing()))
        .collect();
    texts.join(", ")
}

/// A sum and where it lies, as people read it.
fn worded(asset: Asset, units: Units) -> String {
    format!(
        "{}\u{a0}{} ({})",
        units.to_grouped(asset.decimals()),
        asset.token().code(),
        asset.network().name()
    )
}
