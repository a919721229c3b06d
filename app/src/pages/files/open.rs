//! A file as it came, to be saved; a picture that was drawn here, to be looked at.

use core::fmt::Write as _;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use domain::id::FileId;

use super::{failure, opened};
use crate::page::{Failure, Page, PageResult};

pub(crate) async fn get(page: Page, path: Result<Path<FileId>, PathRejection>) -> PageResult {
    let Path(id) = path.map_err(|_| Failure::NotFound)?;
    let actor = page.actor();
    let found = page.services().open_file(&actor, id);
    let file = found.await.map_err(failure)?;
    let disposition = if file.is_drawn() {
        HeaderValue::from_static("inline")
    } else {
        attachment(&file.name)
    };
    Ok(opened(file, disposition))
}

/// Saved, never shown; the name as RFC 6266 and RFC 8187 have it.
pub(in crate::pages) fn attachment(name: &str) -> HeaderValue {
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
