//! Changing and calling off.

use domain::digest::Digest;
use domain::request::{Rejection, RequestStatus};
use domain::text::Line;
use services::requests::{ChangeRequestError, EditRequest, Once};

use crate::market::Market;

#[tokio::test]
async fn two_tabs_do_not_overwrite_each_other() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let id = market.request(&sara, "A camera").await;
    let seen = market.details("A camera");
    let edit = |title: &str| {
        let mut details = seen.clone();
        details.what.title = Line::new(title).unwrap();
        EditRequest {
            id,
            seen: Digest::of_value(&seen),
            details,
        }
    };
    let actor = sara.actor();
    market
        .edit_request(&actor, edit("A lens"), &market.once())
        .await
        .unwrap();
    let other_tab = market
        .edit_request(&actor, edit("A bag"), &market.once())
        .await;
    assert!(matches!(
        other_tab,
        Err(ChangeRequestError::Rejected(Rejection::RequestChanged))
    ));
    let view = market.view_request(&actor, id).await.unwrap();
    assert_eq!(view.what.title.as_str(), "A lens");
}

#[tokio::test]
async fn sellers_are_told_that_a_request_changed() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    market.offer(&omid, id, "100").await;
    let seen = market.details("A camera");
    let mut details = seen.clone();
    details.what.quantity = 2;
    let edit = EditRequest {
        id,
        seen: Digest::of_value(&seen),
        details,
    };
    market
        .edit_request(&sara.actor(), edit, &market.once())
        .await
        .unwrap();
    assert_eq!(
        market.heard(&omid).await,
        ["A request you offered on changed"]
    );
}

#[tokio::test]
async fn a_key_used_for_something_else_is_refused() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let id = market.request(&sara, "A camera").await;
    let key = market.key();
    let cancel = Once::new(key.clone(), "cancel", &id);
    let cancelled = market
        .cancel_request(&sara.actor(), id, &cancel)
        .await
        .unwrap();
    assert_eq!(cancelled.status(), RequestStatus::Cancelled);
    let publish = Once::new(key, "publish", &id);
    let reused = market.publish_request(&sara.actor(), id, &publish).await;
    assert!(matches!(reused, Err(ChangeRequestError::KeyReused)));
}
