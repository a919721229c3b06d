//! What can be seen of a payout of which it is unclear whether it left.

use domain::deal::{LegId, LegState, TwoKeyAction};
use domain::id::DealId;
use domain::policy::Action;
use domain::{Timestamp, Units};

use super::review_payout::ReviewPayoutError;
use super::send_legs::external_id;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::ports::gateway::{GatewayError, PayoutQuery, PayoutState, SentTransfer, TaskId};

/// What is seen now of an unclear payout. None of it is proof that the money did not leave.
#[derive(Debug, Clone)]
pub struct UnclearPayout {
    /// What the gateway says when it is asked by the payout's name.
    pub gateway: PayoutState,
    /// What left the wallet for this address, as far as its history goes.
    pub sent: Result<Vec<SentTransfer>, GatewayError>,
    /// What would have to be seen, in base units.
    pub net: Units,
    /// When sending was begun last.
    pub sending_since: Option<Timestamp>,
    /// How often it was sent.
    pub sends: u32,
    /// Who has said that it never left.
    pub first_key: Option<String>,
    /// Whether that was the caller.
    pub is_own_key: bool,
}

impl Services {
    /// Asks the gateway anew about an unclear payout, without changing anything.
    ///
    /// # Errors
    /// [`ReviewPayoutError::NotFound`] when the payout is not unclear.
    pub async fn inspect_payout(
        &self,
        actor: &Actor,
        deal: DealId,
        leg: &LegId,
    ) -> Result<UnclearPayout, ReviewPayoutError> {
        let person = actor.person_who_may(Action::ClearUnknownPayout);
        let person = person.map_err(Failure::from)?;
        let deal = self.store.deals().find(deal).await?;
        let deal = deal.ok_or(ReviewPayoutError::NotFound)?;
        let leg = deal
            .leg(leg)
            .filter(|leg| leg.state == LegState::Unknown)
            .ok_or(ReviewPayoutError::NotFound)?;
        let asset = deal.terms.asset;
        let query = PayoutQuery {
            external_id: external_id(&deal, leg, leg.sends),
            asset,
            task: leg.task.as_deref().map(TaskId::new),
        };
        let sent = match &leg.destination {
            Some(to) => self.gateway.wallet_history(asset, to.as_str()).await,
            None => Ok(Vec::new()),
        };
        let begun = deal.events.iter().rev().find(|event| {
            matches!(&event.body, domain::deal::EventBody::LegSending { leg: id } if *id == leg.id)
        });
        let resend = TwoKeyAction::Resend {
            leg: leg.id.clone(),
        };
        let key = deal.keys.iter().find(|key| key.action == resend);
        let first_key = match key {
            Some(key) => {
                let user = self.store.users().find(key.by).await?;
                Some(user.map_or_else(String::new, |user| user.display_name()))
            }
            None => None,
        };
        Ok(UnclearPayout {
            gateway: self.gateway.payout_state(&query).await,
            sent,
            net: leg.net(),
            sending_since: begun.map(|event| event.at),
            sends: leg.sends,
            first_key,
            is_own_key: key.is_some_and(|key| key.by == person.id),
        })
    }
}
