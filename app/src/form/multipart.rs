//! A form with files, read part by part: no more than one file lies in memory at a time.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::submission::{BODY_BYTES_MAX, FIELDS_MAX, is_key, is_readable};

/// The most that a form with files holds in all. What is larger is refused with 413 before it is
/// read to its end.
pub const FILES_BYTES_MAX: usize = 128 * 1_024 * 1_024;

/// What a `PostForm` with files sent, its key read already.
#[derive(Debug)]
pub struct MultipartForm {
    /// Names this one intent, however often it is sent.
    pub key: String,
    parts: Multipart,
    /// Parts that were read.
    count: usize,
    /// Bytes of text that may still come.
    text_left: usize,
}

/// A part of the form.
#[derive(Debug)]
pub enum Part {
    /// What was typed or chosen.
    Text {
        /// The field's name.
        name: String,
        /// Its value.
        value: String,
    },
    /// A file.
    File {
        /// The name that the browser gave.
        name: String,
        /// What came.
        brought: Brought,
    },
}

/// What came of a file.
#[derive(Debug)]
pub enum Brought {
    /// All its bytes.
    Whole(Vec<u8>),
    /// More than was asked for. It was read to its end and not kept, so that whoever sent it gets
    /// an answer instead of a broken connection.
    TooLarge,
}

impl MultipartForm {
    /// The same, of whose texts so many bytes are read: for a page whose text is a file by itself.
    #[must_use]
    pub fn with_texts_up_to(self, max: usize) -> Self {
        let text_left = max;
        Self { text_left, ..self }
    }

    /// The next part in the order of the form; none at its end. Files of more than `file_max` bytes
    /// are not kept.
    ///
    /// # Errors
    /// The bare refusal: 400 for what no form of ours sends, 413 for too much of it.
    pub async fn next(&mut self, file_max: usize) -> Result<Option<Part>, Response> {
        let field = self.parts.next_field().await.map_err(refused)?;
        let Some(field) = field else { return Ok(None) };
        self.count = self.count.saturating_add(1);
        if self.count > FIELDS_MAX {
            return Err(StatusCode::BAD_REQUEST.into_response());
        }
        if let Some(name) = field.file_name() {
            let name = name.to_owned();
            let brought = read_file(field, file_max).await?;
            return Ok(Some(Part::File { name, brought }));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let value = read_text(field, self.text_left).await?;
        self.text_left = self.text_left.saturating_sub(value.len());
        Ok(Some(Part::Text { name, value }))
    }
}

impl<S: Send + Sync> FromRequest<S> for MultipartForm {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data")) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let parts = Multipart::from_request(request, state).await;
        let mut form = Self {
            key: String::new(),
            parts: parts.map_err(IntoResponse::into_response)?,
            count: 0,
            text_left: BODY_BYTES_MAX,
        };
        // Our forms begin with their key: what a file is kept under is known before the file comes.
        match form.next(0).await? {
            Some(Part::Text { name, value }) if name == "key" && is_key(&value) => {
                form.key = value;
                Ok(form)
            }
            Some(_) | None => Err(StatusCode::BAD_REQUEST.into_response()),
        }
    }
}

async fn read_file(mut field: Field<'_>, max: usize) -> Result<Brought, Response> {
    let mut bytes = Vec::new();
    let mut is_whole = true;
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        is_whole = is_whole && bytes.len().saturating_add(chunk.len()) <= max;
        if is_whole {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(if is_whole {
        Brought::Whole(bytes)
    } else {
        Brought::TooLarge
    })
}

async fn read_text(mut field: Field<'_>, max: usize) -> Result<String, Response> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        if bytes.len().saturating_add(chunk.len()) > max {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8(bytes).ok();
    text.filter(|text| is_readable(text))
        .ok_or_else(|| StatusCode::BAD_REQUEST.into_response())
}

fn refused(error: MultipartError) -> Response {
    error.into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=x";

    fn request(kind: &str, body: &str) -> Request {
        let body = Body::from(body.replace('\n', "\r\n"));
        let builder = Request::builder().header(header::CONTENT_TYPE, kind);
        builder.body(body).unwrap()
    }

    fn text(name: &str, value: &str) -> String {
        format!("--x\nContent-Disposition: form-data; name=\"{name}\"\n\n{value}\n")
    }

    fn file(name: &str, bytes: &str) -> String {
        let head = format!("form-data; name=\"files\"; filename=\"{name}\"");
        format!("--x\nContent-Disposition: {head}\n\n{bytes}\n")
    }

    async fn read(body: &str) -> Result<Vec<Part>, StatusCode> {
        let form = MultipartForm::from_request(request(TYPE, body), &()).await;
        let mut form = form.map_err(|refused| refused.status())?;
        let mut parts = Vec::new();
        while let Some(part) = form.next(5).await.map_err(|refused| refused.status())? {
            parts.push(part);
        }
        Ok(parts)
    }

    #[tokio::test]
    async fn parts_come_in_the_order_of_the_form() {
        let body = [
            text("key", "k1"),
            file("a.txt", "12345"),
            text("note", "سلام"),
            "--x--\n".to_owned(),
        ];
        let parts = read(&body.concat()).await.unwrap();
        let [Part::File { name, brought }, Part::Text { value, .. }] = &parts[..] else {
            panic!("{parts:?}");
        };
        assert_eq!((name.as_str(), value.as_str()), ("a.txt", "سلام"));
        assert!(matches!(brought, Brought::Whole(bytes) if bytes == b"12345"));
    }

    #[tokio::test]
    async fn a_file_that_is_too_large_does_not_keep_the_rest_from_being_read() {
        let body = [
            text("key", "k1"),
            file("large", "123456"),
            file("small", "1"),
            "--x--\n".to_owned(),
        ];
        let parts = read(&body.concat()).await.unwrap();
        let is_kept = |part: &Part| {
            let Part::File { brought, .. } = part else {
                return false;
            };
            matches!(brought, Brought::Whole(_))
        };
        let kept: Vec<_> = parts.iter().map(is_kept).collect();
        assert_eq!(kept, [false, true]);
    }

    #[tokio::test]
    async fn what_no_form_of_ours_sends_is_refused() {
        let end = "--x--\n";
        let long = "a".repeat(BODY_BYTES_MAX);
        for (body, status) in [
            (end.to_owned(), StatusCode::BAD_REQUEST),
            (file("a", "1") + end, StatusCode::BAD_REQUEST),
            (text("key", "") + end, StatusCode::BAD_REQUEST),
            (text("note", "k1") + end, StatusCode::BAD_REQUEST),
            (
                text("key", "k") + &text("note", "\0") + end,
                StatusCode::BAD_REQUEST,
            ),
            (
                text("key", "k") + &text("note", &long) + end,
                StatusCode::PAYLOAD_TOO_LARGE,
            ),
            (text("key", "k"), StatusCode::BAD_REQUEST),
        ] {
            assert_eq!(read(&body).await.unwrap_err(), status, "{body:.80}");
        }
    }

    #[tokio::test]
    async fn another_type_is_refused() {
        let request = request("application/x-www-form-urlencoded", "key=k");
        let form = MultipartForm::from_request(request, &()).await;
        assert_eq!(
            form.unwrap_err().status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        );
    }
}
