//! Where to go after a form: a path of this site, never an address that a stranger made up.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// `text` when it is a path of this site, to be put into a `Location` header as it is.
pub fn local_path(text: &str) -> Option<&str> {
    const LENGTH_MAX: usize = 512;
    let path = text.strip_prefix('/')?;
    // Browsers take `//host` and `/\host` for another site.
    let other_site = path.starts_with('/') || path.contains('\\');
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    (!other_site && plain && text.len() <= LENGTH_MAX).then_some(text)
}

/// What a query cannot hold as it is: all but letters, digits and these marks.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// `text` as the value of a query: everything but letters, digits and a few marks is encoded.
pub fn query_value(text: &str) -> String {
    utf8_percent_encode(text, &ENCODED).to_string()
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
