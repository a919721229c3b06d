//! Handing out a file that somebody brought, so that no browser takes it for anything else.

use core::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};

/// Nothing in a file may run, load or draw anything, wherever it is opened.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The headers around the bytes of a file of this type. `cache` says who may keep it, and how long.
pub fn headers(mime: &str, disposition: HeaderValue, cache: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let fixed = HeaderValue::from_static;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, fixed(POLICY));
    headers.insert(header::CACHE_CONTROL, fixed(cache));
    headers.insert("cross-origin-resource-policy", fixed("same-origin"));
    let kind = HeaderValue::from_str(mime).unwrap_or_else(|_| fixed("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers
}

/// Saved, never shown; the name as RFC 6266 and RFC 8187 have it.
pub fn attachment(name: &str) -> HeaderValue {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes all text");
        }
    }
    let plain: String = name
        .chars()
        .map(|char| match char {
            '"' | '\\' | '%' => '_',
            ' '..='~' => char,
            _ => '_',
        })
        .collect();
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&value).expect("what is not plain ASCII is encoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_the_header_once_plain_and_once_whole() {
        let value = attachment("رسید \"پست\".jpg");
        let text = value.to_str().unwrap();
        assert!(
            text.starts_with("attachment; filename=\"____ _____.jpg\"; "),
            "{text}"
        );
        assert!(
            text.ends_with(
                "filename*=UTF-8''%D8%B1%D8%B3%DB%8C%D8%AF%20%22%D9%BE%D8%B3%D8%AA%22.jpg"
            ),
            "{text}"
        );
    }

    #[test]
    fn no_name_ends_the_header() {
        let value = attachment("a\r\nSet-Cookie: x\\\"\0.jpg");
        let text = value.to_str().unwrap();
        assert!(
            text.starts_with("attachment; filename=\"a__Set-Cookie: x___.jpg\"; "),
            "{text}"
        );
    }
}
