//! What became of one sending of a payout. "Not found" and "failed" are no answers: the gateway
//! pays before it writes. Only a transfer that is seen settles a payout.
//!
//! A transaction is claimed for a sending before its payout counts it. A crash between the two is
//! mended by the next question: the claim is found again by its owner.

use domain::deal::{Destination, LegResult, LegState};
use domain::joint::JointState;
use domain::{Asset, Units};
use storage::{Claimed, Desk, StoreError};

use super::ask_about_leg::is_on_its_way;
use crate::Services;
use crate::deals::DealError;
use crate::notifications::Message;
use crate::paging::Pages;
use crate::ports::gateway::{ExternalId, PayoutQuery, PayoutState, SentTransfer, TaskId};

/// One sending of a leg or of a joint payout, as the gateway is asked about it.
pub(super) struct Sent<'a> {
    pub(super) external_id: ExternalId,
    pub(super) asset: Asset,
    pub(super) task: Option<&'a str>,
    pub(super) destination: Option<&'a Destination>,
    pub(super) net: Units,
    /// What admins are told it was.
    pub(super) title: String,
}

impl Services {
    /// What became of it; none while the gateway is at it.
    pub(super) async fn what_became_of(
        &self,
        sent: &Sent<'_>,
    ) -> Result<Option<LegResult>, DealError> {
        let seen = match self.payout_state(sent).await {
            PayoutState::Paid { txid } => Some(txid),
            PayoutState::Pending { .. } => return Ok(None),
            PayoutState::NotFound | PayoutState::Failed { .. } | PayoutState::Unclear { .. } => {
                self.find_in_wallet(sent).await?
            }
        };
        Ok(Some(match seen {
            Some(tx) => self.counted(sent, tx).await?,
            None => LegResult::Unclear,
        }))
    }

    /// What became of it when a callback tells that this transaction paid it; none when neither
    /// the gateway's record nor its wallet shows it.
    pub(super) async fn payment_told_of(
        &self,
        sent: &Sent<'_>,
        tx: &str,
    ) -> Result<Option<LegResult>, DealError> {
        let tx = match self.payout_state(sent).await {
            PayoutState::Paid { txid } => txid,
            _ if self.left_wallet(sent, tx).await => tx.to_owned(),
            _ => return Ok(None),
        };
        Ok(Some(self.counted(sent, tx).await?))
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

    /// What a transaction that was seen means for the payout: paid, unless it has paid another.
    async fn counted(&self, sent: &Sent<'_>, tx: String) -> Result<LegResult, DealError> {
        if self.claim_tx(sent, &tx).await? {
            return Ok(LegResult::Paid { tx });
        }
        self.tell_of_conflict(sent, tx).await?;
        Ok(LegResult::Unclear)
    }

    /// The transfer in the wallet's history that can only be this one: to its address, of its
    /// amount, claimed by no other, and no other payout under way that it may be of.
    async fn find_in_wallet(&self, what: &Sent<'_>) -> Result<Option<String>, DealError> {
        let Some(destination) = what.destination else {
            return Ok(None);
        };
        let asset = what.asset;
        let history = self.gateway.wallet_history(asset, destination.as_str());
        let Ok(history) = history.await else {
            return Ok(None);
        };
        let fits = |sent: &SentTransfer| {
            sent.amount == what.net && sent.destination.as_deref() == Some(destination.as_str())
        };
        let mut free = Vec::new();
        for sent in history.into_iter().filter(fits) {
            let key = tx_key(asset, &sent.txid);
            match self.store.payout_txs().find_owner(&key).await? {
                // Claimed before a crash, and not counted yet.
                Some(owner) if owner == what.external_id.as_str() => return Ok(Some(sent.txid)),
                Some(_) => {}
                None => free.push(sent.txid),
            }
        }
        // Two that fit, or two payouts that one may be of: a person has to tell which. The others
        // are looked for after the history was read: whoever sends later is not in it.
        match free.as_slice() {
            [only] if !self.has_rival(what).await? => Ok(Some(only.clone())),
            _ => Ok(None),
        }
    }

    /// Whether another payout under way pays the same sum of the same asset to the same address.
    async fn has_rival(&self, what: &Sent<'_>) -> Result<bool, StoreError> {
        Ok(self.has_rival_leg(what).await? || self.has_rival_joint(what).await?)
    }

    async fn has_rival_leg(&self, what: &Sent<'_>) -> Result<bool, StoreError> {
        let own = what.external_id.leg().map(|(deal, leg, _)| (deal, leg));
        for state in [LegState::Sending, LegState::Unknown] {
            let (deals, desk) = (self.store.deals(), Desk::WithLeg(state));
            let mut pages = Pages::first();
            while let Some(read) = pages.next(|page| deals.list_on_desk(desk, page)).await? {
                let mut legs = read.iter().flat_map(|other| {
                    let same_asset = other.asset == what.asset;
                    let legs = other.legs.iter().filter(move |_| same_asset);
                    legs.map(|rival| (other.id, rival))
                });
                let is_rival = legs.any(|(id, rival)| {
                    own.as_ref() != Some(&(id, rival.id.clone()))
                        && is_on_its_way(rival.state)
                        && rival.net == what.net
                        && rival.destination.as_ref() == what.destination
                });
                if is_rival {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    async fn has_rival_joint(&self, what: &Sent<'_>) -> Result<bool, StoreError> {
        let own = what.external_id.joint().map(|(joint, _)| joint);
        for state in [JointState::Sending, JointState::Unknown] {
            let joints = self.store.joint_payouts();
            let mut pages = Pages::first();
            while let Some(read) = pages.next(|page| joints.list_in(state, page)).await? {
                let is_rival = read.iter().any(|rival| {
                    own != Some(rival.id)
                        && rival.asset == what.asset
                        && rival.net == what.net
                        && Some(&rival.destination) == what.destination
                });
                if is_rival {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Claims the transaction for a sending before its payout counts it, so that no other is taken
    /// for paid by the same transfer. False when another has it.
    async fn claim_tx(&self, sent: &Sent<'_>, tx: &str) -> Result<bool, StoreError> {
        let (txs, sending) = (self.store.payout_txs(), sent.external_id.as_str());
        let claimed = txs.claim(&tx_key(sent.asset, tx), sending).await?;
        Ok(match claimed {
            Claimed::Now => true,
            Claimed::Before(owner) => owner == sending,
        })
    }

    /// One transfer cannot have paid two payouts: people have to look, each is told once.
    async fn tell_of_conflict(&self, sent: &Sent<'_>, tx: String) -> Result<(), DealError> {
        let sending = &sent.external_id;
        tracing::error!(%sending, %tx, "a transaction is claimed by another payout");
        let event = format!("payout:{sending}:{tx}");
        let title = sent.title.clone();
        let message = Message::PayoutNotCounted { title, tx };
        match sending.leg() {
            Some((deal, ..)) => self.tell_admins_of_deal(deal, &event, message).await?,
            None => self.tell_admins(&event, message).await?,
        }
        Ok(())
    }
}

/// What a transaction is claimed by.
pub(crate) fn tx_key(asset: Asset, tx: &str) -> String {
    format!("{}/{}/{tx}", asset.network(), asset.token())
}
