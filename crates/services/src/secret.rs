//! Secrets that a client keeps and the store only knows by their hash.

use core::fmt;
use core::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::digest::Digest;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use storage::SecretHash;

use crate::ports::Random;

/// 256 random bits: a session, a device, the ticket of a sign-up, the link that stops an address.
/// Written as 43 characters that cookies and URLs take as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// A text that is no [`Secret`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no secret that we gave")]
pub struct InvalidSecret;

impl Secret {
    /// Draws a new one.
    pub fn draw(random: &dyn Random) -> Self {
        Self(random.bytes())
    }

    /// What a store keeps of it. So many random bits need no slow hash and no salt.
    pub fn hash(&self) -> SecretHash {
        SecretHash::new(*self.digest().as_bytes())
    }

    /// The same for aggregates of the domain.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl FromStr for Secret {
    type Err = InvalidSecret;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidSecret)?;
        bytes.try_into().map(Self).map_err(|_| InvalidSecret)
    }
}

/// The key of short codes. Six digits are found from a plain hash at once, and never without this.
#[derive(Clone)]
pub struct CodeKey([u8; 32]);

impl CodeKey {
    /// Takes a key from the configuration.
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The keyed hash of a code for one purpose and one subject: it proves nothing elsewhere.
    pub fn hash(&self, purpose: &str, subject: &[u8], code: &str) -> SecretHash {
        SecretHash::new(self.mac([purpose.as_bytes(), subject, code.as_bytes()]))
    }

    /// A secret that follows from the key: it can be made again, and nobody else can make it.
    pub fn derive(&self, purpose: &str, subject: &[u8]) -> Secret {
        Secret(self.mac([b"secret", purpose.as_bytes(), subject]))
    }

    /// A key of its own for one purpose, for a rule of the domain that takes bare bytes.
    pub(crate) fn key_for(&self, purpose: &str) -> [u8; 32] {
        self.mac([b"key", purpose.as_bytes(), b""])
    }

    fn mac(&self, parts: [&[u8]; 3]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in parts {
            // The length keeps two splits of the same bytes apart.
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for CodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    #[test]
    fn a_secret_comes_back_from_its_text_and_never_prints_itself() {
        let secret = Secret::draw(&SeededRandom::new(1));
        let text = secret.to_string();
        assert_eq!(text.len(), 43);
        assert_eq!(text.parse::<Secret>(), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        for wrong in ["", "x", "!", &text[1..], &format!("{text}A")] {
            assert_eq!(wrong.parse::<Secret>(), Err(InvalidSecret), "{wrong}");
        }
    }

    #[test]
    fn a_code_proves_one_thing_only() {
        let key = CodeKey::new([7; 32]);
        let hash = key.hash("reset", b"sara", "418206");
        assert_eq!(hash, key.hash("reset", b"sara", "418206"));
        for other in [
            key.hash("sign-up", b"sara", "418206"),
            key.hash("reset", b"omid", "418206"),
            key.hash("reset", b"sara4", "18206"),
            key.hash("reset", b"sara", "418207"),
            CodeKey::new([8; 32]).hash("reset", b"sara", "418206"),
        ] {
            assert_ne!(hash, other);
        }
    }
}
