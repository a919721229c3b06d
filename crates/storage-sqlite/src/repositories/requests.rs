//! Requests with their offers.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{RequestId, UserId};
use domain::request::Request;
use rusqlite::types::Value;
use storage::{
    Eventful, Listed, OfferSummary, Offered, Page, PageRequest, Requests, StoreError, offered_tag,
};

use crate::document::Document;
use crate::sql::{count, id, json, overdue, time};
use crate::store::SqliteStore;
use crate::tags::{Place, maybe_time, read_list};

impl Document for Request {
    const KIND: &'static str = "request";
    const TABLE: &'static str = "requests";
    const COLUMNS: &'static [&'static str] = &[
        "next_at",
        "changed_at",
        "last_seq",
        "expires_at",
        "summary",
        "offers",
    ];
    const HAS_OUTBOX: bool = true;
    const IS_LISTED: bool = true;

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            maybe_time(self.next_at()),
            time(self.changed_at()),
            Value::Integer(count(self.last_seq)),
            maybe_time(self.guest_until),
            json(&self.summary()),
            json(&OfferSummary::of_request(self)),
        ]
    }

    fn place(&self) -> Option<Place> {
        Some(Place::of(self))
    }
}

#[async_trait]
impl Requests for SqliteStore {
    async fn list_offered(
        &self,
        seller: UserId,
        only_live: bool,
        page: PageRequest,
    ) -> Result<Page<Offered>, StoreError> {
        let tags = [offered_tag(seller, only_live)];
        self.read(move |connection| {
            let both = "json_array(json(d.summary), json(d.offers))";
            let found =
                read_list::<Request, (_, Vec<OfferSummary>)>(connection, both, &tags, page)?;
            Ok(found.map(|(request, mut offers)| {
                offers.retain(|offer| offer.seller == seller);
                Offered { request, offers }
            }))
        })
        .await
    }

    async fn list_due(
        &self,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<RequestId>, StoreError> {
        let due = self
            .read(move |connection| overdue::<Request>(connection, "next_at", now, page))
            .await?;
        Ok(due.map(RequestId::from))
    }
}
