//! The store as a whole.

use std::sync::Arc;

use domain::Span;

use super::sessions::session;
use super::{NOON, noon_plus};
use crate::{Limit, Store, StoreError};

pub(crate) async fn a_fresh_store_is_alive(store: Arc<dyn Store>) {
    store.check().await.unwrap();
    store.check().await.unwrap();
}

pub(crate) async fn a_closed_store_says_so(store: Arc<dyn Store>) {
    store.sessions().insert(&session(1)).await.unwrap();
    store.close().await;
    store.close().await;
    let check = store.check().await;
    assert!(matches!(check, Err(StoreError::Unavailable(_))));
    let beat = store.heartbeats().beat(NOON).await;
    assert!(matches!(beat, Err(StoreError::Unavailable(_))));
    let find = store.sessions().find(session(1).id).await;
    assert!(matches!(find, Err(StoreError::Unavailable(_))));
}

pub(crate) async fn a_data_version_is_another_one_after_every_write(store: Arc<dyn Store>) {
    let Some(mut before) = store.data_version() else {
        return;
    };
    for number in 1..=3 {
        store.sessions().insert(&session(number)).await.unwrap();
        let after = store.data_version().expect("it was told before");
        assert_ne!(after, before, "write {number}");
        store.sessions().find(session(number).id).await.unwrap();
        assert_eq!(store.data_version(), Some(after), "reading changes nothing");
        before = after;
    }
    store.close().await;
    assert_eq!(store.data_version(), None);
}

pub(crate) async fn sweeping_removes_what_expired_and_nothing_else(store: Arc<dyn Store>) {
    for number in 1..=6 {
        let mut session = session(number);
        session.absolute_expiry = noon_plus(number);
        store.sessions().insert(&session).await.unwrap();
    }
    let windows = store.windows();
    windows.hit("short", NOON, Span::minutes(1)).await.unwrap();
    windows.hit("long", NOON, Span::minutes(9)).await.unwrap();
    let inbox = store.inbox();
    inbox
        .mark_applied("mail", "old", noon_plus(2))
        .await
        .unwrap();
    inbox
        .mark_applied("mail", "new", noon_plus(9))
        .await
        .unwrap();

    let sweep = async |limit| store.sweep(noon_plus(4), Limit::new(limit)).await.unwrap();
    assert_eq!(sweep(3).await, 5, "three sessions, a window, an event");
    assert_eq!(sweep(3).await, 1, "the fourth session");
    assert_eq!(sweep(3).await, 0);
    for number in 1..=6 {
        let kept = store.sessions().find(session(number).id).await.unwrap();
        assert_eq!(kept.is_some(), number > 4, "session {number}");
    }
    assert!(
        windows
            .current("long", noon_plus(4))
            .await
            .unwrap()
            .is_some()
    );
    assert!(!inbox.is_applied("mail", "old").await.unwrap());
    assert!(inbox.is_applied("mail", "new").await.unwrap());
}
