//! What jobs failed at is tried again later, or by a person's word.

use std::sync::Arc;

use super::noon_plus;
use crate::{Limit, Retry, Store};

fn retry(subject: &str, attempts: u32) -> Retry {
    Retry {
        job: "relay".into(),
        subject: subject.into(),
        attempts,
        next_at: Some(noon_plus(attempts)),
        error: "no".into(),
        first_at: noon_plus(0),
        last_at: noon_plus(attempts),
    }
}

pub(crate) async fn the_last_failure_stands_for_all_before_it(store: Arc<dyn Store>) {
    let retries = store.retries();
    for attempts in 1..=3 {
        retries.put(&retry("deal:1", attempts)).await.unwrap();
    }
    let found = retries.find("relay", "deal:1").await.unwrap();
    assert_eq!(found, Some(retry("deal:1", 3)));
    assert_eq!(retries.find("payouts", "deal:1").await.unwrap(), None);
    let given_up = Retry {
        next_at: None,
        ..retry("deal:1", 4)
    };
    retries.put(&given_up).await.unwrap();
    let found = retries.find("relay", "deal:1").await.unwrap();
    assert_eq!(found, Some(given_up));
}

pub(crate) async fn failures_of_a_job_are_listed_in_parts(store: Arc<dyn Store>) {
    let retries = store.retries();
    for number in 0..5 {
        retries
            .put(&retry(&format!("deal:{number}"), 1))
            .await
            .unwrap();
    }
    let other = Retry {
        job: "payouts".into(),
        ..retry("deal:9", 1)
    };
    retries.put(&other).await.unwrap();
    let list = async |after: Option<&str>| -> Vec<String> {
        let listed = retries.list("relay", after, Limit::new(2)).await.unwrap();
        listed.into_iter().map(|retry| retry.subject).collect()
    };
    assert_eq!(list(None).await, ["deal:0", "deal:1"]);
    assert_eq!(list(Some("deal:1")).await, ["deal:2", "deal:3"]);
    assert_eq!(list(Some("deal:3")).await, ["deal:4"]);
}

pub(crate) async fn a_failure_is_forgotten_once(store: Arc<dyn Store>) {
    let retries = store.retries();
    retries.put(&retry("deal:1", 1)).await.unwrap();
    assert!(!retries.clear("payouts", "deal:1").await.unwrap());
    assert!(retries.clear("relay", "deal:1").await.unwrap());
    assert!(!retries.clear("relay", "deal:1").await.unwrap());
    assert_eq!(retries.find("relay", "deal:1").await.unwrap(), None);
}
