//! Attempts to sign up.

use std::sync::Arc;

use super::{NOON, id, noon_plus};
use crate::{SecretHash, SignUp, Store};

fn sign_up(number: u32) -> SignUp {
    SignUp {
        id: id!(SignUpId, number),
        version: 1,
        browser_hash: SecretHash::new([1; 32]),
        email: "sara@example.com".into(),
        password_hash: "$argon2id$".into(),
        first_name: "سارا".into(),
        last_name: String::new(),
        wants_to_sell: false,
        language: "fa".into(),
        code_hash: SecretHash::new([2; 32]),
        attempts: 0,
        codes_sent: 1,
        created_at: NOON,
        expires_at: noon_plus(30),
    }
}

pub(crate) async fn an_expired_attempt_is_not_found(store: Arc<dyn Store>) {
    let sign_ups = store.sign_ups();
    let attempt = sign_up(1);
    sign_ups.insert(&attempt).await.unwrap();
    let at = async |minutes| {
        let found = sign_ups.find_live(attempt.id, noon_plus(minutes));
        found.await.unwrap()
    };
    assert_eq!(at(29).await, Some(attempt.clone()));
    assert_eq!(at(30).await, None);
}

pub(crate) async fn attempts_for_one_address_live_side_by_side(store: Arc<dyn Store>) {
    let sign_ups = store.sign_ups();
    let (mine, yours) = (sign_up(1), sign_up(2));
    sign_ups.insert(&mine).await.unwrap();
    sign_ups.insert(&yours).await.unwrap();
    sign_ups.remove(mine.id).await.unwrap();
    sign_ups.remove(mine.id).await.unwrap();
    assert_eq!(sign_ups.find(mine.id).await.unwrap(), None);
    assert_eq!(sign_ups.find(yours.id).await.unwrap(), Some(yours));
}
