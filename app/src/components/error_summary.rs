//! What is wrong with a form, on top of the page, each message a link to its field, by its name.

use leptos::either::Either;
use leptos::prelude::*;

use crate::form::{Errors, FieldLabels};
use crate::i18n::Locale;

/// Nothing when the form is in order. Takes the focus, so that no script is needed to bring a
/// person there.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let errors = Errors::current();
    let labels = FieldLabels::current();
    let t: Locale = expect_context();
    let messages: Vec<_> = errors
        .iter()
        .map(|error| {
            let message = error.message.clone();
            match error.field {
                Some(field) => {
                    let label = labels.of(field);
                    Either::Left(view! {
                        <li>
                            <a href=format!("#{field}")>
                                {label.map(|label| view! { <strong>{label}</strong>" " })}
                                {message}
                            </a>
                        </li>
                    })
                }
                None => Either::Right(view! { <li>{message}</li> }),
            }
        })
        .collect();
    let count = u64::try_from(messages.len()).unwrap_or(u64::MAX);
    (count > 0).then(|| {
        view! {
            <section
                id="errors"
                class="error-summary"
                role="alert"
                aria-labelledby="errors-heading"
                tabindex="-1"
                autofocus
            >
                <h2 id="errors-heading">{t.common_errors_heading(count)}</h2>
                <ul>{messages}</ul>
            </section>
        }
    })
}
