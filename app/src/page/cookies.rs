//! The cookies that keep what a visitor chose to see. Sessions are not among them.

use axum::http::{HeaderMap, HeaderValue, header};

/// Holds the code of a language.
pub const LANGUAGE: &str = "lang";
/// Holds the code of a theme.
pub const THEME: &str = "theme";

const YEAR_S: u32 = 365 * 24 * 60 * 60;

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
pub fn keep(name: &'static str, value: &'static str, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={YEAR_S}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).expect("our codes are letters")
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
        assert_eq!(find(&headers, "session"), None);
    }
}
