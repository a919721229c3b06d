//! Asking what became of a leg that is being sent. "Not found" and "failed" are no answers: the
//! gateway pays before it writes. Only a transfer that is seen settles a leg.
//!
//! A transaction is claimed for a sending before its leg counts it. A crash between the two is
//! mended by the next question: the claim is found again by its owner.

use domain::Asset;
use domain::deal::{Deal, Destination, Leg, LegId, LegResult, LegState};
use domain::id::DealId;
use storage::{Claimed, Desk, Limit, PageRequest, StoreError};

use super::send_legs::external_id;
use crate::Services;
use crate::deals::DealError;
use crate::notifications::Message;
use crate::ports::gateway::{ExternalId, PayoutQuery, PayoutState, SentTransfer, TaskId};

impl Services {
    /// Asks about every leg of a deal that is on its way. One whose sender the gateway may still be
    /// answering is left alone: that it is not found yet would mean nothing.
    pub(crate) async fn ask_about_legs(&self, id: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        let now = self.now();
        let asked = |leg: &&Leg| is_on_its_way(leg.state) && !leg.awaits_answer(now);
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
        let tx = match self.payout_state(&deal, leg, sending).await {
            PayoutState::Paid { txid } => txid,
            _ if self.left_wallet(&deal, leg, tx).await => tx.to_owned(),
            // The next round asks about the latest sending again.
            _ => return Ok(sending == leg.sends && is_on_its_way(leg.state)),
        };
        let result = self.counted(&deal, leg, sending, tx).await?;
        self.report_leg(deal.id, leg.id.clone(), sending, result)
            .await?;
        Ok(true)
    }

    async fn ask(&self, deal: &Deal, leg: &Leg) -> Result<(), DealError> {
        let sending = leg.sends;
        let seen = match self.payout_state(deal, leg, sending).await {
            PayoutState::Paid { txid } => Some(txid),
            PayoutState::Pending { .. } => return Ok(()),
            PayoutState::NotFound | PayoutState::Failed { .. } | PayoutState::Unclear { .. } => {
                let name = external_id(deal, leg, sending);
                self.find_in_wallet(deal, leg, &name).await?
            }
        };
        let result = match seen {
            Some(tx) => self.counted(deal, leg, sending, tx).await?,
            None => LegResult::Unclear,
        };
        self.report_leg(deal.id, leg.id.clone(), sending, result)
            .await
    }

    async fn payout_state(&self, deal: &Deal, leg: &Leg, sending: u32) -> PayoutState {
        let task = leg.task.as_deref().filter(|_| sending == leg.sends);
        let query = PayoutQuery {
            external_id: external_id(deal, leg, sending),
            asset: deal.terms.asset,
            task: task.map(TaskId::new),
        };
        self.gateway.payout_state(&query).await
    }

    /// Whether the wallet's history shows a transfer that can be this payout, under this name.
    async fn left_wallet(&self, deal: &Deal, leg: &Leg, tx: &str) -> bool {
        let Some(to) = leg.destination.as_ref().map(Destination::as_str) else {
            return false;
        };
        let history = self.gateway.wallet_history(deal.terms.asset, to).await;
        history.unwrap_or_default().iter().any(|sent| {
            let may_be_theirs = sent.destination.as_deref().is_none_or(|there| there == to);
            sent.txid == tx && sent.amount == leg.net() && may_be_theirs
        })
    }

    /// What a transaction that was seen means for the leg: paid, unless it has paid another.
    async fn counted(
        &self,
        deal: &Deal,
        leg: &Leg,
        sending: u32,
        tx: String,
    ) -> Result<LegResult, DealError> {
        let name = external_id(deal, leg, sending);
        if self.claim_tx(deal.terms.asset, &tx, &name).await? {
            return Ok(LegResult::Paid { tx });
        }
        self.tell_of_conflict(deal, &name, tx).await?;
        Ok(LegResult::Unclear)
    }

    /// The transfer in the wallet's history that can only be this leg's: to its address, of its
    /// amount, claimed by no other leg, and no other leg under way that it may be of.
    async fn find_in_wallet(
        &self,
        deal: &Deal,
        leg: &Leg,
        sending: &ExternalId,
    ) -> Result<Option<String>, DealError> {
        let Some(destination) = leg.destination.as_ref() else {
            return Ok(None);
        };
        let asset = deal.terms.asset;
        let history = self.gateway.wallet_history(asset, destination.as_str());
        let Ok(history) = history.await else {
            return Ok(None);
        };
        let fits = |sent: &SentTransfer| {
            sent.amount == leg.net() && sent.destination.as_deref() == Some(destination.as_str())
        };
        let mut free = Vec::new();
        for sent in history.into_iter().filter(fits) {
            let key = tx_key(asset, &sent.txid);
            match self.store.payout_txs().find_owner(&key).await? {
                // Claimed before a crash, and not counted yet.
                Some(owner) if owner == sending.as_str() => return Ok(Some(sent.txid)),
                Some(_) => {}
                None => free.push(sent.txid),
            }
        }
        // Two that fit, or two legs that one may be of: a person has to tell which. The others are
        // looked for after the history was read: whoever sends later is not in it.
        match free.as_slice() {
            [only] if !self.has_rival(deal, leg).await? => Ok(Some(only.clone())),
            _ => Ok(None),
        }
    }

    /// Whether another leg under way pays the same sum of the same asset to the same address.
    async fn has_rival(&self, deal: &Deal, leg: &Leg) -> Result<bool, StoreError> {
        for state in [LegState::Sending, LegState::Unknown] {
            let mut page = PageRequest::first(Limit::MAX);
            loop {
                let deals = self.store.deals();
                let read = deals.list_on_desk(Desk::WithLeg(state), page).await?;
                let mut legs = read.items.iter().flat_map(|other| {
                    let same_asset = other.asset == deal.terms.asset;
                    let legs = other.legs.iter().filter(move |_| same_asset);
                    legs.map(|rival| (other.id, rival))
                });
                let is_rival = legs.any(|(id, rival)| {
                    (id, &rival.id) != (deal.id, &leg.id)
                        && is_on_its_way(rival.state)
                        && rival.net == leg.net()
                        && rival.destination == leg.destination
                });
                if is_rival {
                    return Ok(true);
                }
                match read.next {
                    Some(cursor) => page = PageRequest::after(cursor, Limit::MAX),
                    None => break,
                }
            }
        }
        Ok(false)
    }

    /// Claims the transaction for a sending before its leg counts it, so that no other leg is
    /// taken for paid by the same transfer. False when another has it.
    async fn claim_tx(
        &self,
        asset: Asset,
        tx: &str,
        sending: &ExternalId,
    ) -> Result<bool, StoreError> {
        let txs = self.store.payout_txs();
        let claimed = txs.claim(&tx_key(asset, tx), sending.as_str()).await?;
        Ok(match claimed {
            Claimed::Now => true,
            Claimed::Before(owner) => owner == sending.as_str(),
        })
    }

    /// One transfer cannot have paid two legs: people have to look, each is told once.
    async fn tell_of_conflict(
        &self,
        deal: &Deal,
        sending: &ExternalId,
        tx: String,
    ) -> Result<(), DealError> {
        tracing::error!(%sending, %tx, "a transaction is claimed by another payout");
        let event = format!("payout:{sending}:{tx}");
        let title = deal.terms.goods.title.clone();
        let message = Message::PayoutNotCounted { title, tx };
        Ok(self.tell_admins_of_deal(deal.id, &event, message).await?)
    }
}

fn tx_key(asset: Asset, tx: &str) -> String {
    format!("{}/{}/{tx}", asset.network(), asset.token())
}

const fn is_on_its_way(state: LegState) -> bool {
    matches!(state, LegState::Sending | LegState::Unknown)
}

const fn is_sending_of(leg: &Leg, sending: u32) -> bool {
    1 <= sending && sending <= leg.sends
}

fn is_known_payment(leg: &Leg, tx: &str) -> bool {
    leg.tx.iter().chain(&leg.other_txs).any(|known| known == tx)
}
