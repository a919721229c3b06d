//! Messages on their way out.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::MailId;
use rusqlite::Connection;
use rusqlite::types::Value;
use storage::{
    Added, KeepBody, Limit, MailState, Mails, OutgoingMail, Page, PageRequest, StoreError,
};

use crate::document::{Document, Row, load};
use crate::failure::Failure;
use crate::sql::{Listing, Order, documents, id, rows, text, time};
use crate::store::SqliteStore;

impl Document for OutgoingMail {
    const KIND: &'static str = "mail";
    const TABLE: &'static str = "mails";
    const COLUMNS: &'static [&'static str] =
        &["mailbox", "state", "send_after", "created_at", "expires_at"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            text(&self.to),
            text(self.state.code()),
            time(self.send_after),
            time(self.created_at),
            time(self.expires_at),
        ]
    }
}

#[async_trait]
impl Mails for SqliteStore {
    async fn queue(&self, mail: &OutgoingMail) -> Result<Added, StoreError> {
        let row = Row::of(mail);
        self.record(move |connection| {
            let is_new = row.add::<OutgoingMail>(connection)?;
            Ok(if is_new { Added::Now } else { Added::Before })
        })
        .await
    }

    async fn find(&self, mail: MailId) -> Result<Option<OutgoingMail>, StoreError> {
        self.read(move |connection| load(connection, &id(mail)))
            .await
    }

    async fn list_due(
        &self,
        now: Timestamp,
        limit: Limit,
    ) -> Result<Vec<OutgoingMail>, StoreError> {
        const SQL: &str = "SELECT doc FROM mails WHERE state = 'queued' AND send_after <= ?1 \
             AND expires_at > ?1 ORDER BY send_after, id LIMIT ?2";
        self.read(move |connection| documents(connection, SQL, &[&now.unix_ms(), &rows(limit)]))
            .await
    }

    async fn mark_sent(
        &self,
        mail: MailId,
        at: Timestamp,
        keep: KeepBody,
    ) -> Result<(), StoreError> {
        self.record(move |connection| {
            change(connection, mail, |mail| {
                mail.attempts = mail.attempts.saturating_add(1);
                mail.state = MailState::Sent { at };
                mail.last_error = None;
                if keep == KeepBody::No {
                    mail.text.clear();
                    mail.html.clear();
                }
            })
        })
        .await
    }

    async fn mark_failed(
        &self,
        mail: MailId,
        at: Timestamp,
        again: Option<Timestamp>,
        error: &str,
    ) -> Result<(), StoreError> {
        let error = error.to_owned();
        self.record(move |connection| {
            change(connection, mail, |mail| {
                if matches!(mail.state, MailState::Sent { .. }) {
                    return;
                }
                mail.attempts = mail.attempts.saturating_add(1);
                mail.last_error = Some(error);
                match again {
                    Some(again) => mail.send_after = again,
                    None => mail.state = MailState::Failed { at },
                }
            })
        })
        .await
    }

    async fn queue_again(&self, mail: MailId, at: Timestamp) -> Result<(), StoreError> {
        self.record(move |connection| {
            change(connection, mail, |mail| {
                if matches!(mail.state, MailState::Failed { .. }) {
                    mail.state = MailState::Queued;
                    mail.attempts = 0;
                    mail.send_after = at;
                }
            })
        })
        .await
    }

    async fn list(
        &self,
        to: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<OutgoingMail>, StoreError> {
        let (filter, params) = match to {
            Some(to) => ("mailbox = ?4", vec![text(to)]),
            None => ("true", Vec::new()),
        };
        let listing = Listing {
            key: "created_at",
            order: Order::Descending,
            filter,
        };
        self.read(move |connection| listing.page(connection, &params, page))
            .await
    }
}

fn change(
    connection: &Connection,
    mail: MailId,
    turn: impl FnOnce(&mut OutgoingMail),
) -> Result<(), Failure> {
    if let Some(mut mail) = load(connection, &id(mail))? {
        turn(&mut mail);
        Row::of(&mail).put::<OutgoingMail>(connection)?;
    }
    Ok(())
}
