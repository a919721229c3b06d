//! Reading all categories, arranged.

use domain::category::Catalogue;

use crate::Services;
use crate::failure::Failure;

impl Services {
    /// All categories, parents before children. There are a few dozen, and anybody may see them.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn catalogue(&self) -> Result<Catalogue, Failure> {
        let read = async {
            let categories = self.store.categories().list_all().await?;
            Ok(Catalogue::arrange(categories))
        };
        self.catalogue.read(self, read).await
    }
}
