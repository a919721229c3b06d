//! Counting windows.

use std::sync::Arc;

use domain::Span;

use super::{NOON, noon_plus, together};
use crate::{Store, Window};

const TEN: Span = Span::minutes(10);

pub(crate) async fn hits_are_counted_until_the_window_closes(store: Arc<dyn Store>) {
    let windows = store.windows();
    let open = |count, until| Window {
        count,
        until: noon_plus(until),
    };
    assert_eq!(windows.current("k", NOON).await.unwrap(), None);
    assert_eq!(windows.hit("k", NOON, TEN).await.unwrap(), open(1, 10));
    let hit = windows.hit("k", noon_plus(9), TEN).await.unwrap();
    assert_eq!(hit, open(2, 10));
    let current = windows.current("k", noon_plus(9)).await.unwrap();
    assert_eq!(current, Some(open(2, 10)));
    assert_eq!(windows.current("k", noon_plus(10)).await.unwrap(), None);
    let hit = windows.hit("k", noon_plus(10), TEN).await.unwrap();
    assert_eq!(hit, open(1, 20));
    assert_eq!(windows.current("other", NOON).await.unwrap(), None);
}

pub(crate) async fn later_hits_do_not_prolong_a_window(store: Arc<dyn Store>) {
    let windows = store.windows();
    for minutes in 0..10 {
        let window = windows.hit("k", noon_plus(minutes), TEN).await.unwrap();
        assert_eq!(window.until, noon_plus(10));
    }
}

pub(crate) async fn concurrent_hits_are_all_counted(store: Arc<dyn Store>) {
    let windows = together((0..32).map(|_| {
        let store = Arc::clone(&store);
        async move { store.windows().hit("k", NOON, TEN).await.unwrap().count }
    }))
    .await;
    let mut counts = windows;
    counts.sort_unstable();
    assert_eq!(counts, (1..=32).collect::<Vec<_>>());
}

pub(crate) async fn a_cleared_window_starts_anew(store: Arc<dyn Store>) {
    let windows = store.windows();
    windows.hit("k", NOON, TEN).await.unwrap();
    windows.hit("k", NOON, TEN).await.unwrap();
    windows.clear("k").await.unwrap();
    windows.clear("k").await.unwrap();
    let window = windows.hit("k", noon_plus(1), TEN).await.unwrap();
    assert_eq!(window.count, 1);
    assert_eq!(window.until, noon_plus(11));
}

pub(crate) async fn a_count_is_taken_back_from_an_open_window_only(store: Arc<dyn Store>) {
    let windows = store.windows();
    windows.take_back("k", NOON).await.unwrap();
    windows.hit("k", NOON, TEN).await.unwrap();
    windows.hit("k", NOON, TEN).await.unwrap();
    windows.take_back("k", noon_plus(1)).await.unwrap();
    let count = async |minutes| {
        let current = windows.current("k", noon_plus(minutes)).await.unwrap();
        current.map(|window| window.count)
    };
    assert_eq!(count(1).await, Some(1));
    windows.take_back("k", noon_plus(1)).await.unwrap();
    windows.take_back("k", noon_plus(1)).await.unwrap();
    assert_eq!(count(1).await, Some(0), "never below nothing");
    windows.take_back("k", noon_plus(10)).await.unwrap();
    let fresh = windows.hit("k", noon_plus(10), TEN).await.unwrap();
    assert_eq!(fresh.count, 1);
}
