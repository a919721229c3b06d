//! The keys of tokens. What is not set follows from `SECRET_KEY`.

use services::CodeKey;
use services::config::TokenConfig;

use super::{Reader, parse_key};

/// What was set: each 64 hexadecimal digits.
///
/// To change a key, set the old one as `…_FORMER` beside the new one, and take it away once what it
/// made is over: fifteen minutes for access tokens, thirty days for refresh tokens.
#[derive(Debug, Clone, Default)]
pub struct TokenKeys {
    /// `JWT_SECRET`: makes access tokens.
    access: Option<CodeKey>,
    /// `JWT_SECRET_FORMER`: its access tokens are still taken.
    former_access: Option<CodeKey>,
    /// `REFRESH_TOKEN_SECRET`: makes refresh tokens.
    refresh: Option<CodeKey>,
    /// `REFRESH_TOKEN_SECRET_FORMER`: its refresh tokens are still taken.
    former_refresh: Option<CodeKey>,
}

pub(super) fn token_keys(read: &mut Reader<'_>) -> TokenKeys {
    let mut key = |name| {
        let expected = "64 hexadecimal digits; `amn config secrets` prints some";
        read.word(name, expected, None, |text| parse_key(text).map(Some))
    };
    TokenKeys {
        access: key("JWT_SECRET"),
        former_access: key("JWT_SECRET_FORMER"),
        refresh: key("REFRESH_TOKEN_SECRET"),
        former_refresh: key("REFRESH_TOKEN_SECRET_FORMER"),
    }
}

impl TokenKeys {
    /// Puts what was set into the settings of the use cases.
    pub fn apply(&self, settings: &mut TokenConfig) {
        if let Some(key) = &self.access {
            settings.access_key = key.clone();
        }
        if let Some(key) = &self.refresh {
            settings.refresh_key = key.clone();
        }
        settings.former_access_key.clone_from(&self.former_access);
        settings.former_refresh_key.clone_from(&self.former_refresh);
    }
}
