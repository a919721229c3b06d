//! A crash between the acceptance and the deal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::deal::State;
use services::Failure;
use services::offers::ShowTermsError;
use services::requests::{ChangeRequestError, Once};
use storage::Store;

use crate::failing_store::FailingStore;
use crate::market::{Market, accept};

/// A market whose store takes in no deals while the switch is on.
async fn market() -> (Market, Arc<AtomicBool>) {
    let broken = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&broken);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::new(store, switch)) as _;
    (Market::over(|_| {}, wrap).await, broken)
}

#[tokio::test]
async fn the_relay_opens_the_deal_that_a_crash_left_out() {
    let (market, broken) = market().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;

    broken.store(true, Ordering::SeqCst);
    let crashed = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await;
    assert!(matches!(
        crashed,
        Err(ShowTermsError::Change(ChangeRequestError::Failed(
            Failure::Store(_)
        )))
    ));
    let request = market.store().requests().find(id).await.unwrap().unwrap();
    let deal = request.attempts[0].deal;
    let find = || async { market.store().deals().find(deal).await.unwrap() };
    assert_eq!(
        find().await,
        None,
        "the request is committed, the deal is not there"
    );

    let relayed = market
        .relay_requests(&services::Actor::System, storage::Limit::MAX)
        .await;
    assert!(
        relayed.is_err(),
        "still broken: nothing is marked as relayed"
    );
    broken.store(false, Ordering::SeqCst);
    market.relay().await;
    let opened = find().await.expect("the relay opens it");
    assert_eq!(
        (opened.state, opened.terms),
        (State::AwaitingPayment, shown.terms)
    );
}

#[tokio::test]
async fn the_buyer_who_tries_again_gets_the_same_deal() {
    let (market, broken) = market().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    let once = Once::new(market.key(), "accept", &shown.hash);

    broken.store(true, Ordering::SeqCst);
    let crashed = market
        .accept_offer(&sara.actor(), accept(&shown), &once)
        .await;
    crashed.unwrap_err();
    broken.store(false, Ordering::SeqCst);
    let deal = market
        .accept_offer(&sara.actor(), accept(&shown), &once)
        .await
        .unwrap();
    let request = market.store().requests().find(id).await.unwrap().unwrap();
    assert_eq!(request.attempts.len(), 1);
    assert_eq!(request.attempts[0].deal, deal);
}
