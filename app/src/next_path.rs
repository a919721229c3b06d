//! Where to go after a form: a path of this site, never an address that a stranger made up.

/// `text` when it is a path of this site, to be put into a `Location` header as it is.
pub fn local_path(text: &str) -> Option<&str> {
    const LENGTH_MAX: usize = 512;
    let path = text.strip_prefix('/')?;
    // Browsers take `//host` and `/\host` for another site.
    let other_site = path.starts_with('/') || path.contains('\\');
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    (!other_site && plain && text.len() <= LENGTH_MAX).then_some(text)
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
}
