//! Asking what became of a leg that is being sent. "Not found" and "failed" are no answers: the
//! gateway pays before it writes. Only a transfer that is seen settles a leg.

use domain::deal::{Deal, Leg, LegId, LegResult, LegState};
use domain::id::DealId;
use domain::{Asset, Timestamp};
use storage::Added;

use super::send_legs::external_id;
use crate::Services;
use crate::deals::DealError;
use crate::ports::gateway::{PayoutQuery, PayoutState, TaskId};

impl Services {
    /// Asks about every leg of a deal that is on its way.
    pub(crate) async fn ask_about_legs(&self, id: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        for leg in deal.legs.iter().filter(|leg| is_on_its_way(leg)) {
            self.ask(&deal, leg).await?;
        }
        Ok(())
    }

    /// Asks about the leg that a callback names. False when there is none of that name.
    pub(crate) async fn ask_about_leg(&self, id: DealId, leg: &LegId) -> Result<bool, DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(false);
        };
        let Some(leg) = deal.leg(leg) else {
            return Ok(false);
        };
        if is_on_its_way(leg) {
            self.ask(&deal, leg).await?;
        }
        Ok(true)
    }

    async fn ask(&self, deal: &Deal, leg: &Leg) -> Result<(), DealError> {
        let external_id = external_id(deal, leg);
        let asset = deal.terms.asset;
        let query = PayoutQuery {
            external_id,
            asset,
            task: leg.task.as_deref().map(TaskId::new),
        };
        let result = match self.gateway.payout_state(&query).await {
            PayoutState::Paid { txid } => {
                // The gateway's own word names the leg; the claim only tells the others.
                self.claim_tx(asset, &txid).await?;
                LegResult::Paid { tx: txid }
            }
            PayoutState::Pending { .. } => return Ok(()),
            PayoutState::NotFound | PayoutState::Failed { .. } | PayoutState::Unclear { .. } => {
                match self.find_in_wallet(deal, leg).await? {
                    Some(tx) if self.claim_tx(asset, &tx).await? => LegResult::Paid { tx },
                    _ => LegResult::Unclear,
                }
            }
        };
        self.report_leg(deal.id, leg.id.clone(), result).await
    }

    /// The transfer in the wallet's history that can only be this leg's: to its address, of its
    /// amount, and claimed by no other leg.
    async fn find_in_wallet(&self, deal: &Deal, leg: &Leg) -> Result<Option<String>, DealError> {
        let Some(destination) = leg.destination.as_ref() else {
            return Ok(None);
        };
        let asset = deal.terms.asset;
        let Ok(history) = self
            .gateway
            .wallet_history(asset, destination.as_str())
            .await
        else {
            return Ok(None);
        };
        let mut found = None;
        for sent in history {
            let fits = sent.amount == leg.net()
                && sent.destination.as_deref() == Some(destination.as_str());
            let is_free = fits
                && !self
                    .store
                    .inbox()
                    .is_applied(PAYOUT_TX, &tx_key(asset, &sent.txid))
                    .await?;
            if is_free && found.replace(sent.txid).is_some() {
                // Two that fit: a person has to tell which.
                return Ok(None);
            }
        }
        Ok(found)
    }

    /// Claims the transaction for a leg before the leg counts it, so that no other leg is taken
    /// for paid by the same transfer. False when another leg has it.
    async fn claim_tx(&self, asset: Asset, tx: &str) -> Result<bool, DealError> {
        let key = tx_key(asset, tx);
        let added = self
            .store
            .inbox()
            .mark_applied(PAYOUT_TX, &key, FOR_EVER)
            .await?;
        Ok(added == Added::Now)
    }
}

/// The consumer under which transactions of payouts are claimed.
const PAYOUT_TX: &str = "payout-tx";

/// The year 9999, as far as stores count.
const FOR_EVER: Timestamp = Timestamp::from_unix_ms(253_402_300_799_000);

fn tx_key(asset: Asset, tx: &str) -> String {
    format!("{}/{}/{tx}", asset.network(), asset.token())
}

const fn is_on_its_way(leg: &Leg) -> bool {
    matches!(leg.state, LegState::Sending | LegState::Unknown)
}
