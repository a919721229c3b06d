//! `/dev/requests`: fifty requests of the demonstration as `/requests` shows them, read from the store
//! once and kept: what drawing a page costs without reading it. Measured by `cargo xtask bench`.

use std::sync::OnceLock;

use domain::category::Catalogue;
use services::paging::{Limit, Page as ListPage, PageRequest};
use services::requests::{Browse, Card};

use crate::list_place::ListPlace;
use crate::page::{Failure, Page, PageResult};
use crate::pages::requests::browse::{Filters, show};

/// Requests on the page.
const SHOWN: Limit = Limit::new(50);

static KEPT: OnceLock<(Catalogue, Vec<Card>)> = OnceLock::new();

pub(crate) async fn get(page: Page) -> PageResult {
    let (catalogue, cards) = if let Some(kept) = KEPT.get() {
        kept
    } else {
        let read = read(&page).await?;
        KEPT.get_or_init(|| read)
    };
    let found = ListPage {
        items: cards.clone(),
        next: None,
    };
    let filters = Filters::default();
    Ok(show(
        &page,
        &filters,
        catalogue,
        &ListPlace::of(&page),
        found,
    ))
}

async fn read(page: &Page) -> Result<(Catalogue, Vec<Card>), Failure> {
    let services = page.services();
    let found = services
        .browse_requests(&page.actor(), &Browse::default(), PageRequest::first(SHOWN))
        .await?;
    Ok((services.catalogue().await?, found.items))
}
