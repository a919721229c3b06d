//! A form as a browser sends it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The largest form without files. Larger ones are refused with 413.
pub const BODY_BYTES_MAX: usize = 64 * 1_024;
/// More fields than any form of ours has.
pub(super) const FIELDS_MAX: usize = 256;
const KEY_LENGTH_MAX: usize = 128;

/// What a `PostForm` sent: its fields, and what the form carried unseen.
#[derive(Debug, Clone)]
pub struct Submission<T> {
    /// What was typed. Every field of `T` should have a default: browsers leave out empty boxes.
    pub fields: T,
    /// Names this one intent, however often it is sent.
    pub key: String,
    /// The version of what the person was looking at.
    pub version: Option<u64>,
}

#[derive(Deserialize)]
struct Unseen {
    key: String,
    #[serde(default)]
    version: Option<u64>,
}

impl<T: DeserializeOwned> Submission<T> {
    /// Reads a body of `application/x-www-form-urlencoded`. Nothing when it is not one, when it
    /// holds text that is not UTF-8 or has NUL, or when it did not come from a form of ours. What
    /// else people paste is taken: texts are cleaned where they are read.
    fn parse(body: &[u8]) -> Option<Self> {
        read_pairs(body)?;
        let unseen: Unseen = serde_html_form::from_bytes(body).ok()?;
        if !is_key(&unseen.key) {
            return None;
        }
        Some(Self {
            fields: serde_html_form::from_bytes(body).ok()?,
            key: unseen.key,
            version: unseen.version,
        })
    }
}

/// The fields of a body as they stand there; nothing when none of our forms can have sent it.
pub(super) fn read_pairs(body: &[u8]) -> Option<Vec<(String, String)>> {
    if !is_utf8(body) {
        return None;
    }
    let pairs: Vec<(String, String)> = serde_html_form::from_bytes(body).ok()?;
    let readable = pairs
        .iter()
        .all(|(name, value)| is_readable(name) && is_readable(value));
    (readable && pairs.len() <= FIELDS_MAX).then_some(pairs)
}

/// What one of our forms carries as its key.
pub(super) fn is_key(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    plain && !text.is_empty() && text.len() <= KEY_LENGTH_MAX
}

/// No browser sends NUL in a text, and no store takes it.
pub(super) fn is_readable(text: &str) -> bool {
    !text.contains('\0')
}

/// Whether what is encoded is UTF-8: whoever decodes it later puts U+FFFD for what is not, and
/// that is also a letter that people paste.
fn is_utf8(body: &[u8]) -> bool {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        let encoded = after.get(..2).filter(|_| *first == b'%');
        let decoded = encoded.and_then(|digits| {
            let digits = core::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        bytes.push(decoded.unwrap_or(*first));
        rest = decoded.map_or(after, |_| after.get(2..).unwrap_or_default());
    }
    core::str::from_utf8(&bytes).is_ok()
}

/// Whether a form without files was sent.
pub fn is_urlencoded(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    })
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Submission<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if !is_urlencoded(request.headers()) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Self::parse(&body).ok_or_else(|| StatusCode::BAD_REQUEST.into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Fields {
        name: String,
        tags: Vec<String>,
    }

    fn parse(body: &str) -> Option<Submission<Fields>> {
        Submission::parse(body.as_bytes())
    }

    #[test]
    fn fields_come_with_the_key_and_the_version() {
        let form = parse("key=k1&version=7&name=%D8%B9%D9%84%DB%8C&tags=a&tags=b").unwrap();
        assert_eq!((form.key.as_str(), form.version), ("k1", Some(7)));
        assert_eq!(
            (form.fields.name.as_str(), form.fields.tags.len()),
            ("علی", 2)
        );
    }

    #[test]
    fn a_field_that_is_left_out_is_empty() {
        assert_eq!(parse("key=k1").unwrap().fields.name, "");
    }

    #[test]
    fn what_people_paste_from_elsewhere_is_not_refused() {
        // A line break of a word processor, a page break, one of mainframes, and a letter lost.
        let form = parse("key=k1&name=a%0Bb%0Cc%C2%85d%1B%EF%BF%BD").unwrap();
        assert_eq!(form.fields.name, "a\u{b}b\u{c}c\u{85}d\u{1b}\u{fffd}");
    }

    #[test]
    fn what_no_form_of_ours_sends_is_refused() {
        let many = format!("key=k{}", "&a=b".repeat(FIELDS_MAX));
        let long = format!("key={}", "k".repeat(KEY_LENGTH_MAX + 1));
        for body in [
            "",
            "name=x",
            "key=",
            "key=%00",
            "key=a+b",
            "key=k&name=%00",
            "key=k&name=%FF%FE",
            "key=k&version=-1",
            "key=k&version=x",
            many.as_str(),
            long.as_str(),
        ] {
            assert!(parse(body).is_none(), "{body}");
        }
    }
}
