//! One endpoint on the page.

use maud::{Markup, html};
use serde_json::Value;

use crate::example::example;

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
                span.summary { (about["summary"].as_str().unwrap_or_default()) }
            }
            @if let Some(more) = about["description"].as_str() { p { (words(more)) } }
            p.who { "Who may: " code { (about["x-policy"].as_str().unwrap_or_default()) } }
            (parameters(about))
            @if let Some(schema) = takes {
                h3 { "Body" }
                (shown(document, schema))
            }
            h3 { "Answers" }
            dl {
                @for (status, answer) in about["responses"].as_object().into_iter().flatten() {
                    dt { (status) }
                    dd {
                        (words(answer["description"].as_str().unwrap_or_default()))
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
    let Some(all) = about["parameters"].as_array().filter(|all| !all.is_empty()) else {
        return html! {};
    };
    html! {
        h3 { "Parameters" }
        dl {
            @for one in all {
                dt {
                    code { (one["name"].as_str().unwrap_or_default()) }
                    " (" (one["in"].as_str().unwrap_or_default())
                    @if one["required"] == true { ", needed" }
                    ")"
                }
                dd { (words(one["description"].as_str().unwrap_or_default())) }
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
