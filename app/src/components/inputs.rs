//! Inputs for one kind of value each: money, codes, secrets, files.

use leptos::prelude::*;

use super::field::{Frame, described_by};
use crate::form::{Errors, Kept};
use crate::i18n::Locale;
use crate::islands::Reveal;

/// An amount beside its token. Digits of any script are taken, so the type is text.
#[component]
pub fn MoneyInput(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    /// Token or currency, as its ticker.
    #[prop(into)]
    unit: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = match described_by(name, hint.is_some(), &errors) {
        Some(ids) => format!("{name}-unit {ids}"),
        None => format!("{name}-unit"),
    };
    let value = Kept::or(name, value);
    view! {
        <Frame name label hint optional>
            <div class="money-input" dir="ltr">
                <input
                    id=name
                    name=name
                    type="text"
                    value=value
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="40"
                    aria-invalid=wrong
                    aria-describedby=described
                />
                <span id=format!("{name}-unit")>{unit}</span>
            </div>
        </Frame>
    }
}

/// A short code that a person reads aloud or copies from a mail.
#[component]
pub fn CodeField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    assert!(Kept::is_secret(name), "{name} would be shown again");
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = described_by(name, hint.is_some(), &errors);
    view! {
        <Frame name label hint optional=false>
            <input
                class="code-input"
                id=name
                name=name
                type="text"
                value=value
                dir="ltr"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength="20"
                aria-invalid=wrong
                aria-describedby=described
            />
        </Frame>
    }
}

/// A secret: never filled in again. `autocomplete` is `current-password` or `new-password`. Whoever
/// has scripts can look at what they typed.
#[component]
pub fn Password(
    name: &'static str,
    #[prop(into)] label: String,
    autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    assert!(Kept::is_secret(name), "{name} would be shown again");
    let t: Locale = expect_context();
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = described_by(name, hint.is_some(), &errors);
    let named = label.clone();
    view! {
        <Frame name label hint optional=false>
            <div class="secret-input">
                <input
                    id=name
                    name=name
                    type="password"
                    dir="ltr"
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=wrong
                    aria-describedby=described
                />
                <Reveal
                    of=name
                    label=named
                    show=t.common_show()
                    hide=t.common_hide()
                    shown=t.common_shown()
                    hidden=t.common_hidden()
                />
            </div>
        </Frame>
    }
}

/// Files from the person's device; the form must be `multipart`.
#[component]
pub fn FileField(
    name: &'static str,
    #[prop(into)] label: String,
    /// Types taken, such as `image/*,application/pdf`.
    accept: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = described_by(name, hint.is_some(), &errors);
    view! {
        <Frame name label hint optional>
            <input
                id=name
                name=name
                type="file"
                accept=accept
                multiple=multiple
                aria-invalid=wrong
                aria-describedby=described
            />
        </Frame>
    }
}
