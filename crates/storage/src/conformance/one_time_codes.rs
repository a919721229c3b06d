//! Codes that prove something once.

use std::sync::Arc;

use domain::id::UserId;

use super::{NOON, id, noon_plus, together};
use crate::{CodePurpose, CommitError, OneTimeCode, SecretHash, Store};

fn person() -> UserId {
    id!(UserId, 1)
}

fn code(purpose: CodePurpose, hash: u8) -> OneTimeCode {
    OneTimeCode {
        user: person(),
        purpose,
        version: 1,
        subject: "new@b.c".into(),
        code_hash: SecretHash::new([hash; 32]),
        attempts: 0,
        created_at: NOON,
        expires_at: noon_plus(30),
    }
}

async fn live(store: &dyn Store, purpose: CodePurpose, minutes: u32) -> Option<OneTimeCode> {
    let codes = store.one_time_codes();
    let found = codes.find_live(person(), purpose, noon_plus(minutes));
    found.await.unwrap()
}

pub(crate) async fn a_new_code_takes_the_place_of_the_old(store: Arc<dyn Store>) {
    let codes = store.one_time_codes();
    let old = code(CodePurpose::PasswordReset, 1);
    let new = code(CodePurpose::PasswordReset, 2);
    codes.replace(&old).await.unwrap();
    codes.replace(&new).await.unwrap();
    assert!(!codes.use_up(&old).await.unwrap());
    let mut counted = old.clone();
    counted.version = 2;
    let late = codes.commit(&counted, 1).await;
    assert!(
        matches!(late, Err(CommitError::Stale)),
        "a try of the old code does not count against the new"
    );
    let found = live(&*store, CodePurpose::PasswordReset, 1).await;
    assert_eq!(found, Some(new));
}

pub(crate) async fn wrong_tries_are_counted_without_a_lost_one(store: Arc<dyn Store>) {
    let purpose = CodePurpose::PayoutAddress;
    let first = code(purpose, 1);
    store.one_time_codes().replace(&first).await.unwrap();
    together((0..16).map(|_| {
        let store = Arc::clone(&store);
        async move {
            loop {
                let read = live(&*store, purpose, 1).await.unwrap();
                let mut tried = read.clone();
                tried.attempts += 1;
                tried.version += 1;
                match store.one_time_codes().commit(&tried, read.version).await {
                    Ok(()) => return,
                    Err(CommitError::Stale) => {}
                    Err(error) => unreachable!("{error}"),
                }
            }
        }
    }))
    .await;
    assert_eq!(live(&*store, purpose, 1).await.unwrap().attempts, 16);
}

pub(crate) async fn a_code_is_used_up_once(store: Arc<dyn Store>) {
    let code = code(CodePurpose::EmailChange, 1);
    store.one_time_codes().replace(&code).await.unwrap();
    let uses = together((0..16).map(|_| {
        let (store, code) = (Arc::clone(&store), code.clone());
        async move { store.one_time_codes().use_up(&code).await.unwrap() }
    }))
    .await;
    assert_eq!(uses.into_iter().filter(|used| *used).count(), 1);
    assert_eq!(live(&*store, CodePurpose::EmailChange, 1).await, None);
}

pub(crate) async fn an_expired_code_is_not_found(store: Arc<dyn Store>) {
    let purpose = CodePurpose::PasswordReset;
    let codes = store.one_time_codes();
    codes.replace(&code(purpose, 1)).await.unwrap();
    assert!(live(&*store, purpose, 29).await.is_some());
    assert_eq!(live(&*store, purpose, 30).await, None);
}

pub(crate) async fn codes_of_other_purposes_stay(store: Arc<dyn Store>) {
    let codes = store.one_time_codes();
    let reset = code(CodePurpose::PasswordReset, 1);
    let email = code(CodePurpose::EmailChange, 1);
    codes.replace(&reset).await.unwrap();
    codes.replace(&email).await.unwrap();
    codes.use_up(&reset).await.unwrap();
    let found = live(&*store, CodePurpose::EmailChange, 1).await;
    assert_eq!(found, Some(email));
}
