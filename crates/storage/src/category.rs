//! Categories.

use async_trait::async_trait;
use domain::category::Category;
use domain::id::CategoryId;

use crate::{Aggregate, Aggregates, StoreError};

impl Aggregate for Category {
    type Id = CategoryId;
    const KIND: &'static str = "category";

    fn id(&self) -> CategoryId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// Categories. A slug stands for one of them: a second is a conflict in `slug`.
#[async_trait]
pub trait Categories: Aggregates<Category> {
    /// Every category, in no order; there are a few dozen, and
    /// [`Catalogue::arrange`](domain::category::Catalogue::arrange) puts them in theirs. A thousand
    /// at the most.
    async fn list_all(&self) -> Result<Vec<Category>, StoreError>;
}
