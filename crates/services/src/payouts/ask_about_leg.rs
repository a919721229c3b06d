//! Asking what became of a leg that is being sent. "Not found" and "failed" are no answers: the
//! gateway pays before it writes. Only a transfer that is seen settles a leg.

use domain::deal::{Deal, Destination, Leg, LegId, LegResult, LegState};
use domain::id::DealId;
use domain::{Asset, Timestamp, Units};
use storage::Added;

use super::send_legs::external_id;
use crate::Services;
use crate::deals::DealError;
use crate::ports::gateway::{ExternalId, PayoutQuery, PayoutState, TaskId};

/// One sending of a payout, as the gateway is asked about it.
pub(super) struct Sent<'a> {
    pub(super) external_id: ExternalId,
    pub(super) asset: Asset,
    pub(super) task: Option<&'a str>,
    pub(super) destination: Option<&'a Destination>,
    pub(super) net: Units,
}

impl Services {
    /// Asks about every leg of a deal that is on its way. One whose sender the gateway may still be
    /// answering is left alone: that it is not found yet would mean nothing.
    pub(crate) async fn ask_about_legs(&self, id: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        let now = self.now();
        let asked = |leg: &&Leg| is_on_its_way(leg) && !leg.awaits_answer(now);
        for leg in deal.legs.iter().filter(asked) {
            self.ask(&deal, leg).await?;
        }
        Ok(())
    }

    /// Looks for the payment that a callback tells of: this sending of the leg, by this
    /// transaction. The callback's word is not enough: the gateway's record or its wallet has to
    /// show it. False when there is no such sending, or when neither shows what nobody asks about
    /// any more: then a person has to look.
    pub(crate) async fn ask_about_sending(
        &self,
        id: DealId,
        leg: &LegId,
        sending: u32,
        tx: &str,
    ) -> Result<bool, DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(false);
        };
        let Some(leg) = deal.leg(leg).filter(|leg| is_sending_of(leg, sending)) else {
            return Ok(false);
        };
        if is_known_payment(leg, tx) {
            return Ok(true);
        }
        let sent = sent(&deal, leg, sending);
        let Some(tx) = self.payment_told_of(&sent, tx).await? else {
            // The next round asks about the latest sending again.
            return Ok(sending == leg.sends && is_on_its_way(leg));
        };
        let paid = LegResult::Paid { tx };
        self.report_leg(deal.id, leg.id.clone(), sending, paid)
            .await?;
        Ok(true)
    }

    async fn ask(&self, deal: &Deal, leg: &Leg) -> Result<(), DealError> {
        let sent = sent(deal, leg, leg.sends);
        match self.what_became_of(&sent).await? {
            Some(result) => {
                self.report_leg(deal.id, leg.id.clone(), leg.sends, result)
                    .await
            }
            None => Ok(()),
        }
    }

    /// What became of a sending; none while the gateway is at it.
    pub(super) async fn what_became_of(
        &self,
        sent: &Sent<'_>,
    ) -> Result<Option<LegResult>, DealError> {
        Ok(match self.payout_state(sent).await {
            PayoutState::Paid { txid } => {
                // The gateway's own word names the payout; the claim only tells the others.
                self.claim_tx(sent.asset, &txid).await?;
                Some(LegResult::Paid { tx: txid })
            }
            PayoutState::Pending { .. } => None,
            PayoutState::NotFound | PayoutState::Failed { .. } | PayoutState::Unclear { .. } => {
                Some(match self.find_in_wallet(sent).await? {
                    Some(tx) if self.claim_tx(sent.asset, &tx).await? => LegResult::Paid { tx },
                    _ => LegResult::Unclear,
                })
            }
        })
    }

    /// The transaction of a sending of which a callback tells that this was it; none when neither
    /// the gateway's record nor its wallet shows it.
    pub(super) async fn payment_told_of(
        &self,
        sent: &Sent<'_>,
        tx: &str,
    ) -> Result<Option<String>, DealError> {
        Ok(match self.payout_state(sent).await {
            PayoutState::Paid { txid } => {
                self.claim_tx(sent.asset, &txid).await?;
                Some(txid)
            }
            _ if self.left_wallet(sent, tx).await && self.claim_tx(sent.asset, tx).await? => {
                Some(tx.to_owned())
            }
            _ => None,
        })
    }

    pub(super) async fn payout_state(&self, sent: &Sent<'_>) -> PayoutState {
        let query = PayoutQuery {
            external_id: sent.external_id.clone(),
            asset: sent.asset,
            task: sent.task.map(TaskId::new),
        };
        self.gateway.payout_state(&query).await
    }

    /// Whether the wallet's history shows a transfer that can be this payout, under this name.
    async fn left_wallet(&self, what: &Sent<'_>, tx: &str) -> bool {
        let Some(to) = what.destination.map(Destination::as_str) else {
            return false;
        };
        let history = self.gateway.wallet_history(what.asset, to).await;
        history.unwrap_or_default().iter().any(|sent| {
            let may_be_theirs = sent.destination.as_deref().is_none_or(|there| there == to);
            sent.txid == tx && sent.amount == what.net && may_be_theirs
        })
    }

    /// The transfer in the wallet's history that can only be this one: to its address, of its
    /// amount, and claimed by no other.
    async fn find_in_wallet(&self, what: &Sent<'_>) -> Result<Option<String>, DealError> {
        let Some(destination) = what.destination else {
            return Ok(None);
        };
        let asset = what.asset;
        let Ok(history) = self
            .gateway
            .wallet_history(asset, destination.as_str())
            .await
        else {
            return Ok(None);
        };
        let mut found = None;
        for sent in history {
            let fits = sent.amount == what.net
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

fn sent<'a>(deal: &Deal, leg: &'a Leg, sending: u32) -> Sent<'a> {
    Sent {
        external_id: external_id(deal, leg, sending),
        asset: deal.terms.asset,
        task: leg.task.as_deref().filter(|_| sending == leg.sends),
        destination: leg.destination.as_ref(),
        net: leg.net(),
    }
}

const fn is_on_its_way(leg: &Leg) -> bool {
    matches!(leg.state, LegState::Sending | LegState::Unknown)
}

const fn is_sending_of(leg: &Leg, sending: u32) -> bool {
    1 <= sending && sending <= leg.sends
}

fn is_known_payment(leg: &Leg, tx: &str) -> bool {
    leg.tx.iter().chain(&leg.other_txs).any(|known| known == tx)
}
