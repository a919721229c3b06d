//! Comparing what the ledgers owe with what the gateway holds, asset by asset, at one reading of all
//! deals that owe anything.
//!
//! The two cannot be read in one moment. A payout that is being sent may have left, so it counts
//! for neither side; a deposit may come between two readings. So when something seems to be missing
//! the ledgers are read again after the wallet, the smaller debt counts, and something is missing
//! only when three readings in a row say so.

use std::collections::BTreeMap;

use domain::{Asset, Span, Units};
use storage::{
    Added, DealSummary, PayoutStop, ReconciledAsset, Reconciliation, StoppedBy, StoreError,
};

use crate::Services;
use crate::failure::Failure;
use crate::notifications::Message;
use crate::paging::Pages;

const READINGS: usize = 3;
const KEPT: Span = Span::days(2);

/// What all deals owe of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Debt {
    owed: Units,
    sending: Units,
}

impl Debt {
    const NONE: Self = Self {
        owed: Units::ZERO,
        sending: Units::ZERO,
    };

    const fn due(self) -> Units {
        self.owed.less(self.sending)
    }
}

/// What all deals owe, at one reading of them.
#[derive(Debug, Default)]
struct Debts(BTreeMap<Asset, Debt>);

impl Debts {
    fn of(&self, asset: Asset) -> Debt {
        self.0.get(&asset).copied().unwrap_or(Debt::NONE)
    }

    fn add(&mut self, deal: &DealSummary) {
        let debt = self.0.entry(deal.asset).or_insert(Debt::NONE);
        debt.owed = sum(debt.owed, deal.owed);
        // What is sent on a loss takes nothing from what others are owed.
        debt.sending = sum(debt.sending, deal.sending.min(deal.owed));
    }
}

impl Services {
    /// Compares, writes down what was found, and stops payouts when something is missing. Nothing
    /// is concluded about an asset of which the gateway does not tell.
    pub(crate) async fn reconcile(&self) -> Result<Reconciliation, Failure> {
        let lines = self.compare().await?;
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

    /// A line for each asset that anybody is owed any of. The deals are read once, and once more
    /// after each reading of wallets at which anything seemed to be missing.
    async fn compare(&self) -> Result<Vec<ReconciledAsset>, StoreError> {
        let mut before = self.debts().await?;
        let mut lines: Vec<_> = Asset::all()
            .filter(|asset| !before.of(*asset).owed.is_zero())
            .map(|asset| line(asset, before.of(asset), None))
            .collect();
        let mut open: Vec<&mut ReconciledAsset> = lines.iter_mut().collect();
        for _ in 0..READINGS {
            let mut lacking = Vec::new();
            for found in open {
                let (asset, debt) = (found.asset, before.of(found.asset));
                match self.gateway.balance(asset).await {
                    Ok(holdings) => *found = line(asset, debt, Some(holdings)),
                    Err(error) => {
                        tracing::warn!(%asset, %error, "the gateway does not tell what it holds");
                        continue;
                    }
                }
                if !found.missing().is_zero() {
                    lacking.push(found);
                }
            }
            if lacking.is_empty() {
                break;
            }
            let after = self.debts().await?;
            for found in &mut lacking {
                let (before, after) = (before.of(found.asset), after.of(found.asset));
                let smaller = if after.due() < before.due() {
                    after
                } else {
                    before
                };
                **found = line(found.asset, smaller, found.holdings);
            }
            lacking.retain(|found| !found.missing().is_zero());
            open = lacking;
            before = after;
        }
        Ok(lines)
    }

    async fn debts(&self) -> Result<Debts, StoreError> {
        let (deals, mut debts) = (self.store.deals(), Debts::default());
        let mut pages = Pages::first();
        while let Some(owing) = pages.next(|page| deals.list_owing(page)).await? {
            for deal in &owing {
                debts.add(deal);
            }
        }
        Ok(debts)
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
