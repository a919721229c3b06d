//! SHA-256 digests, printed in lower-case hex: terms, event chains, evidence.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

/// A text that is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 hexadecimal digits")]
pub struct InvalidDigest;

impl Digest {
    /// What a chain starts from, before its first link.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of a value, through its JSON form. Struct fields keep their order and maps are
    /// ordered trees, so that equal values have equal digests.
    pub fn of_value<T: Serialize>(value: &T) -> Self {
        let bytes = serde_json::to_vec(value).expect("domain values have a JSON form");
        Self::of(&bytes)
    }

    #[must_use]
    /// The link after this one: the digest of this digest and the value.
    pub fn chain<T: Serialize>(self, value: &T) -> Self {
        let mut bytes = self.0.to_vec();
        serde_json::to_writer(&mut bytes, value).expect("domain values have a JSON form");
        Self::of(&bytes)
    }

    /// The bare bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 64];
        hex::encode_to_slice(self.0, &mut digits).map_err(|_| fmt::Error)?;
        f.write_str(core::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| InvalidDigest)?;
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A digest that was computed piece by piece, of more than should lie in memory.
impl From<[u8; 32]> for Digest {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_depends_on_all_before_it() {
        let first = Digest::ZERO.chain(&"a");
        assert_ne!(first.chain(&"b"), Digest::ZERO.chain(&"b"));
        assert_eq!(first.to_string().parse(), Ok(first));
        assert_eq!("zz".parse::<Digest>(), Err(InvalidDigest));
    }
}
