//! Names and values, such as the terms of a deal.

use leptos::prelude::*;

/// One name and its value.
#[derive(Debug)]
pub struct Row {
    term: String,
    value: AnyView,
    change: Option<(String, String)>,
}

impl Row {
    /// A row; `value` may be text or a view such as `Money`.
    pub fn new(term: impl Into<String>, value: impl IntoAny) -> Self {
        Self {
            term: term.into(),
            value: value.into_any(),
            change: None,
        }
    }

    /// With a link that leads to where it can be changed.
    #[must_use]
    pub fn change(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.change = Some((label.into(), href.into()));
        self
    }
}

/// A list of rows.
#[component]
pub fn SummaryList(rows: Vec<Row>) -> impl IntoView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let Row {
                term,
                value,
                change,
            } = row;
            let change = change.map(|(label, href)| {
                view! {
                    <dd class="change">
                        <a href=href>{label}<span class="visually-hidden">" "{term.clone()}</span></a>
                    </dd>
                }
            });
            view! { <div><dt>{term}</dt><dd>{value}</dd>{change}</div> }
        })
        .collect();
    view! { <dl class="summary-list">{rows}</dl> }
}
