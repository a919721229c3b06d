//! The delivery code: six digits that the buyer says with the goods in hand.

use core::fmt;

use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::id::DealId;
use crate::money::digit_value;
use crate::time::{Span, Timestamp};

/// How long a code is valid.
pub const VALID: Span = Span::days(7);
/// How long five wrong tries lock it.
pub const LOCK: Span = Span::minutes(15);
/// Wrong tries after which it is locked for a while.
pub const TRIES_TO_LOCK: u32 = 5;
/// Wrong tries after which a new code is needed.
pub const TRIES_PER_CODE: u32 = 10;
/// Wrong tries in a deal after which only proof or a dispute is left.
pub const TRIES_PER_DEAL: u32 = 20;
/// How many codes a buyer can make in a deal.
pub const CODES_PER_DEAL: u32 = 20;

/// Six digits. Never stored: made anew from the key each time.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryCode([u8; 6]);

impl DeliveryCode {
    /// The code of this deal's generation: HMAC-SHA256 (RFC 2104) under the operator's code key,
    /// to six digits as RFC 4226 does it, from 8 bytes so that the remainder's bias is negligible.
    pub fn derive(key: &[u8], deal: DealId, generation: u32) -> Self {
        let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(b"amn delivery code");
        mac.update(deal.as_uuid().as_bytes());
        mac.update(&generation.to_be_bytes());
        let tag = mac.finalize().into_bytes();
        let number = tag
            .iter()
            .take(8)
            .fold(0_u64, |sum, byte| sum.wrapping_shl(8) | u64::from(*byte));
        let text = format!("{:06}", number.checked_rem(1_000_000).unwrap_or(0));
        Self(
            text.into_bytes()
                .try_into()
                .expect("a number below a million has six digits"),
        )
    }

    /// Reads what a person typed: six digits of any script; spaces and dashes do not matter.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: Vec<u8> = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{200c}'))
            .map(|letter| digit_value(letter).and_then(|value| char::from_digit(value, 10)))
            .map(|digit| digit.and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        digits.try_into().ok().map(Self)
    }

    /// Compares in constant time.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// The code as the buyer reads it out: `418 206`.
    pub fn to_spoken(&self) -> String {
        let digits: String = self.0.iter().copied().map(char::from).collect();
        let (front, back) = digits.split_at(3);
        format!("{front} {back}")
    }
}

impl fmt::Debug for DeliveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeliveryCode(secret)")
    }
}

/// What the deal keeps of its codes: everything but the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CodeState {
    /// How many codes were made; the last one counts.
    pub generation: u32,
    /// Until when the last one is valid; none before the first, and after it was used.
    pub expires_at: Option<Timestamp>,
    /// Wrong tries of the last one.
    pub tries: u32,
    /// Wrong tries in the whole deal.
    pub tries_in_deal: u32,
    /// Locked until then.
    pub locked_until: Option<Timestamp>,
    /// Some code was verified once.
    pub ever_verified: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deal() -> DealId {
        DealId::derived(&[b"deal"])
    }

    #[test]
    fn a_code_belongs_to_its_key_deal_and_generation() {
        let code = DeliveryCode::derive(b"key", deal(), 1);
        assert!(code.matches(&DeliveryCode::derive(b"key", deal(), 1)));
        assert!(!code.matches(&DeliveryCode::derive(b"key", deal(), 2)));
        assert!(!code.matches(&DeliveryCode::derive(b"other", deal(), 1)));
    }

    #[test]
    fn a_code_is_read_in_any_script_with_or_without_spaces() {
        let latin = DeliveryCode::parse("418 206").unwrap();
        for typed in ["418206", "۴۱۸ ۲۰۶", "٤١٨٢٠٦", "418-206", " 4 1 8 2 0 6 "] {
            assert_eq!(DeliveryCode::parse(typed), Some(latin.clone()), "{typed}");
        }
        for typed in ["", "41820", "4182066", "41820a", "four"] {
            assert_eq!(DeliveryCode::parse(typed), None, "{typed}");
        }
        assert_eq!(latin.to_spoken(), "418 206");
    }

    #[test]
    fn a_code_does_not_print_itself_into_a_log() {
        assert_eq!(
            format!("{:?}", DeliveryCode::parse("418206").unwrap()),
            "DeliveryCode(secret)"
        );
    }
}
