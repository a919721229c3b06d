//! `/dev/mail.json`: the letters for programs, newest first; `?to=` chooses a mailbox.

use axum::Json;
use serde::Serialize;

use super::{SHOWN, mailbox};
use crate::page::{Failure, Page};
use crate::when::iso;

#[derive(Debug, Serialize)]
pub(crate) struct Mailbox {
    messages: Vec<Message>,
}

#[derive(Debug, Serialize)]
struct Message {
    id: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    at: String,
}

pub(crate) async fn get(page: Page) -> Result<Json<Mailbox>, Failure> {
    let to = mailbox(&page);
    let letters = page.web.services.demo_mailbox(to.as_deref(), SHOWN).await?;
    let now = page.web.services.now();
    let messages = letters
        .items
        .into_iter()
        // What goes tomorrow has not arrived.
        .filter(|letter| letter.send_after <= now)
        .map(|letter| Message {
            id: letter.id.to_string(),
            to: letter.to,
            subject: letter.subject,
            text: letter.text,
            html: letter.html,
            at: iso(letter.send_after),
        })
        .collect();
    Ok(Json(Mailbox { messages }))
}
