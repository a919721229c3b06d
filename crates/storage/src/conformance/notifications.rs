//! People are told things once, and only they read them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::id::UserId;
use domain::notification::{NotificationKind, NotificationTopic};

use super::{id, noon_plus, read_all};
use crate::{Added, Limit, Notification, PageRequest, Store};

fn reader() -> UserId {
    id!(UserId, 1)
}

fn notification(number: u32, minutes: u32) -> Notification {
    Notification {
        id: id!(NotificationId, number),
        user: reader(),
        event_key: format!("deal:1:{number}"),
        kind: NotificationKind::Info,
        topic: NotificationTopic::Payment,
        message: "deal_funded".into(),
        params: BTreeMap::from([("title".into(), "گوشی <b>".into())]),
        related: None,
        action_path: Some("/deals/1".into()),
        created_at: noon_plus(minutes),
        read_at: None,
        expires_at: noon_plus(1_000),
    }
}

async fn tell(store: &dyn Store, number: u32, minutes: u32) -> Notification {
    let notification = notification(number, minutes);
    let added = store.notifications().add(&notification).await.unwrap();
    assert_eq!(added, Added::Now);
    notification
}

async fn unread(store: &dyn Store, minutes: u32) -> u64 {
    let notifications = store.notifications();
    notifications
        .count_unread(reader(), noon_plus(minutes))
        .await
        .unwrap()
}

pub(crate) async fn an_event_is_told_once_even_after_removal(store: Arc<dyn Store>) {
    let notifications = store.notifications();
    let told = tell(&*store, 1, 0).await;
    let again = Notification {
        id: id!(NotificationId, 99),
        ..told.clone()
    };
    assert_eq!(notifications.add(&again).await.unwrap(), Added::Before);
    assert_eq!(notifications.add(&told).await.unwrap(), Added::Before);
    assert!(notifications.remove(told.user, told.id).await.unwrap());
    assert!(!notifications.remove(told.user, told.id).await.unwrap());
    assert_eq!(notifications.add(&again).await.unwrap(), Added::Before);
    assert_eq!(unread(&*store, 1).await, 0);
    let other = Notification {
        user: id!(UserId, 2),
        ..again
    };
    let added = notifications.add(&other).await.unwrap();
    assert_eq!(added, Added::Now, "the other party is told too");
}

pub(crate) async fn nobody_reaches_anothers_notification(store: Arc<dyn Store>) {
    let notifications = store.notifications();
    let told = tell(&*store, 1, 0).await;
    let stranger: UserId = id!(UserId, 2);
    let found = notifications.find(stranger, told.id).await.unwrap();
    assert_eq!(found, None);
    let read = notifications.mark_read(stranger, told.id, noon_plus(1));
    assert!(!read.await.unwrap());
    assert!(!notifications.remove(stranger, told.id).await.unwrap());
    let found = notifications.find(reader(), told.id).await.unwrap();
    assert_eq!(found, Some(told));
}

pub(crate) async fn the_first_reading_counts(store: Arc<dyn Store>) {
    let notifications = store.notifications();
    let told = tell(&*store, 1, 0).await;
    for minutes in [5, 6] {
        let at = noon_plus(minutes);
        let read = notifications.mark_read(reader(), told.id, at).await;
        assert!(read.unwrap());
    }
    let stored = notifications.find(reader(), told.id).await.unwrap();
    assert_eq!(stored.unwrap().read_at, Some(noon_plus(5)));
    assert_eq!(unread(&*store, 6).await, 0);
}

pub(crate) async fn reading_all_spares_what_came_later(store: Arc<dyn Store>) {
    let notifications = store.notifications();
    for number in 0..4 {
        tell(&*store, number, number).await;
    }
    let read = notifications.mark_all_read(reader(), noon_plus(2)).await;
    assert_eq!(read.unwrap(), 3);
    assert_eq!(unread(&*store, 9).await, 1);
    let left = read_all(10, |page| {
        notifications.list(reader(), true, noon_plus(9), page)
    })
    .await;
    assert_eq!(left[0].id, id!(NotificationId, 3));
    let stored = notifications.find(reader(), id!(NotificationId, 0)).await;
    assert_eq!(stored.unwrap().unwrap().read_at, Some(noon_plus(2)));
}

pub(crate) async fn pages_hold_each_item_once_while_others_are_added(store: Arc<dyn Store>) {
    let notifications = store.notifications();
    for number in 0..25 {
        // Many of the same moment: the id keeps them apart.
        tell(&*store, number, number / 10).await;
    }
    let mut seen = Vec::new();
    let mut request = PageRequest::first(Limit::new(4));
    let mut newer = 100;
    loop {
        let page = notifications.list(reader(), false, noon_plus(60), request);
        let page = page.await.unwrap();
        seen.extend(page.items.iter().map(|item| item.id));
        // A newer one comes while somebody turns the page.
        tell(&*store, newer, 50).await;
        newer += 1;
        match page.next {
            Some(next) => request = PageRequest::after(next, Limit::new(4)),
            None => break,
        }
    }
    let unique: BTreeSet<_> = seen.iter().copied().collect();
    let expected: BTreeSet<_> = (0..25).map(|number| id!(NotificationId, number)).collect();
    assert_eq!(seen.len(), 25);
    assert_eq!(unique, expected);
}

pub(crate) async fn what_expired_is_neither_listed_nor_counted(store: Arc<dyn Store>) {
    tell(&*store, 1, 0).await;
    assert_eq!(unread(&*store, 999).await, 1);
    assert_eq!(unread(&*store, 1_000).await, 0);
    let notifications = store.notifications();
    let later = noon_plus(1_000);
    let listed = read_all(5, |page| notifications.list(reader(), false, later, page)).await;
    assert!(listed.is_empty());
}
