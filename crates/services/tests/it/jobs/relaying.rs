//! A request hears how its deal ended, wherever the relay was cut off.

use std::sync::Arc;

use domain::Span;
use domain::deal::{Command, State};
use services::deals::ActOnDeal;
use services::jobs::Job;
use storage::Store;

use crate::failing_store::{Crash, FailingStore};
use crate::market::{Market, accept};

#[tokio::test]
async fn a_crash_after_the_last_event_does_not_keep_the_end_from_the_request() {
    let crash = Arc::new(Crash::default());
    let in_store = Arc::clone(&crash);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::crashing(store, in_store)) as _;
    let market = Market::over(|_| {}, wrap).await;
    let (sara, omid) = (market.buyer("sara").await, market.seller("omid").await);
    let request = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, request, "100").await;
    let shown = market.terms(&sara, request, offer).await;
    let deal = market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await
        .unwrap();
    market.run_job(Job::Relay, "a").await.unwrap();
    let order = ActOnDeal {
        deal,
        expected_version: None,
        key: Some(market.key()),
        step: Command::Cancel,
    };
    let cancelled = market.act_on_deal(&sara.actor(), order).await.unwrap().deal;
    assert_eq!(cancelled.state, State::Cancelled);

    crash.after_mark(cancelled.last_seq());
    tokio::select! {
        _ = market.run_job(Job::Relay, "a") => panic!("the relay survived"),
        () = crash.happened() => {}
    }
    market.advance(Span::minutes(5));
    market.run_job(Job::Relay, "b").await.unwrap().unwrap();
    let request = market.store().requests().find(request).await.unwrap();
    assert_eq!(request.unwrap().attempts[0].deal_state, State::Cancelled);
}
