//! Lists, page by page: by number as the old clients ask, or by the place where one stopped.

use std::future::Future;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use services::paging::{Cursor, Limit, Page, PageRequest};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{FieldProblem, Problem};
use crate::query::Query;

/// As many as a list answers with when nothing is said.
const LIMIT: u32 = 20;
/// Pages are walked to from the first one: further ones are for `after`.
const PAGE_MAX: u32 = 10;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// Counted from 1; the first one when a place is given.
    page: u32,
    after: Option<Cursor>,
    limit: Limit,
}

/// How a part of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PagingParams {
    /// Which page, counted from 1; up to 10. Not together with `after`.
    #[param(value_type = Option<u32>, example = 1)]
    page: Option<String>,
    /// How many items: 1 to 100, else 20.
    #[param(value_type = Option<u32>, example = 20)]
    limit: Option<String>,
    /// The `nextCursor` of the part before: the rest of the list from there, at any depth.
    after: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(asked) = Query::<PagingParams>::from_request_parts(parts, state).await?;
        Self::read(&asked).map_err(Problem::fields)
    }
}

impl Paging {
    fn read(asked: &PagingParams) -> Result<Self, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut refuse = |field: &'static str, message: &str| {
            wrong.push(FieldProblem {
                field: field.into(),
                code: "INVALID_PAGE",
                message: message.to_owned(),
            });
        };
        let number = |text: &Option<String>, usual: u32, max: u32| match text {
            None => Some(usual),
            Some(text) => text
                .parse()
                .ok()
                .filter(|number| (1..=max).contains(number)),
        };
        let page = number(&asked.page, 1, PAGE_MAX);
        if page.is_none() {
            refuse("page", "1 to 10; go on with `after` from there");
        }
        let limit = number(&asked.limit, LIMIT, 100);
        if limit.is_none() {
            refuse("limit", "1 to 100");
        }
        let after = asked.after.as_deref().map(Cursor::parse).transpose();
        if after.is_err() {
            refuse(
                "after",
                "not a `nextCursor` that we gave; begin again without it",
            );
        }
        if asked.after.is_some() && asked.page.is_some() {
            refuse("page", "a page or `after`, not both");
        }
        match (page, limit, after, wrong.is_empty()) {
            (Some(page), Some(limit), Ok(after), true) => Ok(Self {
                page,
                after,
                limit: Limit::new(limit),
            }),
            _ => Err(wrong),
        }
    }

    /// Reads the part of a list that is asked for.
    ///
    /// # Errors
    /// What the list is refused with.
    pub async fn read_list<T, E, F>(self, list: impl Fn(PageRequest) -> F) -> Result<Listing<T>, E>
    where
        F: Future<Output = Result<Page<T>, E>>,
    {
        let mut after = self.after;
        for _ in 1..self.page {
            let skipped = list(self.request(after)).await?;
            if skipped.next.is_none() {
                let nothing = Page {
                    items: Vec::new(),
                    next: None,
                };
                return Ok(self.listing(nothing));
            }
            after = skipped.next;
        }
        let found = list(self.request(after)).await?;
        Ok(self.listing(found))
    }

    const fn request(self, after: Option<Cursor>) -> PageRequest {
        match after {
            Some(after) => PageRequest::after(after, self.limit),
            None => PageRequest::first(self.limit),
        }
    }

    fn listing<T>(self, found: Page<T>) -> Listing<T> {
        Listing {
            success: true,
            data: found.items,
            pagination: Pagination {
                page: self.after.is_none().then_some(self.page),
                limit: self.limit.get(),
                total: None,
                has_more: found.next.is_some(),
            },
            next_cursor: found.next.map(|next| next.to_string()),
        }
    }
}

/// `{"success":true,"data":[…],"pagination":{…},"nextCursor":…}`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Listing<T> {
    /// Always true; problems say false.
    #[schema(example = true)]
    success: bool,
    /// What is there.
    data: Vec<T>,
    /// Which part of the list this is.
    pagination: Pagination,
    /// Asks for the rest, as `after`; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "AAABnL8gWAABnL8gWAB3A4gQhQpTHnYrTg")]
    next_cursor: Option<String>,
}

/// Which part of a list an answer is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    /// Which page, when it was asked for by number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 1)]
    page: Option<u32>,
    /// How many items it has at the most.
    #[schema(example = 20)]
    limit: usize,
    /// How many items the whole list has, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 41)]
    total: Option<u64>,
    /// Whether there are more.
    #[schema(example = true)]
    has_more: bool,
}

impl<T> Listing<T> {
    /// Says how many items the whole list has.
    #[must_use]
    pub const fn of_total(mut self, total: u64) -> Self {
        self.pagination.total = Some(total);
        self
    }

    /// The same list with each item as it is shown.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Listing<U> {
        Listing {
            success: self.success,
            data: self.data.into_iter().map(turn).collect(),
            pagination: self.pagination,
            next_cursor: self.next_cursor,
        }
    }
}

impl<T> Listing<Vec<T>> {
    /// The same as one list, where one item read is several to show.
    pub fn flat(self) -> Listing<T> {
        Listing {
            success: self.success,
            data: self.data.into_iter().flatten().collect(),
            pagination: self.pagination,
            next_cursor: self.next_cursor,
        }
    }
}

impl<T: Serialize> axum::response::IntoResponse for Listing<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn asked(page: Option<&str>, limit: Option<&str>, after: Option<&str>) -> PagingParams {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        PagingParams {
            page: owned(page),
            limit: owned(limit),
            after: owned(after),
        }
    }

    /// A list of the numbers 1 to 45.
    async fn numbers(request: PageRequest) -> Result<Page<i64>, Infallible> {
        let from = request.after.map_or(0, Cursor::key);
        let until = (from + i64::try_from(request.limit.get()).unwrap()).min(45);
        Ok(Page {
            items: (from + 1..=until).collect(),
            next: (until < 45).then(|| Cursor::new(until, uuid::Uuid::nil())),
        })
    }

    async fn read(paging: Paging) -> Listing<i64> {
        let Ok(listing) = paging.read_list(numbers).await;
        listing
    }

    #[tokio::test]
    async fn a_list_is_read_by_number_and_by_place_alike() {
        let second = read(Paging::read(&asked(Some("2"), None, None)).unwrap()).await;
        assert_eq!(second.data, (21..=40).collect::<Vec<_>>());
        assert_eq!(second.pagination.page, Some(2));
        let next = second.next_cursor.unwrap();
        let rest = read(Paging::read(&asked(None, None, Some(&next))).unwrap()).await;
        assert_eq!(rest.data, (41..=45).collect::<Vec<_>>());
        assert_eq!((rest.pagination.page, rest.next_cursor), (None, None));
        assert!(!rest.pagination.has_more);
    }

    #[tokio::test]
    async fn beyond_the_end_there_is_nothing() {
        let beyond = read(Paging::read(&asked(Some("9"), None, None)).unwrap()).await;
        assert!(beyond.data.is_empty() && !beyond.pagination.has_more);
    }

    #[test]
    fn what_is_no_page_is_refused_by_its_name() {
        for (asked, field) in [
            (asked(Some("0"), None, None), "page"),
            (asked(Some("11"), None, None), "page"),
            (asked(Some("x"), None, None), "page"),
            (asked(None, Some("101"), None), "limit"),
            (asked(None, Some("-1"), None), "limit"),
            (asked(None, None, Some("!")), "after"),
        ] {
            let wrong = Paging::read(&asked).unwrap_err();
            assert_eq!(wrong.len(), 1);
            assert_eq!(wrong[0].field, field);
        }
    }
}
