//! Reports.

use async_trait::async_trait;
use domain::id::{ReportId, UserId};
use domain::report::Report;

use crate::{Aggregate, Aggregates, Page, PageRequest, StoreError};

impl Aggregate for Report {
    type Id = ReportId;
    const KIND: &'static str = "report";

    fn id(&self) -> ReportId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// Reports.
#[async_trait]
pub trait Reports: Aggregates<Report> {
    /// Those that wait for a decision, or for it to be carried out, longest first.
    async fn list_open(&self, page: PageRequest) -> Result<Page<Report>, StoreError>;

    /// Those of one person, newest first.
    async fn list_of_reporter(
        &self,
        reporter: UserId,
        page: PageRequest,
    ) -> Result<Page<Report>, StoreError>;
}
