//! How a document lies in its table: its id, its version, its JSON, and columns taken from it.

use std::fmt::Write as _;

use async_trait::async_trait;
use rusqlite::Connection;
use rusqlite::types::{FromSqlError, FromSqlResult, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storage::{Aggregate, Aggregates, CommitError, InsertError, Sound, StoreError};
use uuid::Uuid;

use crate::failure::Failure;
use crate::sql::{self, count, prepare};
use crate::store::SqliteStore;
use crate::tags::{Place, StoredPlace};

/// A kind of document with a table of its own.
pub(crate) trait Document: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What it is called in messages.
    const KIND: &'static str;
    /// Its table, with the columns `id`, `doc` and [`COLUMNS`](Self::COLUMNS).
    const TABLE: &'static str;
    /// Columns taken from the document.
    const COLUMNS: &'static [&'static str];
    /// Those among them that no two documents may share.
    const UNIQUE: &'static [&'static str] = &[];

    /// The largest it may become, in bytes of JSON.
    const MAX_BYTES: usize = 15_000_000;
    /// Whether its table has a column `dispatched_seq`.
    const HAS_OUTBOX: bool = false;
    /// Whether its table has the columns `listed_at` and `tags`, and a table of tags beside it.
    const IS_LISTED: bool = false;

    /// What its column `id` holds.
    fn key(&self) -> Value;

    /// What its [`COLUMNS`](Self::COLUMNS) hold, in their order.
    fn columns(&self) -> Vec<Value>;

    /// Where it stands in lists, if it [is listed](Self::IS_LISTED).
    fn place(&self) -> Option<Place> {
        None
    }

    /// Puts in how far its events have been relayed, if it has a place for that.
    fn relayed_to(&mut self, _seq: u64) {}
}

/// A document ready to be written. Made by the caller, so that the writing thread only writes.
pub(crate) struct Row {
    /// The id, the document, then [`column_names`].
    values: Vec<Value>,
    /// Where it stands, and that as it is written.
    place: Option<(Place, StoredPlace)>,
}

impl Row {
    pub(crate) fn of<D: Document>(document: &D) -> Self {
        let doc = serde_json::to_string(document)
            .expect("documents have text keys and no failing fields");
        assert!(
            doc.len() <= D::MAX_BYTES,
            "a {} stays under {} bytes",
            D::KIND,
            D::MAX_BYTES
        );
        let place = document.place().map(|place| {
            let stored = place.to_stored();
            (place, stored)
        });
        let mut values = vec![document.key(), Value::Text(doc)];
        values.extend(place.iter().flat_map(|(_, stored)| stored.columns()));
        values.extend(document.columns());
        Self { values, place }
    }

    fn key(&self) -> &Value {
        self.values.first().expect("a row begins with its id")
    }

    /// Adds the document unless its id, or another unique value, is taken. True when added.
    pub(crate) fn add<D: Document>(&self, connection: &Connection) -> Result<bool, Failure> {
        let sql = insert_sql::<D>("ON CONFLICT DO NOTHING", None);
        Ok(prepare(connection, &sql)?.execute(self.bound(&[]))? == 1)
    }

    /// Replaces the document that has the same id. True when there was one.
    pub(crate) fn put<D: Document>(&self, connection: &Connection) -> Result<bool, Failure> {
        let sql = update_sql::<D>(None);
        Ok(prepare(connection, &sql)?.execute(self.bound(&[]))? == 1)
    }

    fn bound<'a>(&'a self, versions: &'a [Value]) -> impl rusqlite::Params + use<'a> {
        rusqlite::params_from_iter(self.values.iter().chain(versions))
    }
}

/// The columns that are written beside id and document.
fn column_names<D: Document>() -> impl Iterator<Item = &'static str> {
    let place: &[&str] = if D::IS_LISTED {
        &["listed_at", "tags"]
    } else {
        &[]
    };
    place.iter().chain(D::COLUMNS).copied()
}

/// `INSERT` with the id as `?1`, the document as `?2`, then the columns, then the version.
fn insert_sql<D: Document>(conflict: &str, version: Option<&'static str>) -> String {
    let mut names = String::from("id, doc");
    let mut marks = String::from("?1, ?2");
    for (index, column) in column_names::<D>().chain(version).enumerate() {
        write!(names, ", {column}").expect("a string takes all text");
        write!(marks, ", ?{}", index + 3).expect("a string takes all text");
    }
    format!(
        "INSERT INTO {} ({names}) VALUES ({marks}) {conflict}",
        D::TABLE
    )
}

/// `UPDATE` with the same parameters.
fn update_sql<D: Document>(version: Option<&'static str>) -> String {
    let mut sets = String::from("doc = ?2");
    for (index, column) in column_names::<D>().chain(version).enumerate() {
        write!(sets, ", {column} = ?{}", index + 3).expect("a string takes all text");
    }
    format!("UPDATE {} SET {sets} WHERE id = ?1", D::TABLE)
}

/// Reads a document from its JSON.
pub(crate) fn parse<D: Document>(
    doc: FromSqlResult<&str>,
    id: impl ToString,
) -> Result<D, Failure> {
    let doc =
        doc.map_err(|error: FromSqlError| Failure::corrupt(D::KIND, id.to_string(), error))?;
    serde_json::from_str(doc).map_err(|error| Failure::corrupt(D::KIND, id, unreadable(&error)))
}

/// Reads what lies as JSON in a table that is no [`Document`]'s.
pub(crate) fn parse_as<T: DeserializeOwned>(
    kind: &'static str,
    doc: FromSqlResult<&str>,
) -> Result<T, Failure> {
    let doc = doc.map_err(|error| Failure::corrupt(kind, "?", error))?;
    serde_json::from_str(doc).map_err(|error| Failure::corrupt(kind, "?", unreadable(&error)))
}

/// What is wrong with a JSON text, without quoting it: it may hold what no log should.
pub(crate) fn unreadable(error: &serde_json::Error) -> String {
    format!(
        "{:?} error at its byte {}",
        error.classify(),
        error.column()
    )
}

/// The document with this id.
pub(crate) fn load<D: Document>(
    connection: &Connection,
    key: &Value,
) -> Result<Option<D>, Failure> {
    let sql = format!("SELECT doc FROM {} WHERE id = ?1", D::TABLE);
    sql::document(connection, &sql, &[key])
}

/// An id as messages show it.
fn shown(key: &Value) -> String {
    match key {
        Value::Blob(bytes) => {
            Uuid::from_slice(bytes).map_or_else(|_| "?".into(), |id| id.to_string())
        }
        Value::Text(text) => text.clone(),
        Value::Null | Value::Integer(_) | Value::Real(_) => "?".into(),
    }
}

/// The unique column that a refused write stumbled over, if that is why it was refused.
pub(crate) fn conflict<D: Document>(error: &rusqlite::Error) -> Option<&'static str> {
    let rusqlite::Error::SqliteFailure(code, Some(message)) = error else {
        return None;
    };
    if code.code != rusqlite::ErrorCode::ConstraintViolation {
        return None;
    }
    D::UNIQUE
        .iter()
        .copied()
        .find(|column| message.ends_with(&format!("{}.{column}", D::TABLE)))
}

#[async_trait]
impl<A: Aggregate + Document> Aggregates<A> for SqliteStore {
    async fn find(&self, id: A::Id) -> Result<Option<A>, StoreError> {
        let key = sql::id(id);
        let found = self
            .read(move |connection| find::<A>(connection, &key))
            .await?;
        Ok(found)
    }

    async fn write_new(&self, new: Sound<'_, A>) -> Result<(), InsertError> {
        let row = Row::of(&*new);
        let version = count(new.version());
        let new = new.clone();
        self.write(move |connection| insert(connection, &row, version, &new))
            .await
    }

    async fn write_changed(&self, changed: Sound<'_, A>, expected: u64) -> Result<(), CommitError> {
        assert!(
            changed.version() > expected,
            "a changed {} has a higher version than it was read with",
            <A as Aggregate>::KIND
        );
        let row = Row::of(&*changed);
        let (version, expected) = (count(changed.version()), count(expected));
        self.write(move |connection| commit::<A>(connection, &row, version, expected))
            .await
    }
}

/// Version and document have to agree: they were written together.
pub(crate) fn find<A: Aggregate + Document>(
    connection: &Connection,
    key: &Value,
) -> Result<Option<A>, Failure> {
    let dispatched = if A::HAS_OUTBOX { "dispatched_seq" } else { "0" };
    let sql = format!(
        "SELECT doc, version, {dispatched} FROM {} WHERE id = ?1",
        A::TABLE
    );
    let mut statement = prepare(connection, &sql)?;
    let mut rows = statement.query([key])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut found: A = parse(row.get_ref(0)?.as_str(), shown(key))?;
    let version: i64 = row.get(1)?;
    if count(found.version()) == version {
        let dispatched: i64 = row.get(2)?;
        found.relayed_to(dispatched.unsigned_abs());
        Ok(Some(found))
    } else {
        let cause = "its version is not the one beside it";
        Err(Failure::corrupt(<A as Document>::KIND, found.id(), cause))
    }
}

pub(crate) fn insert<A: Aggregate + Document>(
    connection: &Connection,
    row: &Row,
    version: i64,
    new: &A,
) -> Result<(), InsertError> {
    let sql = insert_sql::<A>("ON CONFLICT (id) DO NOTHING", Some("version"));
    let inserted = prepare(connection, &sql)
        .and_then(|mut statement| statement.execute(row.bound(&[Value::Integer(version)])));
    match inserted {
        Ok(0) => {
            let stored = load::<A>(connection, row.key())?;
            let same = stored.is_some_and(|stored| stored == *new);
            Err(InsertError::Exists { same })
        }
        Ok(_) => {
            if let Some((place, _)) = &row.place {
                place.put::<A>(connection, row.key(), &Place::NOWHERE)?;
            }
            Ok(())
        }
        Err(error) => Err(match conflict::<A>(&error) {
            Some(field) => InsertError::Conflict { field },
            None => Failure::from(error).into(),
        }),
    }
}

pub(crate) fn commit<A: Aggregate + Document>(
    connection: &Connection,
    row: &Row,
    version: i64,
    expected: i64,
) -> Result<(), CommitError> {
    let sql = format!(
        "{} AND version = ?{}",
        update_sql::<A>(Some("version")),
        row.values.len() + 2
    );
    let before = match &row.place {
        Some(_) => StoredPlace::read::<A>(connection, row.key())?,
        None => None,
    };
    let committed = prepare(connection, &sql).and_then(|mut statement| {
        statement.execute(row.bound(&[version, expected].map(Value::Integer)))
    });
    match committed {
        Ok(0) => Err(CommitError::Stale),
        Ok(_) => {
            // Most changes of a document move it in no list.
            if let (Some((place, now)), Some(before)) = (&row.place, before)
                && *now != before
            {
                place.put::<A>(connection, row.key(), &before.parse::<A>()?)?;
            }
            Ok(())
        }
        Err(error) => Err(match conflict::<A>(&error) {
            Some(field) => CommitError::Conflict { field },
            None => Failure::from(error).into(),
        }),
    }
}
