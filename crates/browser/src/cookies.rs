//! Cookies: what a visitor chose to see, and the session.

use axum::http::{HeaderMap, HeaderValue, header};

/// Holds the code of a language.
pub const LANGUAGE: &str = "lang";
/// Holds the code of a theme.
pub const THEME: &str = "theme";

const YEAR_S: i64 = 365 * 24 * 60 * 60;

/// A cookie that scripts cannot read and other sites cannot make a browser send with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// Opens a session.
    Session,
    /// Proves that this browser signed in before, so that strangers cannot lock it out.
    Device,
    /// Belongs to a sign-up that waits for its code.
    SignUp,
    /// The address that a code for a new password was sent to.
    Reset,
    /// Says that a draft is this browser's, whose owner has no account yet.
    Guest,
}

impl Secret {
    /// Over TLS the prefix makes browsers refuse a cookie that another host or a plain connection
    /// tries to set.
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::SignUp, true) => "__Host-sign-up",
            (Self::SignUp, false) => "sign-up",
            (Self::Reset, true) => "__Host-reset",
            (Self::Reset, false) => "reset",
            (Self::Guest, true) => "__Host-guest",
            (Self::Guest, false) => "guest",
        }
    }

    /// The value that the browser sent.
    pub fn find(self, headers: &HeaderMap, secure: bool) -> Option<&str> {
        find(headers, self.name(secure))
    }

    /// Asks the browser to keep a value for so many seconds; 0 takes it away.
    pub fn set(self, value: &str, max_age_s: i64, secure: bool) -> HeaderValue {
        set(self.name(secure), value, max_age_s, secure)
    }
}

/// The value of a cookie that the browser sent.
pub fn find<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Asks the browser to keep a choice for a year. `value` is one of our own codes.
pub fn keep(name: &str, value: &str, secure: bool) -> HeaderValue {
    set(name, value, YEAR_S, secure)
}

fn set(name: &str, value: &str, max_age_s: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).expect("names, codes and secrets are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("slang=x; lang=fa;theme=dark"),
        );
        assert_eq!(find(&headers, LANGUAGE), Some("fa"));
        assert_eq!(find(&headers, THEME), Some("dark"));
        assert_eq!(Secret::Session.find(&headers, false), None);
    }

    #[test]
    fn over_tls_a_session_is_bound_to_its_host() {
        let cookie = Secret::Session.set("abc", 60, true);
        assert_eq!(
            cookie,
            "__Host-session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("session=abc"));
        assert_eq!(Secret::Session.find(&headers, true), None);
    }
}
