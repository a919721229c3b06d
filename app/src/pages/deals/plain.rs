//! Steps that are the same but for what they do and what their page says: those with nothing to
//! fill in, and those with one text.

use axum::response::Response;
use domain::deal::{Command, STATEMENT_CHARS_MAX};
use leptos::prelude::*;
use serde::Deserialize;

use super::open::{Case, DealPath};
use super::take::take;
use super::{Nothing, fields};
use crate::components::Textarea;
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};

/// A step with nothing to fill in.
pub(super) struct PlainStep {
    /// What is done.
    pub(super) step: Command,
    /// The message afterwards.
    pub(super) done: &'static str,
    /// The page.
    pub(super) show: fn(&Page, &Case, &Errors) -> Response,
}

impl PlainStep {
    pub(super) async fn get(&self, page: Page, path: DealPath) -> PageResult {
        let case = Case::open(&page, path).await?;
        Ok((self.show)(&page, &case, &Errors::none()))
    }

    pub(super) async fn post(
        &self,
        page: Page,
        path: DealPath,
        form: Submission<Nothing>,
    ) -> PageResult {
        let case = Case::open(&page, path).await?;
        let step = self.step.clone();
        take(&page, &case, &form, step, self.done, |case, errors| {
            (self.show)(&page, case, errors)
        })
        .await
    }
}

/// What is typed into a written step.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Statement {
    statement: String,
}

/// A step that takes one text.
pub(super) struct WrittenStep {
    /// What is done with the text.
    pub(super) step: fn(String) -> Command,
    /// The message afterwards.
    pub(super) done: &'static str,
    /// The page, with the text as far as it is typed.
    pub(super) show: fn(&Page, &Case, &str, &Errors) -> Response,
}

impl WrittenStep {
    pub(super) async fn get(&self, page: Page, path: DealPath) -> PageResult {
        let case = Case::open(&page, path).await?;
        Ok((self.show)(&page, &case, "", &Errors::none()))
    }

    pub(super) async fn post(
        &self,
        page: Page,
        path: DealPath,
        form: Submission<Statement>,
    ) -> PageResult {
        let case = Case::open(&page, path).await?;
        let typed = &form.fields.statement;
        let mut errors = Errors::none();
        let statement = fields::block::<STATEMENT_CHARS_MAX>(page.t(), typed);
        let Some(statement) = errors.take("statement", statement) else {
            return Ok((self.show)(&page, &case, typed, &errors));
        };
        let step = (self.step)(statement);
        take(&page, &case, &form, step, self.done, |case, errors| {
            (self.show)(&page, case, typed, errors)
        })
        .await
    }
}

/// The field of a statement. It says its limit instead of enforcing it: a browser that cuts what is
/// pasted loses words without telling.
pub(super) fn statement_field(
    t: Locale,
    label: &'static str,
    hint: Option<&'static str>,
    value: String,
) -> impl IntoView + use<> {
    let max = t.number(u64::try_from(STATEMENT_CHARS_MAX).unwrap_or(u64::MAX));
    let limit = t.deal_field_at_most(max);
    let hint = match hint {
        Some(hint) => format!("{hint} {limit}"),
        None => limit,
    };
    view! { <Textarea name="statement" label hint value rows=8/> }
}
