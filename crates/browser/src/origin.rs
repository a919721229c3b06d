//! Whether a request comes from our own pages.

use axum::http::{HeaderMap, header};

/// Whether one of our own pages sent a request; `public_url` is where people reach them.
///
/// Browsers say where a request comes from by `Sec-Fetch-Site`, older ones by `Origin` alone. One
/// that says neither is refused: no browser that runs our pages sends a form so.
pub fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text("origin").is_some_and(|origin| {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            origin == public_url
                || origin
                    .split_once("://")
                    .is_some_and(|(_, named)| !named.is_empty() && named == host)
        }),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn passes(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        is_ours(&headers, "https://amn.example")
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(passes(&[("sec-fetch-site", "same-origin")]));
        assert!(passes(&[
            ("origin", "https://amn.example"),
            ("host", "inside:8083")
        ]));
        assert!(passes(&[
            ("origin", "http://127.0.0.1:8083"),
            ("host", "127.0.0.1:8083")
        ]));
        for headers in [
            &[][..],
            &[("host", "amn.example")],
            &[("sec-fetch-site", "cross-site")],
            &[
                ("sec-fetch-site", "same-site"),
                ("origin", "https://amn.example"),
            ],
            &[("sec-fetch-site", "none")],
            &[("origin", "null"), ("host", "amn.example")],
            &[("origin", "https://evil.example"), ("host", "amn.example")],
            &[("origin", "https://amn.example.evil.example")],
            &[("origin", "https://"), ("host", "")],
        ] {
            assert!(!passes(headers), "{headers:?}");
        }
    }
}
