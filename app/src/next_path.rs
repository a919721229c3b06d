//! Where to go after a form: a path of this site, never an address that a stranger made up.

use core::fmt::Write as _;

/// `text` when it is a path of this site, to be put into a `Location` header as it is.
pub fn local_path(text: &str) -> Option<&str> {
    const LENGTH_MAX: usize = 512;
    let path = text.strip_prefix('/')?;
    // Browsers take `//host` and `/\host` for another site.
    let other_site = path.starts_with('/') || path.contains('\\');
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    (!other_site && plain && text.len() <= LENGTH_MAX).then_some(text)
}

/// `text` as the value of a query: everything but letters, digits and a few marks is encoded.
pub fn query_value(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                value.push(char::from(byte));
            }
            other => {
                let written = write!(value, "%{other:02X}");
                debug_assert!(written.is_ok(), "a String takes everything");
            }
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_site_is_followed() {
        for path in ["/", "/deals/7K4Q?tab=log#chat", "/fa", "/a//b"] {
            assert_eq!(local_path(path), Some(path));
        }
        for path in [
            "",
            "deals",
            "//evil.example",
            "/\\evil.example",
            "/a\\b",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=1",
            "/a b",
            "/\u{202e}a",
        ] {
            assert_eq!(local_path(path), None, "{path}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(512))), None);
    }

    #[test]
    fn a_path_with_a_query_survives_in_a_query() {
        assert_eq!(
            query_value("/deals?a=1&b=سلام"),
            "/deals%3Fa%3D1%26b%3D%D8%B3%D9%84%D8%A7%D9%85"
        );
    }
}
