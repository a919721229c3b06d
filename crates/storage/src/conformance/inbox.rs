//! At least once inside, exactly once seen.

use std::sync::Arc;

use super::{noon_plus, together};
use crate::{Added, Store};

pub(crate) async fn an_event_is_applied_once_by_each_consumer(store: Arc<dyn Store>) {
    let inbox = store.inbox();
    let until = noon_plus(60);
    assert!(!inbox.is_applied("mail", "deal:1:2").await.unwrap());
    for (consumer, event, added) in [
        ("mail", "deal:1:2", Added::Now),
        ("mail", "deal:1:2", Added::Before),
        ("payouts", "deal:1:2", Added::Now),
        ("mail", "deal:1:3", Added::Now),
    ] {
        let answer = inbox.mark_applied(consumer, event, until).await.unwrap();
        assert_eq!(answer, added, "{consumer} {event}");
        assert!(inbox.is_applied(consumer, event).await.unwrap());
    }
}

pub(crate) async fn of_many_threads_one_marks_an_event(store: Arc<dyn Store>) {
    let answers = together((0..32).map(|_| {
        let store = Arc::clone(&store);
        async move {
            let inbox = store.inbox();
            inbox
                .mark_applied("relay", "e", noon_plus(9))
                .await
                .unwrap()
        }
    }))
    .await;
    let first = answers.iter().filter(|added| **added == Added::Now);
    assert_eq!(first.count(), 1);
}
