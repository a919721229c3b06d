//! A deal that is shown to somebody, who has then seen it.

use domain::deal::{Command, Party, State};
use domain::id::DealId;

use super::{ActOnDeal, DealError, DealView};
use crate::Services;
use crate::actor::Actor;

impl Services {
    /// As [`view_deal`](Self::view_deal); a delivery without a code counts as seen once its buyer
    /// was shown the deal.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn look_at_deal(&self, actor: &Actor, id: DealId) -> Result<DealView, DealError> {
        let view = self.view_deal(actor, id).await?;
        if !is_news_to_buyer(&view) {
            return Ok(view);
        }
        let seeing = ActOnDeal {
            deal: id,
            expected_version: None,
            key: None,
            step: Command::SeeDelivery,
        };
        match self.act_on_deal(actor, seeing).await {
            // The state has moved on meanwhile: there is nothing left to see.
            Ok(_) | Err(DealError::Rejected(_)) => {}
            Err(error) => return Err(error),
        }
        self.view_deal(actor, id).await
    }
}

fn is_news_to_buyer(view: &DealView) -> bool {
    let inspection = view.deal.inspection;
    let unseen = inspection.is_some_and(|inspection| !inspection.seen);
    view.party() == Some(Party::Buyer) && view.deal.state == State::Inspection && unseen
}
