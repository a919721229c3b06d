//! Accepting an offer.

use domain::deal::State;
use domain::request::Rejection;
use domain::text::Line;
use domain::{Network, Role};
use services::offers::{AcceptOffer, ReviseOffer, ShowTermsError};
use services::requests::{ChangeRequestError, Once};

use crate::market::{Market, accept, proposal};

fn rejection<T: core::fmt::Debug>(result: Result<T, ShowTermsError>) -> Rejection {
    match result.unwrap_err() {
        ShowTermsError::Change(ChangeRequestError::Rejected(rejection)) => rejection,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn accepting_opens_the_deal_on_exactly_the_terms_that_were_shown() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    let once = Once::new(market.key(), "accept", &shown.hash);
    let deal = market
        .accept_offer(&sara.actor(), accept(&shown), &once)
        .await
        .unwrap();
    let stored = market.store().deals().find(deal).await.unwrap().unwrap();
    assert_eq!(stored.state, State::AwaitingPayment);
    assert_eq!(stored.terms, shown.terms);
    assert_eq!(
        (stored.request, stored.offer, stored.attempt),
        (id, offer, 1)
    );

    let again = market
        .accept_offer(&sara.actor(), accept(&shown), &once)
        .await
        .unwrap();
    assert_eq!(again, deal, "the same form once more");
    market.relay().await;
    let stored_again = market.store().deals().find(deal).await.unwrap().unwrap();
    assert_eq!(stored_again, stored, "the relay opens no second deal");
}

#[tokio::test]
async fn an_offer_that_changed_or_went_is_not_accepted() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    let revise = ReviseOffer {
        request: id,
        offer,
        version: 1,
        proposal: proposal("130"),
    };
    market
        .revise_offer(&omid.actor(), revise, &market.once())
        .await
        .unwrap();
    let refused = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await;
    assert_eq!(rejection(refused), Rejection::OfferChanged);
    let sly = AcceptOffer {
        version: 2,
        ..accept(&shown)
    };
    let refused = market
        .accept_offer(&sara.actor(), sly, &market.once())
        .await;
    assert_eq!(rejection(refused), Rejection::TermsChanged);
    let shown = market.terms(&sara, id, offer).await;
    let other_network = AcceptOffer {
        network: Network::Bsc,
        ..accept(&shown)
    };
    let refused = market
        .accept_offer(&sara.actor(), other_network, &market.once())
        .await;
    assert_eq!(rejection(refused), Rejection::TermsChanged);
    market
        .withdraw_offer(&omid.actor(), id, offer, &market.once())
        .await
        .unwrap();
    let refused = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await;
    assert_eq!(rejection(refused), Rejection::NoSuchOffer);
}

#[tokio::test]
async fn only_the_buyer_accepts() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    let refused = market
        .accept_offer(&omid.actor(), accept(&shown), &market.once())
        .await;
    assert!(matches!(
        refused,
        Err(ShowTermsError::Change(ChangeRequestError::NotFound))
    ));
}

#[tokio::test]
async fn the_offer_of_a_suspended_seller_is_not_accepted() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let admin = market.person("ada", &[Role::Admin]).await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    let reason = Line::new("Sold the same camera twice").unwrap();
    market
        .suspend_user(&admin.actor(), omid.user.id, reason)
        .await
        .unwrap();
    let refused = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await;
    assert!(matches!(refused, Err(ShowTermsError::SellerUnavailable)));
}

#[tokio::test]
async fn the_seller_is_told_once_and_not_to_ship_yet() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    market.relay().await;
    market.mails().await;
    let shown = market.terms(&sara, id, offer).await;
    market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await
        .unwrap();
    market.relay().await;
    market.relay().await;
    let mail = market.only_mail().await;
    assert_eq!(mail.subject, "Your offer was accepted");
    assert!(mail.text.contains("Do not ship yet"));
}
