//! Callbacks that are not the gateway's own.

use domain::deal::{Command, LegId, LegState, State};
use domain::{Role, Span};
use hmac::{Hmac, Mac};
use serde_json::json;
use services::deals::ActOnDeal;
use services::payments::{CallbackOutcome, TakeCallbackError};
use services::ports::gateway::{CallbackRefusal, CallbackRequest, ExternalId};
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

/// The gateway's word that a sending of the seller's payout went through.
async fn told_of_payout(bank: &Bank, sending: u32, tx: &str) -> CallbackOutcome {
    let id = ExternalId::of_leg(bank.deal, &LegId::Seller, sending).unwrap();
    let body = json!({
        "payout_id": 1, "external_id": id.as_str(), "tx_hash": tx, "status": "SUCCESS",
        "amount": "98", "crypto": "POLYGON-USDT",
    });
    let body = serde_json::to_vec(&body).unwrap();
    let now = bank.services().now().unix_ms() / 1_000;
    let (time, proof) = (now.to_string(), signature(KEY, now, &body));
    let headers = [
        ("X-Shkeeper-Timestamp", &*time),
        ("X-Shkeeper-Signature", &*proof),
    ];
    taken(bank, &headers, &body).await.unwrap()
}

/// A payout whose first sending left though its answer was lost, and that was sent once more
/// because two admins took it for lost; answers with the first transaction.
async fn paid_twice(bank: &Bank) -> String {
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank.control("payout-faults", json!({ "fault": "error_after" }))
        .await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    let ada = bank.person("ada", &[Role::Admin]).await;
    let bob = bank.person("bob", &[Role::Admin]).await;
    let seen = bank
        .inspect_payout(&ada.actor(), bank.deal, &LegId::Seller)
        .await
        .unwrap();
    let first = seen.sent.unwrap().last().unwrap().txid.clone();
    for admin in [&ada, &bob] {
        let step = Command::AgreeResend { leg: LegId::Seller };
        let order = ActOnDeal {
            deal: bank.deal,
            expected_version: None,
            key: Some(bank.key()),
            step,
        };
        bank.act_on_deal(&admin.actor(), order).await.unwrap();
    }
    bank.settle().await;
    let deal = bank.expect(State::Released).await;
    assert_eq!(
        (deal.legs[0].state, deal.legs[0].sends),
        (LegState::Paid, 2)
    );
    assert_ne!(deal.legs[0].tx.as_ref(), Some(&first));
    first
}

#[tokio::test]
async fn a_late_word_of_an_earlier_sending_is_an_alarm_once() {
    let bank = Bank::new().await;
    let first = paid_twice(&bank).await;
    for _ in 0..2 {
        assert_eq!(
            told_of_payout(&bank, 1, &first).await,
            CallbackOutcome::Read
        );
    }
    let deal = bank.expect(State::Released).await;
    assert_eq!(deal.legs[0].other_txs, [first]);
}

#[tokio::test]
async fn a_payment_that_neither_record_nor_wallet_shows_waits_for_a_person() {
    let bank = Bank::new().await;
    paid_twice(&bank).await;
    let before = bank.now().await;
    let outcome = told_of_payout(&bank, 1, "0xnever").await;
    assert_eq!(outcome, CallbackOutcome::Unmatched);
    let outcome = told_of_payout(&bank, 3, "0xnever").await;
    assert_eq!(outcome, CallbackOutcome::Unmatched);
    assert_eq!(bank.now().await, before);
    assert_eq!(bank.status().await.unwrap().dead_letters, 2);
}
