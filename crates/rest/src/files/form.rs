//! Files as a form brings them, read whole.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::StatusCode;
use domain::id::{OfferId, RequestId};
use services::files::{BYTES_MAX, Upload};

use crate::problem::Problem;
use crate::refusals::Fields;

/// The largest form with one file.
pub const ONE_BYTES_MAX: usize = BYTES_MAX + 64 * 1_024;

/// So many files fit into one call.
const FILES_MAX: usize = 5;
/// The largest body in bytes: the files, and what stands around them.
pub const BODY_BYTES_MAX: usize = FILES_MAX * BYTES_MAX + 64 * 1_024;

/// A form, read.
#[derive(Debug)]
pub struct Form {
    /// The name of the part that holds files.
    part: &'static str,
    request: Option<String>,
    offer: Option<String>,
    uploads: Vec<Upload>,
}

/// What files are shown with.
#[derive(Debug, Clone, Copy)]
pub enum With {
    /// A request.
    Request(RequestId),
    /// An offer.
    Offer(OfferId),
}

impl Form {
    /// Reads a form whose files come as `part`. Parts that mean nothing here are passed over.
    pub async fn read(request: Request, part: &'static str) -> Result<Self, Problem> {
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|_| {
            let detail = "send files as multipart/form-data";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Problem::new(status, "UNSUPPORTED_MEDIA_TYPE", detail)
        })?;
        let mut form = Self {
            part,
            request: None,
            offer: None,
            uploads: Vec::new(),
        };
        while let Some(field) = parts
            .next_field()
            .await
            .map_err(|error| unreadable(&error))?
        {
            form.take(field).await?;
        }
        Ok(form)
    }

    async fn take(&mut self, field: Field<'_>) -> Result<(), Problem> {
        match field.name() {
            Some("purchaseRequestId") => self.request = Some(text(field).await?),
            Some("offerId") => self.offer = Some(text(field).await?),
            Some(name) if name == self.part => {
                if self.uploads.len() == FILES_MAX {
                    let message = "at most five at once";
                    return Err(Problem::field(self.part, "TOO_MANY_FILES", message));
                }
                self.uploads.push(upload(field).await?);
            }
            _ => {}
        }
        Ok(())
    }

    /// The request or the offer that it names.
    pub fn with(&self) -> Result<With, Problem> {
        let mut fields = Fields::default();
        let with = match (&self.request, &self.offer) {
            (Some(id), None) => fields.id("purchaseRequestId", id).map(With::Request),
            (None, Some(id)) => fields.id("offerId", id).map(With::Offer),
            _ => {
                let message = "say which request or which offer, one of the two".to_owned();
                fields.take("purchaseRequestId", Err(("MISSING", message)))
            }
        };
        with.ok_or_else(|| fields.problem())
    }

    /// All its files, one at the least.
    pub fn all_files(self) -> Result<Vec<Upload>, Problem> {
        if self.uploads.is_empty() {
            return Err(Problem::field(self.part, "MISSING", "send a file"));
        }
        Ok(self.uploads)
    }

    /// Its only file.
    pub fn one_file(self) -> Result<Upload, Problem> {
        let part = self.part;
        let mut files = self.all_files()?.into_iter();
        match (files.next(), files.next()) {
            (Some(one), None) => Ok(one),
            _ => Err(Problem::field(part, "TOO_MANY_FILES", "send one file")),
        }
    }
}

async fn text(field: Field<'_>) -> Result<String, Problem> {
    let text = field.text().await.map_err(|error| unreadable(&error))?;
    Ok(text.trim().to_owned())
}

async fn upload(field: Field<'_>) -> Result<Upload, Problem> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
    Ok(Upload {
        name,
        bytes: bytes.into(),
    })
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let detail = "at most five files of 10 MB at once";
        Problem::new(error.status(), "PAYLOAD_TOO_LARGE", detail)
    } else {
        let detail = "the form cannot be read, or ended early";
        Problem::new(StatusCode::BAD_REQUEST, "UNREADABLE_BODY", detail)
    }
}
