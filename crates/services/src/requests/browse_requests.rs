//! Finding open requests.

use domain::id::{CategoryId, FileId};
use domain::policy::Action;
use storage::{Browse, Page, PageRequest, RequestSummary};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::BuyerCard;

/// A request in a list, with its buyer and a picture. The buyer is missing when the account was closed
/// since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The request.
    pub request: RequestSummary,
    /// Who wants it.
    pub buyer: Option<BuyerCard>,
    /// Its first file, when that is a picture.
    pub picture: Option<FileId>,
}

impl Services {
    /// Open requests that are for everybody, newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn browse_requests(
        &self,
        actor: &Actor,
        browse: &Browse,
        page: PageRequest,
    ) -> Result<Page<Card>, Failure> {
        actor.may(Action::ReadPublic)?;
        let found = self.store.requests().browse(browse, page).await?;
        self.with_buyers(found).await
    }

    /// Puts the buyers' cards beside requests.
    pub(crate) async fn with_buyers(
        &self,
        found: Page<RequestSummary>,
    ) -> Result<Page<Card>, Failure> {
        let buyers = found.items.iter().map(|request| request.buyer);
        let cards = self.buyer_cards(buyers.collect::<Vec<_>>()).await?;
        let files = found.items.iter().filter_map(|request| request.attachment);
        let mut files = self.attached_files(&files.collect::<Vec<_>>()).await?;
        files.retain(|file| file.is_picture);
        let is_picture = |id: &FileId| files.iter().any(|file| file.id == *id);
        Ok(found.map(|request| Card {
            buyer: cards.get(&request.buyer).cloned(),
            picture: request.attachment.filter(is_picture),
            request,
        }))
    }

    /// The category of a slug, for a filter; none when there is none.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn category_of_slug(&self, slug: &str) -> Result<Option<CategoryId>, Failure> {
        let catalogue = self.catalogue().await?;
        Ok(catalogue.find_slug(slug).map(|shelf| shelf.category.id))
    }
}
