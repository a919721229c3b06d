//! Bytes that a receipt writes as lower-case hexadecimal digits, and in no other way.

use core::fmt;

use serde::{Deserialize, Serialize};

/// `N` bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct HexBytes<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> HexBytes<N> {
    /// Reads exactly `2 N` digits. A capital letter is another text, so it is refused: what can be
    /// written in two ways could be changed without anybody finding out.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; N];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        is_lower.then_some(Self(bytes))
    }
}

impl<const N: usize> fmt::Display for HexBytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl<const N: usize> fmt::Debug for HexBytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> Serialize for HexBytes<N> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for HexBytes<N> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            let digits = N.saturating_mul(2);
            serde::de::Error::custom(format!("must be {digits} lower-case hexadecimal digits"))
        })
    }
}
