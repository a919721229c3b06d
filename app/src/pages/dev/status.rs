//! `/dev/status/{status}`: the pages for what went wrong, which nobody can call up otherwise.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::page::{Failure, Page, PageResult};
use crate::pages::status;

pub(crate) async fn get(page: Page, Path(code): Path<u16>) -> PageResult {
    let known = StatusCode::from_u16(code).ok();
    let known = known.filter(|status| status.is_client_error() || status.is_server_error());
    let status = known.ok_or(Failure::NotFound)?;
    Ok(status::show(&page, status, true, None, None))
}
