//! What each kind of viewer sees of a request.

use domain::Role;
use domain::deal::{Command, Context, DepositKey, Limits};
use domain::id::{DealId, IntentId};
use domain::request::RequestStatus;
use services::Actor;
use services::requests::{DeliveryView, SeenAs};

use crate::market::{Market, accept};

async fn delivery(market: &Market, actor: &Actor, id: domain::id::RequestId) -> DeliveryView {
    market.view_request(actor, id).await.unwrap().delivery
}

#[tokio::test]
async fn visitors_and_sellers_see_the_city_and_how_many_offers_there_are() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let id = market.request(&sara, "A camera").await;
    market.offer(&omid, id, "100").await;
    market.offer(&lale, id, "90").await;
    for viewer in [Actor::Visitor, omid.actor()] {
        let view = market.view_request(&viewer, id).await.unwrap();
        assert_eq!(view.offers, 2);
        assert!(
            matches!(view.delivery, DeliveryView::Place(_)),
            "{:?}",
            view.delivery
        );
    }
    let view = market.view_request(&omid.actor(), id).await.unwrap();
    let SeenAs::Seller {
        offer: Some(own), ..
    } = view.seen_as
    else {
        panic!("the seller's own offer is shown")
    };
    assert_eq!(own.offer.seller, omid.user.id, "and no rival's");
    assert!(matches!(
        delivery(&market, &sara.actor(), id).await,
        DeliveryView::Whole(_)
    ));
}

#[tokio::test]
async fn the_seller_learns_the_address_when_the_deal_is_paid() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    market.offer(&lale, id, "90").await;
    let shown = market.terms(&sara, id, offer).await;
    let deal = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await
        .unwrap();
    assert!(matches!(
        delivery(&market, &omid.actor(), id).await,
        DeliveryView::Place(_)
    ));

    pay(&market, deal).await;
    assert!(matches!(
        delivery(&market, &omid.actor(), id).await,
        DeliveryView::Whole(_)
    ));
    let loser = market.view_request(&lale.actor(), id).await.unwrap();
    assert!(matches!(loser.delivery, DeliveryView::Place(_)));
    let SeenAs::Seller {
        offer: None,
        ended,
        deal: None,
        ..
    } = loser.seen_as
    else {
        panic!("the other offer has ended")
    };
    assert_eq!(ended.len(), 1);
    assert_eq!(loser.status, RequestStatus::Processing);
    assert!(market.view_request(&Actor::Visitor, id).await.is_err());
    let admin = market.person("ada", &[Role::Admin]).await;
    assert!(market.view_request(&admin.actor(), id).await.is_ok());
}

/// Lets the whole price of a deal arrive, and its request hear of it.
async fn pay(market: &Market, id: DealId) {
    let deals = market.store().deals();
    let deal = deals.find(id).await.unwrap().unwrap();
    let limits = Limits {
        payout_auto: deal.price,
        payout_one_key: deal.price,
        ruling_alone: deal.price,
    };
    let context = Context {
        now: market.now(),
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    let paid = Command::DepositConfirmed {
        key: DepositKey::from_gateway("POLYGON-USDT", "tx", "address"),
        intent: IntentId::derived(&[]),
        units: deal.price,
    };
    let change = deal
        .decide(domain::deal::Actor::System, paid, &context)
        .unwrap();
    deals
        .commit(&change.deal, change.expected_version)
        .await
        .unwrap();
    for _ in 0..2 {
        market
            .follow_deal(&Actor::System, &change.deal)
            .await
            .unwrap();
    }
}
