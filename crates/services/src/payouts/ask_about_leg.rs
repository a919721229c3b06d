//! Asking what became of a leg that is being sent.

use domain::deal::{Deal, Leg, LegId, LegState};
use domain::id::DealId;

use super::send_legs::external_id;
use super::sending::Sent;
use crate::Services;
use crate::deals::DealError;

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
        let told = self.payment_told_of(&sent(&deal, leg, sending), tx).await?;
        let Some(result) = told else {
            // The next round asks about the latest sending again.
            return Ok(sending == leg.sends && is_on_its_way(leg.state));
        };
        self.report_leg(deal.id, leg.id.clone(), sending, result)
            .await?;
        Ok(true)
    }

    async fn ask(&self, deal: &Deal, leg: &Leg) -> Result<(), DealError> {
        let sending = leg.sends;
        match self.what_became_of(&sent(deal, leg, sending)).await? {
            Some(result) => {
                self.report_leg(deal.id, leg.id.clone(), sending, result)
                    .await
            }
            None => Ok(()),
        }
    }
}

fn sent<'a>(deal: &'a Deal, leg: &'a Leg, sending: u32) -> Sent<'a> {
    Sent {
        external_id: external_id(deal, leg, sending),
        asset: deal.terms.asset,
        task: leg.task.as_deref().filter(|_| sending == leg.sends),
        destination: leg.destination.as_ref(),
        net: leg.net(),
        title: deal.terms.goods.title.clone(),
    }
}

pub(super) const fn is_on_its_way(state: LegState) -> bool {
    matches!(state, LegState::Sending | LegState::Unknown)
}

const fn is_sending_of(leg: &Leg, sending: u32) -> bool {
    1 <= sending && sending <= leg.sends
}

fn is_known_payment(leg: &Leg, tx: &str) -> bool {
    leg.tx.iter().chain(&leg.other_txs).any(|known| known == tx)
}
