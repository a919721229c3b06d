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
        settings.former_access_key.clone_from(&self.former_access);
        settings.former_refresh_key.clone_from(&self.former_refresh);
        put(
            &mut settings.access_key,
            &mut settings.former_access_key,
            self.access.as_ref(),
        );
        put(
            &mut settings.refresh_key,
            &mut settings.former_refresh_key,
            self.refresh.as_ref(),
        );
    }
}

/// A key that is set for the first time comes after the one that followed from `SECRET_KEY`.
fn put(key: &mut CodeKey, former: &mut Option<CodeKey>, set: Option<&CodeKey>) {
    if let Some(set) = set {
        let before = std::mem::replace(key, set.clone());
        former.get_or_insert(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> CodeKey {
        CodeKey::new([byte; 32])
    }

    fn same(one: &CodeKey, other: &CodeKey) -> bool {
        one.hash("", b"", "") == other.hash("", b"", "")
    }

    #[test]
    fn a_key_that_is_set_comes_after_the_one_before_it() {
        let derived = TokenConfig::new(&key(9));
        let mut settings = derived.clone();
        TokenKeys::default().apply(&mut settings);
        assert!(same(&settings.access_key, &derived.access_key));
        assert!(settings.former_access_key.is_none());

        let first = TokenKeys {
            access: Some(key(1)),
            ..TokenKeys::default()
        };
        first.apply(&mut settings);
        assert!(same(&settings.access_key, &key(1)));
        assert!(same(
            &settings.former_access_key.unwrap(),
            &derived.access_key
        ));

        let mut settings = derived;
        let second = TokenKeys {
            access: Some(key(2)),
            former_access: Some(key(1)),
            ..TokenKeys::default()
        };
        second.apply(&mut settings);
        assert!(same(&settings.access_key, &key(2)));
        assert!(same(&settings.former_access_key.unwrap(), &key(1)));
    }
}
