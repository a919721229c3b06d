//! Tells SHKeeper's own callbacks from what anybody can send.

use domain::Timestamp;
use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use services::ports::gateway::{CallbackRefusal, CallbackRequest, ExternalId, SignedCallback};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq as _};

use crate::settings::Settings;
use crate::wire::CallbackBody;

/// A callback counts so long before and after it was signed.
const WINDOW_S: u64 = 300;

/// Verifies a callback on its raw bytes, then reads where it points to.
pub(crate) fn verify(
    settings: &Settings,
    request: &CallbackRequest<'_>,
    now: Timestamp,
) -> Result<SignedCallback, CallbackRefusal> {
    let timestamp = header(request, "x-shkeeper-timestamp")?;
    let signature = header(request, "x-shkeeper-signature")?;
    match (timestamp, signature) {
        (Some(timestamp), Some(signature)) => {
            check_signature(settings, timestamp, signature, request.body)?;
            check_age(timestamp, now)?;
        }
        (None, None) if settings.unsigned_callbacks => check_key(settings, request)?,
        _ => return Err(CallbackRefusal::Unsigned),
    }
    Ok(read(request.body))
}

/// The one value of a header. Two of them could mean one thing here and another to a proxy.
fn header<'a>(
    request: &CallbackRequest<'a>,
    name: &str,
) -> Result<Option<&'a str>, CallbackRefusal> {
    let mut values = request
        .headers
        .iter()
        .filter(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, value)| *value);
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(CallbackRefusal::Unsigned),
    }
}

fn check_signature(
    settings: &Settings,
    timestamp: &str,
    signature: &str,
    body: &[u8],
) -> Result<(), CallbackRefusal> {
    let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if signature.len() != 64 || !signature.bytes().all(lower_hex) {
        return Err(CallbackRefusal::Unsigned);
    }
    let given = hex::decode(signature).map_err(|_| CallbackRefusal::Unsigned)?;
    let keys = [Some(&settings.api_key), settings.webhook_secret.as_ref()];
    // All keys are tried whichever fits, so that the time taken tells nothing.
    let mut fits = Choice::from(0);
    for key in keys.into_iter().flatten() {
        fits |= signed(key, timestamp, body).ct_eq(given.as_slice());
    }
    if bool::from(fits) {
        Ok(())
    } else {
        Err(CallbackRefusal::BadSignature)
    }
}

fn signed(key: &SecretString, timestamp: &str, body: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes())
        .expect("invariant: HMAC takes a key of any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().into()
}

fn check_age(timestamp: &str, now: Timestamp) -> Result<(), CallbackRefusal> {
    let digits =
        (1..=12).contains(&timestamp.len()) && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let signed_at: i64 = timestamp
        .parse()
        .ok()
        .filter(|_| digits)
        .ok_or(CallbackRefusal::Unsigned)?;
    let off_s = now.unix_s().abs_diff(signed_at);
    if off_s <= WINDOW_S {
        Ok(())
    } else {
        Err(CallbackRefusal::Stale { off_s })
    }
}

fn check_key(settings: &Settings, request: &CallbackRequest<'_>) -> Result<(), CallbackRefusal> {
    let given = header(request, "x-shkeeper-api-key")?.ok_or(CallbackRefusal::Unsigned)?;
    let own = settings.api_key.expose_secret().as_bytes();
    if bool::from(given.as_bytes().ct_eq(own)) {
        Ok(())
    } else {
        Err(CallbackRefusal::BadSignature)
    }
}

fn read(body: &[u8]) -> SignedCallback {
    let Ok(body) = serde_json::from_slice::<CallbackBody>(body) else {
        return SignedCallback::Unreadable;
    };
    let Ok(external_id) = ExternalId::new(body.external_id) else {
        return SignedCallback::Unreadable;
    };
    let unconfirmed = body.status.as_deref() == Some("unconfirmed");
    match (body.payout_id, body.tx_hash, body.transactions, body.txid) {
        (Some(_), Some(txid), None, _) => SignedCallback::Payout { external_id, txid },
        (None, _, Some(_), _) => SignedCallback::Payment { external_id },
        (None, _, None, Some(txid)) if unconfirmed => {
            SignedCallback::Unconfirmed { external_id, txid }
        }
        _ => SignedCallback::Unreadable,
    }
}
