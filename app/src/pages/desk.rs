//! What all tables of staff share: filters in the address, columns that sort, pages, files.
//!
//! A list as somebody filtered and sorted it is an address, so it can be kept and sent.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use leptos::prelude::*;
use services::csv::Csv;
use services::paging::{Cursor, Limit, Page as Paged, PageRequest};

use crate::components::{Button, Look, Pagination, Tab, Tabs};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::next_path::query_value;
use crate::page::{Failure, Page, PageResult};

/// So many rows are on a page.
const ON_A_PAGE: Limit = Limit::new(20);
/// So many rows a file holds: more is a matter of narrower filters.
pub(super) const FILE_ROWS_MAX: usize = 10_000;
/// The word of the address by which the column of time is turned round.
const SORT: &str = "sort";
const OLDEST: &str = "oldest";

/// A list as its address asks for it.
#[derive(Debug, Clone)]
pub(super) struct ListView {
    path: &'static str,
    filters: Vec<(&'static str, String)>,
    is_oldest_first: bool,
    place: ListPlace,
}

impl ListView {
    /// Reads the filters of these names from the address.
    pub(super) fn of(page: &Page, path: &'static str, names: &[&'static str]) -> Self {
        let query = page.uri.query().unwrap_or_default();
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let value = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
        };
        Self {
            path,
            filters: names.iter().map(|name| (*name, value(name))).collect(),
            is_oldest_first: value(SORT) == OLDEST,
            place: ListPlace::of(page),
        }
    }

    /// What a filter asks for; empty when nothing.
    pub(super) fn value(&self, name: &str) -> &str {
        let found = self.filters.iter().find(|(key, _)| *key == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether any filter asks for anything.
    pub(super) fn is_narrowed(&self) -> bool {
        self.filters.iter().any(|(_, value)| !value.is_empty())
    }

    /// What to ask the list for.
    pub(super) const fn request(&self) -> PageRequest {
        self.place.request(ON_A_PAGE).reversed(self.is_oldest_first)
    }

    /// The same list from its beginning, for a file.
    const fn whole(&self, after: Option<Cursor>) -> PageRequest {
        PageRequest {
            after,
            limit: Limit::MAX,
            is_reversed: self.is_oldest_first,
        }
    }

    /// Its address, from the first page on.
    fn address(&self) -> String {
        self.address_of(self.path, self.is_oldest_first)
    }

    /// The address of a file with the same rows.
    pub(super) fn file(&self) -> String {
        self.address_of(&format!("{}.csv", self.path), self.is_oldest_first)
    }

    fn address_of(&self, path: &str, is_oldest_first: bool) -> String {
        let mut asked: Vec<String> = self
            .filters
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", query_value(value)))
            .collect();
        if is_oldest_first {
            asked.push(format!("{SORT}={OLDEST}"));
        }
        if asked.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", asked.join("&"))
        }
    }

    /// The head of the column that the list goes by: a link that turns it round.
    pub(super) fn sorted_head(&self, t: Locale, label: &'static str) -> impl IntoView + use<> {
        let (order, arrow, turn) = if self.is_oldest_first {
            ("ascending", "↑", t.desk_newest_first())
        } else {
            ("descending", "↓", t.desk_oldest_first())
        };
        let href = self.address_of(self.path, !self.is_oldest_first);
        view! {
            <th scope="col" aria-sort=order>
                <a href=href>
                    {label}
                    <span aria-hidden="true">" "{arrow}</span>
                    <span class="visually-hidden">", "{turn}</span>
                </a>
            </th>
        }
    }

    /// The ways to the neighbouring pages.
    pub(super) fn pages(&self, next: Option<Cursor>) -> impl IntoView + use<> {
        let address = self.address();
        let next = self.place.older(&address, next);
        let previous = self.place.newer(&address);
        view! { <Pagination previous=previous next=next/> }
    }

    /// The filters as a form; what it finds is an address like any other.
    pub(super) fn form(&self, t: Locale, fields: impl IntoView) -> impl IntoView {
        let cleared = self.is_narrowed().then(|| {
            let href = self.path;
            view! { <a href=href>{t.desk_clear()}</a> }
        });
        let sort = self.is_oldest_first.then(|| {
            view! { <input type="hidden" name=SORT value=OLDEST/> }
        });
        view! {
            <form method="get" action=self.path class="desk-filters card" role="search">
                {fields}
                {sort}
                <p class="cluster">
                    <Button look=Look::Quiet>{t.desk_show()}</Button>
                    {cleared}
                </p>
            </form>
        }
    }

    /// Views that are often asked for: each is an address.
    pub(super) fn views(
        &self,
        t: Locale,
        views: &[(&'static str, &'static str)],
    ) -> impl IntoView + use<> {
        let here = self.address_of("", false);
        let tabs = views.iter().map(|(query, label)| {
            let href = format!("{}{query}", self.path);
            Tab::new(href, label, *query == here)
        });
        view! { <Tabs label=t.desk_views() groups=vec![tabs.collect()]/> }
    }

    /// The link to the file.
    pub(super) fn file_link(&self, t: Locale) -> impl IntoView + use<> {
        view! {
            <p class="small-text muted">
                <a href=self.file() download="">{t.desk_csv()}</a>
                " "
                {t.desk_csv_text()}
            </p>
        }
    }
}

/// Answers a whole list as a file that spreadsheets open.
pub(super) async fn file<T, F>(
    view: &ListView,
    columns: &[&str],
    list: impl Fn(PageRequest) -> F,
    row: impl Fn(T) -> Vec<String>,
) -> PageResult
where
    F: Future<Output = Result<Paged<T>, services::Failure>>,
{
    let mut table = Csv::new(columns);
    let mut rows = 0;
    let mut after = None;
    loop {
        let page = list(view.whole(after)).await?;
        for item in page.items.into_iter().take(FILE_ROWS_MAX - rows) {
            table.row(&row(item));
            rows += 1;
        }
        after = page.next;
        if after.is_none() || rows >= FILE_ROWS_MAX {
            break;
        }
    }
    let name = view.path.rsplit('/').next().unwrap_or("list");
    let name = format!("attachment; filename=\"amn-{name}.csv\"");
    let name = HeaderValue::try_from(name).map_err(|error| Failure::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Csv::TYPE)),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, table.into_bytes()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(filters: &[(&'static str, &str)], is_oldest_first: bool) -> ListView {
        let filters = filters
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        ListView {
            path: "/admin/users",
            filters: filters.collect(),
            is_oldest_first,
            place: ListPlace::default(),
        }
    }

    #[test]
    fn a_list_as_it_is_filtered_and_sorted_is_an_address() {
        let plain = view(&[("q", ""), ("role", "")], false);
        assert_eq!(plain.address(), "/admin/users");
        assert!(!plain.is_narrowed());
        let asked = view(&[("q", "سارا & co"), ("role", "admin")], true);
        let address = asked.address();
        assert!(address.ends_with("&role=admin&sort=oldest"), "{address}");
        assert!(
            !address.contains(' ') && !address.contains("& co"),
            "{address}"
        );
        assert_eq!(asked.value("q"), "سارا & co");
    }

    #[test]
    fn a_file_has_the_rows_of_the_list() {
        let asked = view(&[("role", "admin")], true);
        assert_eq!(asked.file(), "/admin/users.csv?role=admin&sort=oldest");
        assert!(asked.whole(None).is_reversed);
    }
}
