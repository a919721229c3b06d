//! Small payouts that are sent together.

use domain::joint::JointPayout;
use rusqlite::types::Value;
use storage::{Eventful, JointPayouts, Listed};

use crate::document::Document;
use crate::sql::{count, id, json, time};
use crate::store::SqliteStore;
use crate::tags::Place;

impl Document for JointPayout {
    const KIND: &'static str = "joint payout";
    const TABLE: &'static str = "joint_payouts";
    const COLUMNS: &'static [&'static str] = &["changed_at", "last_seq", "open_key", "summary"];
    const UNIQUE: &'static [&'static str] = &["open_key"];
    const HAS_OUTBOX: bool = true;
    const IS_LISTED: bool = true;

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            time(self.changed_at()),
            Value::Integer(count(self.last_seq())),
            self.open_key().map_or(Value::Null, Value::Text),
            json(&self.summary()),
        ]
    }

    fn place(&self) -> Option<Place> {
        Some(Place::of(self))
    }

    fn relayed_to(&mut self, seq: u64) {
        self.set_dispatched(seq);
    }
}

impl JointPayouts for SqliteStore {}
