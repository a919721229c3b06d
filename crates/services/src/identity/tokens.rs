//! How a program holds a session: a short access token, and a refresh token that gets the next pair.
//!
//! The access token is a JWT (RFC 7519) with HS256. The refresh token names its session and how
//! often that was refreshed, and carries a keyed hash of both: the store need not know it, and the
//! n-th token of a session can be made again for whoever lost it on the way.

use core::fmt;
use core::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{SessionId, UserId};
use domain::{Span, Timestamp};
use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt as _, Claims, Header, TimeOptions, Token, UntrustedToken};
use serde::{Deserialize, Serialize};
use storage::{SecretHash, Session};
use uuid::Uuid;

use crate::Services;
use crate::secret::CodeKey;

/// Whom access tokens are for.
const AUDIENCE: &str = "amn-api";
/// What access tokens say that they are, so that no other token passes for one.
const KIND: &str = "access";
/// Id, generation and keyed hash of a refresh token.
const REFRESH_BYTES: usize = 16 + 4 + 32;

/// What a program keeps of its session.
#[derive(Clone)]
pub struct Tokens {
    /// Goes with each request as `Authorization: Bearer`.
    pub access: String,
    /// Gets the next pair, once.
    pub refresh: RefreshToken,
    /// How long the access token lasts.
    pub access_life: Span,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// The token that gets the next pair.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    pub(crate) session: SessionId,
    pub(crate) generation: u32,
    mac: SecretHash,
}

/// A token that was not made by us, or is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this token is not ours, or over")]
pub struct InvalidToken;

/// What an access token says beside its times.
#[derive(Debug, Serialize, Deserialize)]
struct Access {
    iss: String,
    aud: String,
    typ: String,
    sub: UserId,
    sid: SessionId,
}

impl RefreshToken {
    fn new(key: &CodeKey, session: SessionId, generation: u32) -> Self {
        let mac = key.hash(
            "refresh token",
            session.as_uuid().as_bytes(),
            &generation.to_string(),
        );
        Self {
            session,
            generation,
            mac,
        }
    }

    /// Whether one of `keys` made it. Compared in constant time.
    fn is_by<'k>(&self, keys: impl IntoIterator<Item = &'k CodeKey>) -> bool {
        keys.into_iter()
            .any(|key| Self::new(key, self.session, self.generation).mac == self.mac)
    }
}

impl fmt::Display for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::with_capacity(REFRESH_BYTES);
        bytes.extend(self.session.as_uuid().as_bytes());
        bytes.extend(self.generation.to_be_bytes());
        bytes.extend(self.mac.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken(…)")
    }
}

impl FromStr for RefreshToken {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidToken)?;
        let bytes: [u8; REFRESH_BYTES] = bytes.try_into().map_err(|_| InvalidToken)?;
        let (session, rest) = bytes.split_first_chunk::<16>().ok_or(InvalidToken)?;
        let (generation, mac) = rest.split_first_chunk::<4>().ok_or(InvalidToken)?;
        Ok(Self {
            session: SessionId::from_uuid(Uuid::from_bytes(*session)),
            generation: u32::from_be_bytes(*generation),
            mac: SecretHash::new(mac.try_into().map_err(|_| InvalidToken)?),
        })
    }
}

impl Services {
    /// The tokens of a program's session, as often as it is asked for.
    pub fn tokens_of(&self, session: &Session) -> Tokens {
        let config = &self.config.identity.tokens;
        let now = self.now();
        let mut claims = Claims::new(Access {
            iss: self.config.site_url.clone(),
            aud: AUDIENCE.to_owned(),
            typ: KIND.to_owned(),
            sub: session.user,
            sid: session.id,
        });
        claims.issued_at = Some(date(now));
        claims.expiration = Some(date(now.plus(config.access_life)));
        let key = signing_key(&config.access_key);
        let access = Hs256
            .token(&Header::empty(), &claims, &key)
            .expect("claims of texts and ids have a JSON form");
        Tokens {
            access,
            refresh: RefreshToken::new(&config.refresh_key, session.id, session.generation),
            access_life: config.access_life,
        }
    }

    /// Whose session an access token is of, by the token alone.
    pub(crate) fn read_access_token(
        &self,
        text: &str,
    ) -> Result<(UserId, SessionId), InvalidToken> {
        let token = UntrustedToken::new(text).map_err(|_| InvalidToken)?;
        let config = &self.config.identity.tokens;
        let keys = [Some(&config.access_key), config.former_access_key.as_ref()];
        let verified = keys.into_iter().flatten().find_map(|key| {
            let validator = Hs256
                .validator::<Access>(&signing_key(key))
                .validate(&token);
            validator.ok()
        });
        let token: Token<Access> = verified.ok_or(InvalidToken)?;
        let claims = token.claims();
        let now = self.now();
        let times = TimeOptions::new(chrono::TimeDelta::zero(), move || date(now));
        claims
            .validate_expiration(&times)
            .map_err(|_| InvalidToken)?;
        let access = &claims.custom;
        let is_ours =
            access.iss == self.config.site_url && access.aud == AUDIENCE && access.typ == KIND;
        is_ours
            .then_some((access.sub, access.sid))
            .ok_or(InvalidToken)
    }

    /// Whether a refresh token was made by us, now or before the last change of keys.
    pub(crate) fn is_refresh_token(&self, token: &RefreshToken) -> bool {
        let config = &self.config.identity.tokens;
        let keys = [
            Some(&config.refresh_key),
            config.former_refresh_key.as_ref(),
        ];
        token.is_by(keys.into_iter().flatten())
    }
}

fn signing_key(key: &CodeKey) -> Hs256Key {
    Hs256Key::new(key.key_for("HS256"))
}

/// JWT counts whole seconds.
fn date(at: Timestamp) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp_millis(at.unix_ms()).unwrap_or_default()
}
