//! A labelled input, and the frame that all labelled inputs share.

use leptos::prelude::*;

use crate::form::{Errors, FieldLabels, Kept};
use crate::i18n::Locale;

/// Label, hint and error around an input, whose id is `name`.
#[component]
pub fn Frame(
    name: &'static str,
    #[prop(into)] label: String,
    hint: Option<String>,
    optional: bool,
    children: Children,
) -> impl IntoView {
    let t: Locale = expect_context();
    let errors = Errors::current();
    let error = errors.of(name).map(ToOwned::to_owned);
    if error.is_some() {
        FieldLabels::current().note(name, &label);
    }
    let class = if error.is_some() {
        "field wrong"
    } else {
        "field"
    };
    view! {
        <div class=class>
            <label for=name>
                {label}
                {optional.then(|| view! { " "<span class="muted">{t.common_optional()}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.map(|error| view! {
                <p class="error" id=format!("{name}-error")>
                    <span class="visually-hidden">{t.common_error_prefix()}" "</span>
                    {error}
                </p>
            })}
            {children()}
        </div>
    }
}

/// The ids of what describes the input `name`, for `aria-describedby`.
pub(super) fn described_by(name: &str, has_hint: bool, errors: &Errors) -> Option<String> {
    let has_error = errors.of(name).is_some();
    match (has_hint, has_error) {
        (true, true) => Some(format!("{name}-hint {name}-error")),
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (false, false) => None,
    }
}

/// A one-line input. `kind` is its HTML type; `value` is never given for secrets.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u16>,
    /// Direction of what is typed, where it differs from the page: `ltr` for e-mail and codes.
    #[prop(optional)]
    dir: Option<&'static str>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = described_by(name, hint.is_some(), &errors);
    let value = Kept::or(name, value);
    view! {
        <Frame name label hint optional>
            <input
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength
                dir=dir.unwrap_or("auto")
                aria-invalid=wrong
                aria-describedby=described
            />
        </Frame>
    }
}
