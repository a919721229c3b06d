//! Dead letters wait for a person.

use std::sync::Arc;

use super::{id, noon_plus, read_all};
use crate::{DeadLetter, DeadLetterSource, Store};

fn letter(number: u32) -> DeadLetter {
    DeadLetter {
        id: id!(DeadLetterId, number),
        source: DeadLetterSource::Webhook,
        subject: format!("invoice:{number}"),
        payload: r#"{"external_id":"107"}"#.into(),
        error: "no such intent".into(),
        times: 1,
        first_at: noon_plus(number),
        last_at: noon_plus(number),
        settled_at: None,
    }
}

pub(crate) async fn a_letter_that_fails_again_is_counted_up_and_open_again(store: Arc<dyn Store>) {
    let letters = store.dead_letters();
    let first = letter(1);
    letters.record(&first).await.unwrap();
    assert!(letters.settle(first.id, noon_plus(2)).await.unwrap());
    let again = DeadLetter {
        error: "still none".into(),
        last_at: noon_plus(3),
        first_at: noon_plus(3),
        ..first.clone()
    };
    letters.record(&again).await.unwrap();

    let stored = letters.find(first.id).await.unwrap();
    let expected = DeadLetter {
        times: 2,
        first_at: first.first_at,
        ..again
    };
    assert_eq!(stored, Some(expected));
    assert_eq!(letters.count_open().await.unwrap(), 1);
}

pub(crate) async fn open_and_settled_letters_are_listed_apart(store: Arc<dyn Store>) {
    let letters = store.dead_letters();
    for number in 0..9 {
        letters.record(&letter(number)).await.unwrap();
    }
    for number in 0..3 {
        let id = id!(DeadLetterId, number);
        letters.settle(id, noon_plus(60)).await.unwrap();
    }
    let subjects = async |open| {
        let listed = read_all(4, |page| letters.list(open, page)).await;
        listed
            .into_iter()
            .map(|letter| letter.subject)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        subjects(true).await,
        [
            "invoice:8",
            "invoice:7",
            "invoice:6",
            "invoice:5",
            "invoice:4",
            "invoice:3"
        ]
    );
    assert_eq!(
        subjects(false).await,
        ["invoice:2", "invoice:1", "invoice:0"]
    );
    assert_eq!(letters.count_open().await.unwrap(), 6);
}

pub(crate) async fn a_letter_is_settled_once(store: Arc<dyn Store>) {
    let letters = store.dead_letters();
    letters.record(&letter(1)).await.unwrap();
    let id = letter(1).id;
    assert!(letters.settle(id, noon_plus(1)).await.unwrap());
    assert!(!letters.settle(id, noon_plus(2)).await.unwrap());
    assert!(!letters.settle(letter(2).id, noon_plus(2)).await.unwrap());
    let stored = letters.find(id).await.unwrap().unwrap();
    assert_eq!(stored.settled_at, Some(noon_plus(1)));
}
