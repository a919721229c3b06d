//! One of several, or any of several: radio cards, checkboxes, a select.

use leptos::prelude::*;

use super::field::{Frame, described_by};
use crate::form::{Errors, FieldLabels, Kept};
use crate::i18n::Locale;

/// Something that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// What choosing it means.
    pub detail: Option<String>,
}

impl Choice {
    /// A choice that its label explains.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            detail: None,
        }
    }

    /// With what choosing it means.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// A group of inputs under one legend, which carries the hint and the error.
#[component]
fn Group(
    name: &'static str,
    legend: String,
    hint: Option<String>,
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let t: Locale = expect_context();
    let errors = Errors::current();
    let described = described_by(name, hint.is_some(), &errors);
    let error = errors.of(name).map(ToOwned::to_owned);
    if error.is_some() {
        FieldLabels::current().note(name, &legend);
    }
    let wrong = if error.is_some() { " wrong" } else { "" };
    view! {
        <fieldset id=name class=format!("field{wrong}") aria-describedby=described tabindex="-1">
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.map(|error| view! {
                <p class="error" id=format!("{name}-error")>
                    <span class="visually-hidden">{t.common_error_prefix()}" "</span>
                    {error}
                </p>
            })}
            <div class=class>{children()}</div>
        </fieldset>
    }
}

/// One card a choice; exactly one can be chosen.
#[component]
pub fn RadioCards(
    name: &'static str,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] chosen: String,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let cards = cards("radio", name, choices, &[chosen]);
    view! { <Group name legend hint class="choices">{cards}</Group> }
}

/// One card a choice; any number can be chosen.
#[component]
pub fn Checkboxes(
    name: &'static str,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional)] chosen: Vec<String>,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let cards = cards("checkbox", name, choices, &chosen);
    view! { <Group name legend hint class="choices">{cards}</Group> }
}

fn cards(
    kind: &'static str,
    name: &'static str,
    choices: Vec<Choice>,
    chosen: &[String],
) -> Vec<impl IntoView + use<>> {
    let kept = Kept::current().map(|kept| kept.values(name));
    let chosen = kept.as_deref().unwrap_or(chosen);
    choices
        .into_iter()
        .map(|choice| {
            let checked = chosen.contains(&choice.value);
            let detail_id = format!("{name}-{}-detail", choice.value);
            let described = choice.detail.is_some().then(|| detail_id.clone());
            view! {
                <div class="choice">
                    <input
                        type=kind
                        id=format!("{name}-{}", choice.value)
                        name=name
                        value=choice.value.clone()
                        checked=checked
                        aria-describedby=described
                    />
                    <label for=format!("{name}-{}", choice.value)>{choice.label}</label>
                    {choice.detail.map(|detail| view! { <p class="hint" id=detail_id>{detail}</p> })}
                </div>
            }
        })
        .collect()
}

/// One box to tick; it sends `on`.
#[component]
pub fn Checkbox(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    /// An answer that comes back with a refused form. A consent does not: it is given anew, on what
    /// stands there now.
    #[prop(optional)]
    comes_back: bool,
) -> impl IntoView {
    let t: Locale = expect_context();
    let errors = Errors::current();
    let described = described_by(name, false, &errors);
    let error = errors.of(name).map(ToOwned::to_owned);
    let wrong = error.is_some().then_some("true");
    let kept = Kept::current().filter(|_| comes_back);
    let checked = kept.map_or(checked, |kept| kept.value(name).is_some());
    let class = if error.is_some() {
        "field wrong"
    } else {
        "field"
    };
    view! {
        <div class=class>
            {error.map(|error| view! {
                <p class="error" id=format!("{name}-error")>
                    <span class="visually-hidden">{t.common_error_prefix()}" "</span>
                    {error}
                </p>
            })}
            <div class="choice bare">
                <input
                    type="checkbox"
                    id=name
                    name=name
                    checked=checked
                    aria-invalid=wrong
                    aria-describedby=described
                />
                <label for=name>{label}</label>
            </div>
        </div>
    }
}

/// One of many, where cards would be too long.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] chosen: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = described_by(name, hint.is_some(), &errors);
    let chosen = Kept::or(name, chosen);
    let options: Vec<_> = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect();
    view! {
        <Frame name label hint optional>
            <select id=name name=name aria-invalid=wrong aria-describedby=described>
                {options}
            </select>
        </Frame>
    }
}
