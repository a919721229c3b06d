//! Signing receipts: Ed25519 (RFC 8032), so that whoever checks one needs nothing secret.

use core::fmt;
use core::str::FromStr;

use ed25519_dalek::Signer as _;
use serde::{Deserialize, Serialize};

use super::hex_bytes::HexBytes;

/// What receipts are signed with.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key that follows from 32 secret bytes.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// What its signatures are checked by.
    pub fn public(&self) -> PublicKey {
        PublicKey(HexBytes(self.0.verifying_key().to_bytes()))
    }

    pub(super) fn sign(&self, text: &str) -> Signature {
        Signature(HexBytes(self.0.sign(text.as_bytes()).to_bytes()))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// What signatures are checked by: 64 hexadecimal digits, for everybody to know.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(HexBytes<32>);

/// A text that is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key is 64 lower-case hexadecimal digits")]
pub struct InvalidPublicKey;

impl PublicKey {
    /// Whether this key signed this text. Keys and signatures that fit more than one text are not
    /// taken.
    pub(super) fn has_signed(&self, text: &str, signature: Signature) -> bool {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0.0);
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0.0);
        key.is_ok_and(|key| key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl FromStr for PublicKey {
    type Err = InvalidPublicKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        HexBytes::parse(text).map(Self).ok_or(InvalidPublicKey)
    }
}

/// A signature: 128 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signature(HexBytes<64>);

impl Signature {
    /// What stands where nobody has signed yet.
    pub(super) const fn none() -> Self {
        Self(HexBytes([0; 64]))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
