//! A labelled input of many lines.

use leptos::prelude::*;

use super::field::{Frame, described_by};
use crate::form::{Errors, Kept};

/// The only place where a `textarea` is made: its children reach the page unescaped, so they are
/// encoded here.
#[component]
pub fn Textarea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 6)] rows: u8,
    #[prop(optional)] maxlength: Option<u16>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let errors = Errors::current();
    let wrong = errors.of(name).is_some().then_some("true");
    let described = described_by(name, hint.is_some(), &errors);
    let value = Kept::or(name, value);
    view! {
        <Frame name label hint optional>
            <textarea
                id=name
                name=name
                rows=rows
                maxlength=maxlength
                dir="auto"
                aria-invalid=wrong
                aria-describedby=described
                inner_html=encoded(&value)
            ></textarea>
        </Frame>
    }
}

/// A browser drops one line break right behind the opening tag; the first is ours.
fn encoded(value: &str) -> String {
    format!("\n{}", html_escape::encode_text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_the_field() {
        assert_eq!(
            encoded("</textarea><script>alert(1)</script>&amp;"),
            "\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
        );
    }

    #[test]
    fn a_line_break_at_the_beginning_stays() {
        assert_eq!(encoded("\nsecond line"), "\n\nsecond line");
    }
}
