//! Where the goods of a deal go, as much as one of its parties may see.

use super::{DealError, DealView};
use crate::Services;
use crate::requests::DeliveryView;

impl Services {
    /// The whole address for the buyer, and for the seller once the deal is funded; city and
    /// country before. Nothing for staff, or when the request has no details any more.
    ///
    /// # Errors
    /// [`DealError`] when the store does not answer.
    pub async fn view_delivery(&self, view: &DealView) -> Result<Option<DeliveryView>, DealError> {
        let Some(party) = view.party() else {
            return Ok(None);
        };
        let request = self.store.requests().find(view.deal.request).await?;
        let person = view.deal.person(party);
        Ok(request.and_then(|request| {
            let delivery = &request.details()?.delivery;
            Some(if request.shows_address_in(&view.deal, person) {
                DeliveryView::Whole(delivery.clone())
            } else {
                DeliveryView::in_short(delivery)
            })
        }))
    }
}
