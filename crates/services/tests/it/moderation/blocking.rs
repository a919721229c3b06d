//! People whom somebody wants nothing to do with.

use domain::request::Rejection;
use services::offers::MakeOffer;
use services::requests::SeenAs;

use crate::market::{Market, proposal};

#[tokio::test]
async fn whom_a_buyer_blocked_cannot_offer_and_hears_no_more_than_others() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let request = market.request(&buyer, "A camera").await;
    let (actor, other) = (buyer.actor(), seller.user.id);
    market.block_person(&actor, other).await.unwrap();
    market.block_person(&actor, other).await.unwrap();
    let view = market.view_request(&seller.actor(), request).await.unwrap();
    let SeenAs::Seller { may_offer, .. } = view.seen_as else {
        panic!("a seller sees it as one")
    };
    assert_eq!(may_offer, Err(Rejection::NotInvited));
    let make = MakeOffer {
        request,
        proposal: proposal("100"),
    };
    let refused = market
        .make_offer(&seller.actor(), make, &market.once())
        .await;
    assert_eq!(refused.unwrap_err().code(), Rejection::NotInvited.code());

    let blocked = market.list_blocked(&actor).await.unwrap();
    assert_eq!(blocked[0].name.as_deref(), Some("sara"));
    market.unblock_person(&actor, other).await.unwrap();
    market.offer(&seller, request, "100").await;
}

#[tokio::test]
async fn whom_a_seller_blocked_cannot_invite_and_hears_what_others_hear() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let request = market.request(&buyer, "A camera").await;
    market
        .block_person(&seller.actor(), buyer.user.id)
        .await
        .unwrap();
    let refused = market
        .invite_seller(&buyer.actor(), None, request, seller.user.id)
        .await;
    assert_eq!(refused.unwrap_err().code(), Rejection::NoSuchSeller.code());
}

#[tokio::test]
async fn an_offer_that_was_made_before_stays() {
    let market = Market::new().await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let request = market.request(&buyer, "A camera").await;
    let offer = market.offer(&seller, request, "100").await;
    market
        .block_person(&buyer.actor(), seller.user.id)
        .await
        .unwrap();
    let terms = market.terms(&buyer, request, offer).await;
    assert_eq!(terms.hindrance, None);
    let own = market.block_person(&buyer.actor(), buyer.user.id).await;
    assert!(own.is_err());
}
