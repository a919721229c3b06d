//! Callbacks that are not the gateway's: signed with another key, too old, from the future, changed
//! on the way, without a signature. Not one may be taken.

use domain::{Span, Timestamp};
use hmac::{Hmac, Mac as _};
use serde_json::json;
use services::Services;
use services::ports::gateway::CallbackRequest;
use sha2::Sha256;

use crate::dice::Dice;
use crate::gateway::KEY;

/// What is wrong with a forged callback.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    Key,
    Old,
    Early,
    Body,
    Signature,
    Unsigned,
}

const WRONGS: [(u32, Wrong); 6] = [
    (1, Wrong::Key),
    (1, Wrong::Old),
    (1, Wrong::Early),
    (2, Wrong::Body),
    (2, Wrong::Signature),
    (1, Wrong::Unsigned),
];

/// Sends one about an address that there is. True when it was taken.
pub(crate) async fn is_taken(
    services: &Services,
    dice: &mut Dice,
    external_id: &str,
    address: &str,
    now: Timestamp,
) -> bool {
    let wrong = dice.choose(&WRONGS);
    let body = json!({
        "external_id": external_id, "addr": address, "crypto": "POLYGON-USDT", "fiat": "USD",
        "paid": true, "status": "PAID", "balance_fiat": "99999", "balance_crypto": "99999",
        "transactions": [{ "txid": format!("0x{:064x}", dice.roll()), "amount_crypto": "99999",
                           "crypto": "POLYGON-USDT", "trigger": true }],
    });
    let mut body = body.to_string().into_bytes();
    let signed_at = match wrong {
        Wrong::Old => now.minus(Span::seconds(301 + dice.below(100_000))),
        Wrong::Early => now.plus(Span::seconds(301 + dice.below(100_000))),
        Wrong::Key | Wrong::Body | Wrong::Signature | Wrong::Unsigned => now,
    };
    let key = if matches!(wrong, Wrong::Key) {
        "another key"
    } else {
        KEY
    };
    let timestamp = signed_at.unix_ms().div_euclid(1_000).to_string();
    let mut signature = signature(key, &timestamp, &body);
    match wrong {
        Wrong::Body => spoil(dice, &mut body),
        Wrong::Signature => {
            let mut bytes = signature.into_bytes();
            spoil(dice, &mut bytes);
            signature = String::from_utf8_lossy(&bytes).into_owned();
        }
        Wrong::Key | Wrong::Old | Wrong::Early | Wrong::Unsigned => {}
    }
    let mut headers = vec![("x-shkeeper-timestamp", timestamp.as_str())];
    if !matches!(wrong, Wrong::Unsigned) {
        headers.push(("x-shkeeper-signature", &signature));
    } else if dice.percent(50) {
        // What an older gateway sends; it proves nothing of the body.
        headers.push(("x-shkeeper-api-key", KEY));
    }
    let callback = CallbackRequest {
        headers: &headers,
        body: &body,
    };
    services.take_callback(&callback).await.is_ok()
}

fn signature(key: &str, timestamp: &str, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key may have any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

/// Changes one bit.
fn spoil(dice: &mut Dice, bytes: &mut [u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let place = usize::try_from(dice.below(length)).unwrap_or(0);
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1 << dice.below(7);
    }
}
