//! One endpoint on the page.

use maud::{Markup, html};
use serde_json::Value;

use crate::example::{example, fields, text};

/// An endpoint of the document.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'d> {
    /// Lower case.
    pub method: &'d str,
    /// Below `/api`.
    pub path: &'d str,
    /// What the document says of it.
    pub about: &'d Value,
}

/// Draws an endpoint; what it takes and answers is folded away.
pub fn draw(document: &Value, endpoint: &Endpoint<'_>) -> Markup {
    let Endpoint {
        method,
        path,
        about,
    } = endpoint;
    let json = "/content/application~1json/schema";
    let takes = about.pointer(&format!("/requestBody{json}"));
    html! {
        details id=(format!("{method}{}", path.replace(['/', '{', '}'], "-"))) {
            summary {
                span.method { (method.to_uppercase()) } " "
                code { (path) } " "
                span.summary { (text(about, "/summary")) }
            }
            @if !text(about, "/description").is_empty() { p { (words(text(about, "/description"))) } }
            p.who { "Who may: " code { (text(about, "/x-policy")) } }
            (parameters(about))
            @if let Some(schema) = takes {
                h3 { "Body" }
                (shown(document, schema))
            }
            h3 { "Answers" }
            dl {
                @for (status, answer) in fields(about, "/responses") {
                    dt { (status) }
                    dd {
                        (words(text(answer, "/description")))
                        @if status.starts_with('2') {
                            @if let Some(schema) = answer.pointer(json) { (shown(document, schema)) }
                        }
                    }
                }
            }
        }
    }
}

/// Path, query and headers.
fn parameters(about: &Value) -> Markup {
    let all = about.get("parameters").and_then(Value::as_array);
    let Some(all) = all.filter(|all| !all.is_empty()) else {
        return html! {};
    };
    html! {
        h3 { "Parameters" }
        dl {
            @for one in all {
                dt {
                    code { (text(one, "/name")) }
                    " (" (text(one, "/in"))
                    @if one.get("required") == Some(&Value::Bool(true)) { ", needed" }
                    ")"
                }
                dd { (words(text(one, "/description"))) }
            }
        }
    }
}

/// An example of a schema.
fn shown(document: &Value, schema: &Value) -> Markup {
    let found = example(document, schema).ok();
    let written = found.and_then(|found| serde_json::to_string_pretty(&found).ok());
    html! { pre tabindex="0" { code { (written.unwrap_or_default()) } } }
}

/// Words in which `this` is code.
pub fn words(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
