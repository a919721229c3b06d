//! `/requests`: find open work.

use axum::response::Response;
use domain::category::Catalogue;
use domain::deal::ProductKind;
use domain::price::Currency;
use domain::request::Urgency;
use domain::{Asset, Units};
use leptos::prelude::*;
use serde::Deserialize;
use services::paging::{Limit, Page as ListPage};
use services::requests::{Browse, BudgetRange, Card};

use super::card::RequestCard;
use super::words;
use crate::components::{Button, Choice, Empty, Field, Look, MoneyInput, Pagination, Select};
use crate::list_place::ListPlace;
use crate::next_path::query_value;
use crate::page::{Page, PageResult, share};

/// Requests on one page.
const SHOWN: Limit = Limit::new(20);

/// What the address asks for; a value that makes no sense asks for nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filters {
    q: String,
    category: String,
    kind: String,
    urgency: String,
    currency: String,
    min: String,
}

impl Filters {
    pub(crate) fn of(page: &Page) -> Self {
        let query = page.uri.query().unwrap_or_default();
        serde_html_form::from_str(query).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pairs().all(|(_, value)| value.is_empty())
    }

    fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("q", self.q.as_str()),
            ("category", &self.category),
            ("kind", &self.kind),
            ("urgency", &self.urgency),
            ("currency", &self.currency),
            ("min", &self.min),
        ]
        .into_iter()
    }

    /// `path` with what is asked for.
    pub(crate) fn address(&self, path: &str) -> String {
        let asked: Vec<String> = self
            .pairs()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", query_value(value)))
            .collect();
        if asked.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", asked.join("&"))
        }
    }

    pub(crate) fn browse(&self, catalogue: &Catalogue) -> Browse {
        let category = catalogue.find_slug(&self.category);
        let least = Units::parse(&self.min, Asset::PRICE_PLACES).ok();
        Browse {
            question: self.q.clone(),
            category: category.map(|shelf| shelf.category.id),
            kind: ProductKind::from_code(&self.kind),
            urgency: Urgency::from_code(&self.urgency),
            status: None,
            budget: Currency::from_code(&self.currency).map(|currency| BudgetRange {
                currency,
                min: least,
                max: None,
            }),
        }
    }
}

pub(crate) async fn get(page: Page) -> PageResult {
    let services = page.services();
    let filters = Filters::of(&page);
    let catalogue = services.catalogue().await?;
    let place = ListPlace::of(&page);
    let browse = filters.browse(&catalogue);
    let found = services
        .browse_requests(&page.actor(), &browse, place.request(SHOWN))
        .await?;
    Ok(share(show(&page, &filters, &catalogue, &place, found)))
}

pub(crate) fn show(
    page: &Page,
    filters: &Filters,
    catalogue: &Catalogue,
    place: &ListPlace,
    found: ListPage<Card>,
) -> Response {
    let t = page.t();
    let base = filters.address(&page.public("/requests"));
    let older = place.older(&base, found.next);
    let newer = place.newer(&base);
    let is_empty = found.items.is_empty();
    let is_narrowed = !filters.is_empty();
    let (empty_title, empty_text) = if is_narrowed {
        (t.requests_empty_title(), t.requests_empty_text())
    } else {
        (t.requests_none_title(), t.requests_none_text())
    };
    let cards: Vec<_> = found
        .items
        .into_iter()
        .map(|card| view! { <RequestCard card/> })
        .collect();
    let filters = filters.clone();
    let catalogue = catalogue.clone();
    page.html(t.requests_title())
        .description(t.requests_lede())
        .translated()
        .render(move || {
            let path = Page::current().public("/requests");
            let (href, action) = if is_narrowed {
                (path.clone(), t.requests_clear())
            } else {
                ("/requests/new/what".to_owned(), t.requests_post())
            };
            view! {
                <div class="stack">
                    <h1>{t.requests_title()}</h1>
                    <p class="lede">{t.requests_lede()}</p>
                    <div class="browse">
                        <FilterForm path filters catalogue/>
                        <div class="stack">
                            {is_empty.then(|| view! {
                                <Empty title=empty_title text=empty_text>
                                    <Button look=Look::Quiet href=href>{action}</Button>
                                </Empty>
                            })}
                            <ul class="stack request-list">{cards}</ul>
                            <Pagination
                                previous=newer
                                next=older
                                previous_label=t.requests_newer()
                                next_label=t.requests_older()
                            />
                        </div>
                    </div>
                </div>
            }
        })
}

/// Search and filters: a plain GET, so an address can be kept and sent.
#[component]
pub(crate) fn FilterForm(path: String, filters: Filters, catalogue: Catalogue) -> impl IntoView {
    let t = Page::current().t();
    let narrowed = filters
        .pairs()
        .any(|(name, value)| name != "q" && !value.is_empty());
    let with_any = |any: &'static str, choices: Vec<Choice>| {
        let mut all = vec![Choice::new("", any)];
        all.extend(choices);
        all
    };
    let cleared = (!filters.is_empty()).then(|| path.clone());
    view! {
        <form method="get" action=path class="filters stack" role="search">
            <div class="search">
                <Field
                    name="q"
                    label=t.requests_search()
                    value=filters.q.clone()
                    kind="search"
                    maxlength=200
                />
                <Button look=Look::Quiet>{t.requests_show()}</Button>
            </div>
            <details class="disclosure" open=narrowed>
                <summary>{t.requests_filters()}</summary>
                <div class="stack">
                    <Select
                        name="category"
                        label=t.requests_category()
                        choices=with_any(t.requests_any_category(), categories(&catalogue))
                        chosen=filters.category
                    />
                    <Select
                        name="kind"
                        label=t.requests_kind()
                        choices=with_any(t.requests_any_kind(), words::kinds(t))
                        chosen=filters.kind
                    />
                    <Select
                        name="urgency"
                        label=t.requests_urgency()
                        choices=with_any(t.requests_any_urgency(), words::urgencies(t))
                        chosen=filters.urgency
                    />
                    <Select
                        name="currency"
                        label=t.requests_currency()
                        choices=with_any(t.requests_any_currency(), words::currencies())
                        chosen=filters.currency.clone()
                    />
                    <MoneyInput
                        name="min"
                        label=t.requests_budget_min()
                        hint=t.requests_budget_min_hint()
                        value=filters.min
                        unit=filters.currency
                    />
                    <Button look=Look::Quiet>{t.requests_show()}</Button>
                </div>
            </details>
            {cleared.map(|href| view! { <a href=href>{t.requests_clear()}</a> })}
        </form>
    }
}

/// The open categories by their slugs, those within others set in.
pub(crate) fn categories(catalogue: &Catalogue) -> Vec<Choice> {
    let language = Page::current().t().into();
    catalogue
        .open()
        .map(|shelf| {
            let name = shelf.category.name.in_language(language);
            let inset = "\u{2003}".repeat(shelf.depth);
            Choice::new(shelf.category.slug.as_str(), format!("{inset}{name}"))
        })
        .collect()
}
