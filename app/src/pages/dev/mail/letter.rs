//! `/dev/mail/{id}`: one letter, as text; `/dev/mail/{id}/html`: as a mail program shows it.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{Html as Document, IntoResponse, Response};
use leptos::prelude::*;

use crate::components::{Button, Look, Moment, Row, SummaryList};
use crate::page::{Failure, Page, PageResult};

/// The letter brings its own style and nothing else: no script, no picture, no form.
const LETTER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; \
     form-action 'none'; sandbox allow-top-navigation-by-user-activation",
);

pub(crate) async fn get(page: Page, Path(id): Path<String>) -> PageResult {
    let t = page.t();
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let letter = page.web.services.demo_letter(id).await?;
    let letter = letter.ok_or(Failure::NotFound)?;
    Ok(page.html(letter.subject.clone()).render(|| {
        let to = letter.to.clone();
        let rows = vec![
            Row::new(
                t.mailbox_to(),
                view! { <bdi dir="ltr" class="break">{to}</bdi> },
            ),
            Row::new(
                t.mailbox_at(),
                view! { <Moment at=letter.send_after bare=true/> },
            ),
        ];
        let lines: Vec<_> = letter.text.lines().map(linked).collect();
        view! {
            <div class="stack prose">
                <p><a href="/dev/mail">{t.mailbox_title()}</a></p>
                <h1><bdi>{letter.subject.clone()}</bdi></h1>
                <SummaryList rows=rows/>
                <div class="card letter">{lines}</div>
                <p>
                    <Button look=Look::Quiet href=format!("/dev/mail/{}/html", letter.id)>
                        {t.mailbox_html()}
                    </Button>
                </p>
            </div>
        }
    }))
}

/// A line of the letter; an address of ours can be followed.
fn linked(line: &str) -> impl IntoView + use<> {
    let line = line.to_owned();
    let is_link = line.starts_with("http://") || line.starts_with("https://");
    view! {
        <p dir="auto">
            {if is_link {
                view! { <a href=line.clone() dir="ltr">{line.clone()}</a> }.into_any()
            } else {
                line.into_any()
            }}
        </p>
    }
}

pub(crate) async fn html(page: Page, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    let letter = page.web.services.demo_letter(id).await?;
    let letter = letter.ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, LETTER_POLICY),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Document(letter.html)).into_response())
}
