//! Callbacks: their words, their signature, and everything that is not one.

use std::sync::OnceLock;

use domain::Timestamp;
use gateway_shkeeper::Shkeeper;
use proptest::prelude::*;
use serde_json::json;
use services::ports::PaymentGateway as _;
use services::ports::gateway::{CallbackRefusal, CallbackRequest, SignedCallback};

use crate::world::{API_KEY, Heard, World, bsc, gateway, intent, settings};

/// A payment's callback as the simulator sent it, and the world it came from.
async fn payment_callback(world: &World) -> Heard {
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    world.shop.heard().pop().unwrap()
}

#[tokio::test]
async fn a_callback_is_told_in_these_words() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let txid = world.pay(&watched, json!({"amount": "22.44"})).await;
    let callback = world.shop.heard().pop().unwrap();
    assert_eq!(
        callback.json(),
        json!({
            "external_id": watched.external_id.as_str(),
            "crypto": "BNB-USDT",
            "addr": watched.address,
            "fiat": "USD",
            "balance_fiat": "22.44",
            "balance_crypto": "22.44",
            "paid": true,
            "status": "OVERPAID",
            "fee_percent": "2",
            "fee_fixed": "0",
            "fee_policy": "PERCENT_FEE",
            "overpaid_fiat": "1.44",
            "transactions": [{
                "txid": txid,
                "date": "2026-09-21 14:13:20",
                "amount_crypto": "22.44",
                "amount_fiat": "22.44",
                "amount_fiat_without_fee": "22",
                "fee_fiat": "0.44",
                "trigger": true,
                "crypto": "BNB-USDT",
            }],
        })
    );
    let verified = callback.verified(&world.gateway, world.now());
    let external_id = watched.external_id;
    assert_eq!(verified, Ok(SignedCallback::Payment { external_id }));
}

#[tokio::test]
async fn an_unconfirmed_transfer_is_told_in_these_words() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "20", "seen": "unconfirmed"});
    let txid = world.pay(&watched, wish).await;
    let callback = world.shop.heard().pop().unwrap();
    assert_eq!(
        callback.json(),
        json!({
            "status": "unconfirmed",
            "external_id": watched.external_id.as_str(),
            "crypto": "BNB-USDT",
            "addr": watched.address,
            "txid": txid,
            "amount": "20",
        })
    );
    let verified = callback.verified(&world.gateway, world.now());
    let external_id = watched.external_id;
    assert_eq!(
        verified,
        Ok(SignedCallback::Unconfirmed { external_id, txid })
    );
}

#[tokio::test]
async fn a_callback_counts_300_s_before_and_after_it_was_signed_and_no_longer() {
    let world = World::new().await;
    let callback = payment_callback(&world).await;
    let signed_s = world.now().unix_s();
    let at = |second: i64| Timestamp::from_unix_ms((signed_s + second) * 1_000);
    for fresh in [-300, 0, 300] {
        assert!(
            callback.verified(&world.gateway, at(fresh)).is_ok(),
            "{fresh}"
        );
    }
    for stale in [-301, 301, 86_400] {
        assert_eq!(
            callback.verified(&world.gateway, at(stale)),
            Err(CallbackRefusal::Stale {
                off_s: stale.unsigned_abs()
            })
        );
    }
}

#[tokio::test]
async fn a_new_timestamp_does_not_make_an_old_callback_fresh() {
    let world = World::new().await;
    let mut callback = payment_callback(&world).await;
    let later = world.now().unix_s() + 301;
    for (name, value) in &mut callback.headers {
        if name == "x-shkeeper-timestamp" {
            *value = later.to_string();
        }
    }
    assert_eq!(
        callback.verified(&world.gateway, Timestamp::from_unix_ms(later * 1_000)),
        Err(CallbackRefusal::BadSignature)
    );
}

#[tokio::test]
async fn either_of_both_configured_secrets_may_have_signed() {
    let world = World::new().await;
    let callback = payment_callback(&world).await;
    let mut swapped = world.settings.clone();
    swapped.api_key = "another secret".to_owned().into();
    swapped.webhook_secret = Some(API_KEY.to_owned().into());
    let verified = callback.verified(&gateway(swapped), world.now());
    assert!(verified.is_ok());

    let mut strange = world.settings.clone();
    strange.api_key = "a third secret".to_owned().into();
    let verified = callback.verified(&gateway(strange), world.now());
    assert_eq!(verified, Err(CallbackRefusal::BadSignature));
}

#[tokio::test]
async fn the_key_alone_passes_only_where_that_was_asked_for() {
    let world = World::new().await;
    let mut callback = payment_callback(&world).await;
    let unsigned = |name: &str| !matches!(name, "x-shkeeper-timestamp" | "x-shkeeper-signature");
    callback.headers.retain(|(name, _)| unsigned(name));
    assert_eq!(
        callback.verified(&world.gateway, world.now()),
        Err(CallbackRefusal::Unsigned)
    );

    let mut lax = world.settings.clone();
    lax.unsigned_callbacks = true;
    let lax = gateway(lax);
    assert!(callback.verified(&lax, world.now()).is_ok());
    for (name, value) in &mut callback.headers {
        if name == "x-shkeeper-api-key" {
            "a wrong key".clone_into(value);
        }
    }
    assert_eq!(
        callback.verified(&lax, world.now()),
        Err(CallbackRefusal::BadSignature)
    );
}

#[tokio::test]
async fn where_the_key_alone_passes_a_bad_signature_still_does_not() {
    let world = World::new().await;
    let mut callback = payment_callback(&world).await;
    callback.body.push(b' ');
    let mut lax = world.settings.clone();
    lax.unsigned_callbacks = true;
    assert_eq!(
        callback.verified(&gateway(lax), world.now()),
        Err(CallbackRefusal::BadSignature)
    );
}

#[tokio::test]
async fn a_header_that_stands_there_twice_proves_nothing() {
    let world = World::new().await;
    let callback = payment_callback(&world).await;
    for name in ["x-shkeeper-timestamp", "x-shkeeper-signature"] {
        let mut doubled = callback.clone();
        let value = doubled.header(name).to_owned();
        doubled.headers.push((name.to_owned(), value));
        assert_eq!(
            doubled.verified(&world.gateway, world.now()),
            Err(CallbackRefusal::Unsigned)
        );
    }
}

#[test]
fn what_is_signed_and_not_understood_is_told_apart_from_what_is_forged() {
    let gateway = offline();
    for body in [
        "",
        "[]",
        "{}",
        r#"{"external_id": "with a space", "transactions": []}"#,
        r#"{"external_id": 7, "transactions": []}"#,
        r#"{"external_id": "1"}"#,
        r#"{"external_id": "1", "status": "unconfirmed"}"#,
        r#"{"external_id": "1", "payout_id": 4}"#,
        "\u{0}\u{ff}",
    ] {
        let verified = verify(gateway, "1790000000", &signed("1790000000", body), body);
        assert_eq!(verified, Ok(SignedCallback::Unreadable), "{body:?}");
    }
    let body = format!(
        r#"{{"external_id": "{}", "transactions": []}}"#,
        intent("a")
    );
    let verified = verify(gateway, "1790000000", &signed("1790000000", &body), &body);
    let external_id = intent("a");
    assert_eq!(verified, Ok(SignedCallback::Payment { external_id }));
}

#[test]
fn a_timestamp_is_a_plain_number_of_seconds() {
    let gateway = offline();
    for odd in [
        "",
        "+1790000000",
        " 1790000000",
        "1790000000.0",
        "9999999999999",
    ] {
        let verified = verify(gateway, odd, &signed(odd, "{}"), "{}");
        assert_eq!(verified, Err(CallbackRefusal::Unsigned), "{odd:?}");
    }
}

const NOW: Timestamp = Timestamp::from_unix_ms(1_790_000_000_000);

fn offline() -> &'static Shkeeper {
    static GATEWAY: OnceLock<Shkeeper> = OnceLock::new();
    GATEWAY.get_or_init(|| {
        let nowhere: reqwest::Url = "http://127.0.0.1:9".parse().unwrap();
        gateway(settings(nowhere.clone(), nowhere))
    })
}

/// Signed as SHKeeper does, written here once more so that both sides cannot be wrong together.
fn signed(timestamp: &str, body: &str) -> String {
    use hmac::{Hmac, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(API_KEY.as_bytes()).unwrap();
    mac.update(format!("{timestamp}.{body}").as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

fn verify(
    gateway: &Shkeeper,
    timestamp: &str,
    signature: &str,
    body: &str,
) -> Result<SignedCallback, CallbackRefusal> {
    let headers = [
        ("X-Shkeeper-Timestamp", timestamp),
        ("X-SHKEEPER-SIGNATURE", signature),
    ];
    let request = CallbackRequest {
        headers: &headers,
        body: body.as_bytes(),
    };
    gateway.verify_callback(&request, NOW)
}

/// One change to one of the three things that a signature binds.
fn mutated(which: u8, at: usize, to: u8, parts: [&str; 3]) -> [Vec<u8>; 3] {
    let mut parts = parts.map(|part| part.as_bytes().to_vec());
    let part = &mut parts[usize::from(which % 3)];
    let at = at % part.len();
    match which / 3 % 3 {
        0 => part[at] = to,
        1 => part.insert(at, to),
        _ => drop(part.remove(at)),
    }
    parts
}

/// Many, or as many as `PROPTEST_CASES` says when that is more.
fn many_cases() -> ProptestConfig {
    let asked = ProptestConfig::default().cases;
    ProptestConfig::with_cases(asked.max(20_000))
}

proptest! {
    #![proptest_config(many_cases())]

    #[test]
    fn one_changed_byte_anywhere_is_refused(which in 0u8..9, at: usize, to in 0x20u8..0x7f) {
        let body = r#"{"external_id":"1","transactions":[{"amount_crypto":"20"}]}"#;
        let signature = signed("1790000000", body);
        let parts = [body, signature.as_str(), "1790000000"];
        let [changed_body, changed_signature, changed_time] = mutated(which, at, to, parts);
        let same = changed_body == body.as_bytes()
            && changed_signature == signature.as_bytes()
            && changed_time == b"1790000000";
        let [body, signature, timestamp] = [changed_body, changed_signature, changed_time]
            .map(|part| String::from_utf8(part).unwrap());
        let verified = verify(offline(), &timestamp, &signature, &body);
        prop_assert_eq!(verified.is_ok(), same);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nobody_guesses_a_signature(signature in "[0-9a-f]{64}", body in "\\PC{0,80}") {
        let verified = verify(offline(), "1790000000", &signature, &body);
        prop_assert_eq!(verified, Err(CallbackRefusal::BadSignature));
    }

    #[test]
    fn no_signed_body_makes_the_reader_stumble(body in "\\PC{0,200}") {
        let signature = signed("1790000000", &body);
        prop_assert!(verify(offline(), "1790000000", &signature, &body).is_ok());
    }

    #[test]
    fn no_header_makes_the_reader_stumble(timestamp in "\\PC{0,20}", signature in "\\PC{0,70}") {
        let verified = verify(offline(), &timestamp, &signature, "{}");
        prop_assert!(verified.is_err());
    }
}
