//! How lists are read page by page. The doors know nothing else of the store.

pub use storage::{Cursor, InvalidCursor, Limit, Page, PageRequest};

use core::future::Future;

use storage::StoreError;

/// A list that is read from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Pages(Option<PageRequest>);

impl Pages {
    /// From its beginning.
    pub(crate) const fn first() -> Self {
        Self(Some(PageRequest::first(Limit::MAX)))
    }

    /// Reads on; none after the end.
    pub(crate) async fn next<T, F>(
        &mut self,
        list: impl FnOnce(PageRequest) -> F,
    ) -> Result<Option<Vec<T>>, StoreError>
    where
        F: Future<Output = Result<Page<T>, StoreError>>,
    {
        let Some(request) = self.0 else {
            return Ok(None);
        };
        let page = list(request).await?;
        self.0 = page
            .next
            .map(|next| PageRequest::after(next, request.limit));
        Ok(Some(page.items))
    }
}

/// Reads a list to its end, and keeps of each item what `turn` makes of it.
pub(crate) async fn read_all<T, U, F>(
    list: impl Fn(PageRequest) -> F,
    turn: impl Fn(T) -> U,
) -> Result<Vec<U>, StoreError>
where
    F: Future<Output = Result<Page<T>, StoreError>>,
{
    let mut all = Vec::new();
    let mut pages = Pages::first();
    while let Some(items) = pages.next(&list).await? {
        all.extend(items.into_iter().map(&turn));
    }
    Ok(all)
}
