//! The deal's receipt, as a file to be saved.

use browser::stored_file::attachment;

use super::open::{DealPath, failure};
use crate::page::{Page, PageResult};
use crate::pages::files::bytes;

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    page.user()?;
    let issued = page.services().issue_receipt(&page.actor(), path.0).await;
    let receipt = issued.map_err(|error| failure(&error))?;
    let disposition = attachment(&format!("amn-receipt-{}.json", path.0.short()));
    let file = receipt.to_json().into_bytes();
    Ok(bytes(
        "application/json",
        file,
        disposition,
        "private, no-store",
    ))
}
