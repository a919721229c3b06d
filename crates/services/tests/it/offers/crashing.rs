//! A crash between the acceptance and the deal.

use std::sync::Arc;

use domain::deal::State;
use services::Failure;
use services::offers::ShowTermsError;
use services::requests::{ChangeRequestError, Once};
use storage::Store;

use crate::failing_store::{FailingStore, Fuse};
use crate::market::{Market, accept};

/// A market whose store takes in no deals once the fuse is blown.
async fn market() -> (Market, Arc<Fuse>) {
    let fuse = Arc::new(Fuse::default());
    let its = Arc::clone(&fuse);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::fused(store, its)) as _;
    (Market::over(|_| {}, wrap).await, fuse)
}

#[tokio::test]
async fn the_relay_opens_the_deal_that_a_crash_left_out() {
    let (market, fuse) = market().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;

    fuse.blow_after(0);
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
    fuse.mend();
    market.relay().await;
    let opened = find().await.expect("the relay opens it");
    assert_eq!(
        (opened.state, opened.terms),
        (State::AwaitingPayment, shown.terms)
    );
}

#[tokio::test]
async fn the_buyer_who_tries_again_gets_the_same_deal() {
    let (market, fuse) = market().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    let once = Once::new(market.key(), "accept", &shown.hash);

    fuse.blow_after(0);
    let crashed = market
        .accept_offer(&sara.actor(), accept(&shown), &once)
        .await;
    crashed.unwrap_err();
    fuse.mend();
    let deal = market
        .accept_offer(&sara.actor(), accept(&shown), &once)
        .await
        .unwrap();
    let request = market.store().requests().find(id).await.unwrap().unwrap();
    assert_eq!(request.attempts.len(), 1);
    assert_eq!(request.attempts[0].deal, deal);
}
