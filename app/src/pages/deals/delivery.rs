//! Where the goods go: once the money is held, both sides see the same.

use domain::deal::Party;
use leptos::prelude::*;
use services::requests::DeliveryView;

use super::words::Words;
use crate::pages::requests::view::WholeDelivery;
use crate::pages::requests::words::place;

/// As much of it as the viewer may see, and what the other side sees.
pub(super) fn part(words: Words<'_>, delivery: &DeliveryView) -> impl IntoView + use<> {
    let t = words.t();
    let party = words.view.party();
    match delivery {
        DeliveryView::Whole(delivery) => {
            let hint = match party {
                Some(Party::Buyer) => t.deal_delivery_seen_by_seller(),
                _ => t.deal_delivery_for_this(),
            };
            let delivery = delivery.clone();
            view! {
                <div class="card stack tight delivery">
                    <WholeDelivery delivery/>
                    <p class="small-text muted">{hint}</p>
                </div>
            }
            .into_any()
        }
        DeliveryView::Place(town) => {
            let town = place(t, Some(town));
            view! {
                <div class="stack tight delivery">
                    <h3>{t.requests_address()}</h3>
                    <p dir="auto">{town}</p>
                    <p class="small-text muted">{t.deal_delivery_once_held()}</p>
                </div>
            }
            .into_any()
        }
        DeliveryView::Online => ().into_any(),
    }
}
