//! What only this store promises; what every store promises is `storage::conformance`.

use std::sync::Arc;

use storage::Store;

use crate::testing::TemporaryStore;

mod backups;
mod batches;
mod crash;
mod opening;
pub(crate) mod plans;

async fn open() -> (Arc<dyn Store>, TemporaryStore) {
    let temporary = TemporaryStore::new();
    (temporary.store(), temporary)
}

mod conformance {
    storage::conformance_tests!(crate::tests::open);
}
