//! No two nodes run one job, and a late one is told so.

use std::sync::Arc;

use domain::Span;

use super::{NOON, noon_plus, together};
use crate::Store;

const MINUTE: Span = Span::minutes(1);

pub(crate) async fn a_lease_has_one_holder_until_it_expires(store: Arc<dyn Store>) {
    let leases = store.leases();
    let acquire = async |holder, now| leases.acquire("relay", holder, now, MINUTE).await.unwrap();
    let first = acquire("a", NOON).await.unwrap();
    assert_eq!(first.expires_at, noon_plus(1));
    let before_end = noon_plus(1).minus(Span::from_ms(1));
    assert_eq!(acquire("b", before_end).await, None);
    assert_eq!(
        acquire("a", before_end).await,
        None,
        "the same name may be another process"
    );
    assert!(leases.is_held(&first, before_end).await.unwrap());
    assert!(!leases.is_held(&first, noon_plus(1)).await.unwrap());
    assert!(acquire("b", noon_plus(1)).await.is_some());
    let other = leases.acquire("mail", "b", NOON, MINUTE).await.unwrap();
    assert!(other.is_some(), "another job is another lease");
}

pub(crate) async fn of_many_nodes_one_acquires(store: Arc<dyn Store>) {
    let answers = together((0..32).map(|node| {
        let store = Arc::clone(&store);
        async move {
            let holder = format!("node-{node}");
            let leases = store.leases();
            leases
                .acquire("relay", &holder, NOON, MINUTE)
                .await
                .unwrap()
        }
    }))
    .await;
    assert_eq!(answers.into_iter().flatten().count(), 1);
}

pub(crate) async fn a_late_holder_is_fenced_off(store: Arc<dyn Store>) {
    let leases = store.leases();
    let late = leases.acquire("relay", "a", NOON, MINUTE).await.unwrap();
    let late = late.unwrap();
    let next = leases.acquire("relay", "b", noon_plus(2), MINUTE).await;
    let next = next.unwrap().unwrap();

    assert!(next.token > late.token);
    let renewed = leases.renew(&late, noon_plus(2), MINUTE).await.unwrap();
    assert_eq!(renewed, None);
    assert!(!leases.is_held(&late, noon_plus(2)).await.unwrap());
    leases.release(&late).await.unwrap();
    assert!(
        leases.is_held(&next, noon_plus(2)).await.unwrap(),
        "a late release takes nothing from the next holder"
    );
}

pub(crate) async fn a_renewed_lease_lasts_longer(store: Arc<dyn Store>) {
    let leases = store.leases();
    let lease = leases.acquire("relay", "a", NOON, Span::minutes(5)).await;
    let lease = lease.unwrap().unwrap();
    let renewed = leases.renew(&lease, noon_plus(4), Span::minutes(5)).await;
    let renewed = renewed.unwrap().unwrap();
    assert_eq!(renewed.token, lease.token);
    assert_eq!(renewed.expires_at, noon_plus(9));
    let taken = leases.acquire("relay", "b", noon_plus(6), MINUTE).await;
    assert_eq!(taken.unwrap(), None);
    let shorter = leases.renew(&renewed, noon_plus(5), MINUTE).await.unwrap();
    assert_eq!(shorter.unwrap().expires_at, noon_plus(9), "never shorter");
    let expired = leases.renew(&renewed, noon_plus(9), MINUTE).await.unwrap();
    assert_eq!(expired, None, "an expired lease is acquired, not renewed");
}

pub(crate) async fn a_released_lease_is_free_at_once(store: Arc<dyn Store>) {
    let leases = store.leases();
    let lease = leases.acquire("relay", "a", NOON, MINUTE).await.unwrap();
    leases.release(&lease.unwrap()).await.unwrap();
    let next = leases.acquire("relay", "b", NOON, MINUTE).await.unwrap();
    assert!(next.is_some());
}

pub(crate) async fn tokens_grow_for_ever(store: Arc<dyn Store>) {
    let leases = store.leases();
    let mut last = 0;
    for round in 0..5 {
        let now = noon_plus(round);
        let lease = leases.acquire("relay", "a", now, MINUTE).await.unwrap();
        let lease = lease.unwrap();
        assert!(lease.token > last);
        last = lease.token;
        if round % 2 == 0 {
            leases.release(&lease).await.unwrap();
        }
        store.sweep(now, crate::Limit::MAX).await.unwrap();
    }
}
