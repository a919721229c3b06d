//! Callbacks that are not the gateway's own.

use domain::Span;
use domain::deal::State;
use hmac::{Hmac, Mac};
use services::payments::{CallbackOutcome, TakeCallbackError};
use services::ports::gateway::{CallbackRefusal, CallbackRequest};
use sha2::Sha256;

use crate::bank::{Bank, KEY};

/// Signs as the gateway does, at so many seconds after the epoch.
fn signature(key: &str, at_s: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(format!("{at_s}.").as_bytes());
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

async fn taken(
    bank: &Bank,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<CallbackOutcome, TakeCallbackError> {
    bank.take_callback(&CallbackRequest { headers, body }).await
}

#[tokio::test]
async fn what_is_not_the_gateways_own_is_refused_counted_and_changes_nothing() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    let before = bank.now().await;
    let body = br#"{"external_id":"x"}"#;
    let now = bank.services().now().unix_ms() / 1_000;
    let stale = (now - 301).to_string();
    let fresh = now.to_string();
    let forged = signature("another key", now, body);
    let old = signature(KEY, now - 301, body);
    let name = "X-Shkeeper-Signature";
    let time = "X-Shkeeper-Timestamp";

    let unsigned = taken(&bank, &[], body).await;
    assert!(matches!(
        unsigned,
        Err(TakeCallbackError::Refused(CallbackRefusal::Unsigned))
    ));
    let forged = taken(&bank, &[(time, &fresh), (name, &forged)], body).await;
    assert!(matches!(
        forged,
        Err(TakeCallbackError::Refused(CallbackRefusal::BadSignature))
    ));
    for _ in 0..2 {
        let late = taken(&bank, &[(time, &stale), (name, &old)], body).await;
        assert!(matches!(
            late,
            Err(TakeCallbackError::Refused(CallbackRefusal::Stale { .. }))
        ));
    }
    let refused = bank.refused_callbacks();
    assert_eq!(
        (refused.unsigned, refused.bad_signature, refused.stale),
        (1, 1, 2)
    );
    assert_eq!(refused.total(), 4);
    assert_eq!(bank.now().await, before);
    assert_eq!(bank.status().await.unwrap().dead_letters, 0);
}

#[tokio::test]
async fn what_is_signed_but_fits_nothing_is_no_refusal_and_waits_for_a_person() {
    let bank = Bank::new().await;
    let body = br#"{"external_id":"x"}"#;
    let now = bank.services().now().unix_ms() / 1_000;
    let (time, proof) = (now.to_string(), signature(KEY, now, body));
    let headers = [
        ("X-Shkeeper-Timestamp", &*time),
        ("X-Shkeeper-Signature", &*proof),
    ];
    let outcome = taken(&bank, &headers, body).await.unwrap();
    assert_eq!(outcome, CallbackOutcome::Unmatched);
    assert_eq!(bank.refused_callbacks().total(), 0);
    assert_eq!(bank.status().await.unwrap().dead_letters, 1);
    bank.wait(Span::minutes(1)).await;
    bank.expect(State::AwaitingPayment).await;
}
