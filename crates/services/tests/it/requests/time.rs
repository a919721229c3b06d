//! What time does to requests.

use domain::Span;
use domain::request::RequestStatus;
use services::Actor;
use services::offers::MakeOffer;
use storage::{Browse, Limit, PageRequest};

use crate::market::{Market, proposal};

#[tokio::test]
async fn offers_expire_and_their_sellers_hear_of_it() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let mut short = proposal("100");
    short.valid_until = Some(market.now().plus(Span::days(1)));
    let make = MakeOffer {
        request: id,
        proposal: short,
    };
    market
        .make_offer(&omid.actor(), make, &market.once())
        .await
        .unwrap();
    assert_eq!(
        market
            .tick_requests(&Actor::System, Limit::MAX)
            .await
            .unwrap(),
        0
    );
    market.advance(Span::days(1));
    assert_eq!(
        market
            .tick_requests(&Actor::System, Limit::MAX)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        market
            .tick_requests(&Actor::System, Limit::MAX)
            .await
            .unwrap(),
        0
    );
    assert_eq!(market.heard(&omid).await, ["Your offer expired"]);
}

#[tokio::test]
async fn a_request_that_takes_no_more_offers_leaves_the_list_and_its_buyer_is_told() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let id = market.request(&sara, "A camera").await;
    market.relay().await;
    market.advance(Span::days(14));
    market
        .tick_requests(&Actor::System, Limit::MAX)
        .await
        .unwrap();
    let page = PageRequest::first(Limit::MAX);
    let found = market
        .browse_requests(&Actor::Visitor, &Browse::default(), page)
        .await
        .unwrap();
    assert_eq!(found.items, []);
    let view = market.view_request(&Actor::Visitor, id).await.unwrap();
    assert_eq!(view.status, RequestStatus::Active);
    assert!(view.takes_offers.is_err());
    assert_eq!(market.heard(&sara).await, ["No more offers"]);
}
