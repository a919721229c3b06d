//! The frame of the page: what holds of all endpoints, and where each stands.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

use super::endpoint::{self, Endpoint};
use crate::example::{fields, text};

/// Draws the whole document.
pub fn draw(document: &Value) -> Markup {
    let groups = grouped(document);
    let title = format!("{} API", text(document, "/info/title"));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/api/docs.css";
            }
            body {
                a.skip href="#endpoints" { "Skip to the endpoints" }
                header {
                    h1 { (title) }
                    p { (endpoint::words(text(document, "/info/description"))) }
                    p {
                        "Version " (text(document, "/info/version")) ". For tools: "
                        a href="/api/openapi.json" { "openapi.json" } "."
                    }
                }
                (introduction())
                nav aria-label="Groups of endpoints" {
                    ul {
                        @for (group, endpoints) in &groups {
                            li { a href={ "#" (group) } { (group) " (" (endpoints.len()) ")" } }
                        }
                    }
                }
                main id="endpoints" {
                    @for (group, endpoints) in &groups {
                        section aria-labelledby=(group) {
                            h2 id=(group) { (group) }
                            @for endpoint in endpoints { (endpoint::draw(document, endpoint)) }
                        }
                    }
                }
            }
        }
    }
}

/// What nobody should have to find out by trying.
fn introduction() -> Markup {
    html! {
        section.about aria-labelledby="about" {
            h2 id="about" { "Before you begin" }
            ul {
                li { "Get tokens by " code { "POST /auth/login" } " and send the access token as "
                    code { "Authorization: Bearer …" } ". It lasts 15 minutes; "
                    code { "POST /auth/refresh-token" } " gets the next pair." }
                li { "Whatever creates something or moves money takes an " code { "Idempotency-Key" }
                    ". Send the same key when you have to ask again: it is done once." }
                li { "Edits take " code { "If-Match" } " with the " code { "ETag" }
                    " that you read, and are refused with 412 when it changed since." }
                li { "Sums are texts, never numbers. On a network they also say their base "
                    code { "units" } "." }
                li { "Lists go on with " code { "?after=" } " and the " code { "nextCursor" }
                    " of the part before." }
                li { "Refusals are " code { "application/problem+json" } "; go by their "
                    code { "code" } ", which does not change." }
            }
        }
    }
}

/// Endpoints by their tag, in the order of their paths.
fn grouped(document: &Value) -> BTreeMap<&str, Vec<Endpoint<'_>>> {
    let mut groups: BTreeMap<&str, Vec<Endpoint<'_>>> = BTreeMap::new();
    for (path, methods) in fields(document, "/paths") {
        for (method, about) in fields(methods, "") {
            let group = text(about, "/tags/0");
            let endpoint = Endpoint {
                method,
                path,
                about,
            };
            groups.entry(group).or_default().push(endpoint);
        }
    }
    groups
}
