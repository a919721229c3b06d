//! One switch stops every payout, and whoever lifts a stop has seen it.

use std::sync::Arc;

use super::{id, noon_plus, together};
use crate::{Added, PayoutStop, StoppedBy, Store};

fn stop(minute: u32) -> PayoutStop {
    PayoutStop {
        at: noon_plus(minute),
        by: StoppedBy::Admin(id!(UserId, 1)),
        reason: "A drill".into(),
    }
}

pub(crate) async fn the_first_stop_stands(store: Arc<dyn Store>) {
    let switch = store.payout_switch();
    assert_eq!(switch.find().await.unwrap(), None);
    assert_eq!(switch.stop(&stop(1)).await.unwrap(), Added::Now);
    let by_itself = PayoutStop {
        by: StoppedBy::Reconciliation,
        ..stop(2)
    };
    assert_eq!(switch.stop(&by_itself).await.unwrap(), Added::Before);
    assert_eq!(switch.find().await.unwrap(), Some(stop(1)));
}

pub(crate) async fn only_the_stop_that_was_seen_is_lifted(store: Arc<dyn Store>) {
    let switch = store.payout_switch();
    switch.stop(&stop(1)).await.unwrap();
    assert!(!switch.lift(noon_plus(2)).await.unwrap());
    assert!(switch.lift(noon_plus(1)).await.unwrap());
    assert_eq!(switch.find().await.unwrap(), None);
    assert!(!switch.lift(noon_plus(1)).await.unwrap());
    switch.stop(&stop(2)).await.unwrap();
    assert!(!switch.lift(noon_plus(1)).await.unwrap());
    assert_eq!(switch.find().await.unwrap(), Some(stop(2)));
}

pub(crate) async fn of_many_threads_one_stops(store: Arc<dyn Store>) {
    let answers = together((0..16).map(|minute| {
        let store = Arc::clone(&store);
        async move { store.payout_switch().stop(&stop(minute)).await.unwrap() }
    }))
    .await;
    let first = answers.iter().filter(|added| **added == Added::Now);
    assert_eq!(first.count(), 1);
}
