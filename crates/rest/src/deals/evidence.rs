//! `GET` and `POST /marketplace/deals/{id}/evidence`: files of both sides, kept as they came.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use domain::policy::Action;
use serde::Serialize;
use services::Services;
use services::files::{AddEvidence, AddEvidenceError, EvidenceFile, FiledEvidence, TakeInError};
use utoipa::ToSchema;

use super::evidence_form::{EvidenceForm, Given};
use super::refusals::{Refusals, refused};
use super::step::Step;
use crate::answer::Data;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::problem::Problem;
use crate::refusals::{failed, key_reused};
use crate::word::word;

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    file_id: String,
    /// The item of the evidence contract that it is meant to satisfy.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "photo_of_parcel")]
    kind: Option<&'static str>,
    /// The digest of the bytes as they came.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    sha256: String,
    /// The file's name, made safe.
    #[schema(example = "parcel.jpg")]
    filename: String,
    /// In bytes.
    #[schema(example = 204_800)]
    size: u64,
    #[schema(example = "The sealed parcel with its label")]
    note: String,
    /// `buyer` or `seller`.
    #[schema(example = "seller")]
    by: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl From<FiledEvidence> for Evidence {
    fn from(filed: FiledEvidence) -> Self {
        let evidence = filed.evidence;
        Self {
            file_id: evidence.file.to_string(),
            kind: evidence.item.map(domain::deal::EvidenceItem::code),
            sha256: evidence.sha256.to_string(),
            filename: filed.name,
            size: filed.size,
            note: evidence.note,
            by: word(&evidence.by),
            at: rfc3339(evidence.at),
        }
    }
}

/// See the evidence of a deal
///
/// Which files there are, oldest first; not their bytes.
#[utoipa::path(
    get,
    path = "/marketplace/deals/{id}/evidence",
    tag = "deals",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "The deal", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "What both sides have shown", body = Data<Vec<Evidence>>),
        (status = 404, description = "`NOT_FOUND`: no such deal, or none of the caller's"),
    )
)]
pub async fn list(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Vec<Evidence>>, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let filed = services.list_evidence(&caller.actor, id).await;
    let filed = filed.map_err(|error| refused(&services, error))?;
    Ok(Data::new(filed.into_iter().map(Evidence::from).collect()))
}

/// Add evidence to a deal
///
/// Either side's, while the deal is open or disputed: 50 files at the most, 10 MB each.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/evidence",
    tag = "deals",
    extensions(("x-policy" = json!("dispute.add_evidence"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body(content = EvidenceForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The evidence with it", body = Data<Vec<Evidence>>),
        Refusals,
        (status = 413, description = "`FILE_TOO_LARGE`"),
        (status = 422, description = "`FILE_TYPE`, `FILE_EMPTY`: `errors` names the fields"),
    )
)]
pub async fn post(step: Step, form: Request) -> Result<Data<Vec<Evidence>>, Problem> {
    add(step, form).await
}

/// Adds what a form brings, and answers with all there is then. A deal of others is not found
/// before any of it is read.
pub async fn add(step: Step, form: Request) -> Result<Data<Vec<Evidence>>, Problem> {
    step.view().await?;
    let given = Given::read(form).await?;
    let command = AddEvidence {
        deal: step.deal,
        file: EvidenceFile::Brought(given.upload),
        item: given.item,
        note: given.note,
        key: Some(step.key.clone()),
    };
    let added = step.services.add_evidence(&step.actor, command).await;
    added.map_err(|error| not_added(&step, error))?;
    let filed = step.services.list_evidence(&step.actor, step.deal).await;
    let filed = filed.map_err(|error| step.refused(error))?;
    Ok(Data::new(filed.into_iter().map(Evidence::from).collect()))
}

fn not_added(step: &Step, error: AddEvidenceError) -> Problem {
    let (code, detail) = (error.code(), error.to_string());
    match error {
        AddEvidenceError::Deal(error) => step.refused(error),
        AddEvidenceError::NoSuchFile => Problem::field("file", code, detail),
        AddEvidenceError::File(error) => match error {
            TakeInError::TooLarge => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, code, detail),
            TakeInError::Empty | TakeInError::WrongType | TakeInError::Unreadable => {
                Problem::field("file", code, detail)
            }
            TakeInError::QuotaUsedUp => Problem::new(StatusCode::TOO_MANY_REQUESTS, code, detail),
            TakeInError::KeyReused => key_reused(),
            TakeInError::Blobs(error) => {
                tracing::error!(%error, "a file could not be kept");
                let detail = "we cannot keep files right now; please try again";
                let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, detail);
                problem.retry_after_seconds(30)
            }
            TakeInError::Failed(failure) => failed(failure),
        },
    }
}
