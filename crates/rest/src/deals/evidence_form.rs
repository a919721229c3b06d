//! A file of evidence as a program sends it: a form in parts.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use domain::deal::{EVIDENCE_NOTE_CHARS_MAX, EvidenceItem};
use domain::text::Block;
use services::files::{BYTES_MAX, Upload};
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::refusals::Fields;

/// What a form with evidence may hold, in bytes: the file and a little around it.
pub const FORM_BYTES_MAX: usize = BYTES_MAX + 64 * 1_024;

/// The parts of the form.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it only describes what `Given` is read from")]
pub struct EvidenceForm {
    /// A picture or a PDF.
    #[schema(format = Binary, value_type = String)]
    file: Vec<u8>,
    /// The item of the evidence contract that it is meant to satisfy.
    #[schema(example = "photo_of_parcel")]
    kind: Option<String>,
    /// What it shows.
    #[schema(example = "The sealed parcel with its label")]
    note: Option<String>,
}

/// What was given as evidence.
#[derive(Debug)]
pub struct Given {
    pub upload: Upload,
    pub item: Option<EvidenceItem>,
    pub note: Option<Block<EVIDENCE_NOTE_CHARS_MAX>>,
}

impl Given {
    /// Reads a form in parts.
    pub async fn read(form: Request) -> Result<Self, Problem> {
        let parts = Multipart::from_request(form, &()).await;
        let parts = parts.map_err(|_| {
            let detail = "send a form in parts, with Content-Type: multipart/form-data";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Problem::new(status, "UNSUPPORTED_MEDIA_TYPE", detail)
        })?;
        read(parts).await
    }
}

async fn read(mut parts: Multipart) -> Result<Given, Problem> {
    let (mut upload, mut kind, mut note) = (None, String::new(), String::new());
    while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
        match part.name().unwrap_or_default() {
            "file" => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let bytes = part
                    .bytes()
                    .await
                    .map_err(|error| too_large(error.status()))?;
                let bytes = bytes.to_vec();
                upload = Some(Upload { name, bytes });
            }
            "kind" => kind = part.text().await.map_err(|_| unreadable())?,
            "note" => note = part.text().await.map_err(|_| unreadable())?,
            _ => {}
        }
    }
    let mut fields = Fields::default();
    let missing = || ("FILE_MISSING", "the form has no part `file`".to_owned());
    let upload = fields.take("file", upload.ok_or_else(missing));
    let note = fields.text("note", Block::optional(&note));
    let item = match kind.trim() {
        "" => Some(None),
        kind => {
            let words = EvidenceItem::ALL.map(EvidenceItem::code);
            fields.choice("kind", EvidenceItem::from_code(kind).map(Some), &words)
        }
    };
    match (upload, item, note) {
        (Some(upload), Some(item), Some(note)) => Ok(Given { upload, item, note }),
        _ => Err(fields.problem()),
    }
}

fn unreadable() -> Problem {
    let detail = "the form is not whole";
    Problem::new(StatusCode::BAD_REQUEST, "UNREADABLE_BODY", detail)
}

/// A part ends early, or does not end.
fn too_large(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let detail = "the file is larger than 10 MB";
        Problem::new(status, "FILE_TOO_LARGE", detail)
    } else {
        unreadable()
    }
}
