//! Lists of aggregates: a table of tags beside the documents, kept in step with every write.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use async_trait::async_trait;
use domain::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde::de::DeserializeOwned;
use storage::{Cursor, Limit, Listed, Lists, Page, PageRequest, StoreError, Tag};
use uuid::Uuid;

use crate::document::{Document, unreadable};
use crate::failure::Failure;
use crate::sql::{execute, id, ids, prepare, rows, text};
use crate::store::SqliteStore;

/// Where an aggregate stands in lists, and in which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    at: i64,
    tags: BTreeSet<Tag>,
}

/// A [`Place`] as it lies in the columns `listed_at` and `tags`, the latter to know what to take away
/// later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredPlace {
    at: i64,
    tags: String,
}

impl Place {
    /// In no list at all.
    pub(crate) const NOWHERE: Self = Self {
        at: 0,
        tags: BTreeSet::new(),
    };

    pub(crate) fn of<A: Listed>(aggregate: &A) -> Self {
        Self {
            at: aggregate.listed_at().unix_ms(),
            tags: aggregate.tags(),
        }
    }

    pub(crate) fn to_stored(&self) -> StoredPlace {
        let tags = serde_json::to_string(&self.tags).expect("a set of texts has a JSON form");
        StoredPlace { at: self.at, tags }
    }

    /// Writes what is new in comparison with `before`, and takes away what is no more.
    pub(crate) fn put<D: Document>(
        &self,
        connection: &Connection,
        key: &Value,
        before: &Self,
    ) -> Result<(), Failure> {
        let nowhere = BTreeSet::new();
        let (stays, stayed) = if before.at == self.at {
            (&self.tags, &before.tags)
        } else {
            (&nowhere, &nowhere)
        };
        let sql = format!(
            "DELETE FROM {}_tags WHERE tag = ?1 AND listed_at = ?2 AND id = ?3",
            D::TABLE
        );
        let mut delete = prepare(connection, &sql)?;
        for tag in before.tags.difference(stays) {
            delete.execute((tag.as_str(), before.at, key))?;
        }
        let sql = format!(
            "INSERT INTO {}_tags (tag, listed_at, id) VALUES (?1, ?2, ?3)",
            D::TABLE
        );
        let mut insert = prepare(connection, &sql)?;
        for tag in self.tags.difference(stayed) {
            insert.execute((tag.as_str(), self.at, key))?;
        }
        Ok(())
    }
}

impl StoredPlace {
    pub(crate) fn columns(&self) -> [Value; 2] {
        [Value::Integer(self.at), Value::Text(self.tags.clone())]
    }

    /// The place that a stored document has.
    pub(crate) fn read<D: Document>(
        connection: &Connection,
        key: &Value,
    ) -> Result<Option<Self>, Failure> {
        let sql = format!("SELECT listed_at, tags FROM {} WHERE id = ?1", D::TABLE);
        let place = prepare(connection, &sql)?
            .query_row([key], |row| {
                Ok(Self {
                    at: row.get(0)?,
                    tags: row.get(1)?,
                })
            })
            .optional()?;
        Ok(place)
    }

    pub(crate) fn parse<D: Document>(&self) -> Result<Place, Failure> {
        let tags = serde_json::from_str(&self.tags)
            .map_err(|error| Failure::corrupt(D::KIND, "by its id", unreadable(&error)))?;
        Ok(Place { at: self.at, tags })
    }
}

/// Forgets what has expired at `now`, at most `limit` documents, and their tags. Says how many
/// went.
pub(crate) fn forget_expired<D: Document>(
    connection: &Connection,
    now: Timestamp,
    limit: Limit,
) -> Result<usize, Failure> {
    let table = D::TABLE;
    let expired = format!(
        "SELECT id FROM {table} WHERE expires_at IS NOT NULL AND expires_at <= ?1 \
         ORDER BY expires_at LIMIT ?2"
    );
    let expired = ids(connection, &expired, &[&now.unix_ms(), &rows(limit)])?;
    for key in expired.iter().copied().map(id) {
        if let Some(before) = StoredPlace::read::<D>(connection, &key)? {
            Place::NOWHERE.put::<D>(connection, &key, &before.parse::<D>()?)?;
        }
        execute(
            connection,
            &format!("DELETE FROM {table} WHERE id = ?1"),
            &[&key],
        )?;
    }
    Ok(expired.len())
}

#[async_trait]
impl<A: Listed + Document> Lists<A> for SqliteStore {
    async fn list_tagged(
        &self,
        tags: Vec<Tag>,
        page: PageRequest,
    ) -> Result<Page<A::Summary>, StoreError> {
        self.read(move |connection| read_list::<A, _>(connection, "d.summary", &tags, page))
            .await
    }

    async fn count_each(&self, tags: Vec<Tag>) -> Result<Vec<u64>, StoreError> {
        let sql = format!("SELECT count(*) FROM {}_tags WHERE tag = ?1", A::TABLE);
        // One connection for all of them: to ask is cheap, to change threads is not.
        self.read(move |connection| {
            let mut statement = prepare(connection, &sql)?;
            let mut count = |tag: &Tag| {
                let held: i64 = statement.query_row([tag.as_str()], |row| row.get(0))?;
                Ok(held.unsigned_abs())
            };
            tags.iter().map(&mut count).collect()
        })
        .await
    }

    async fn count_between(
        &self,
        tag: Tag,
        bounds: Vec<Timestamp>,
    ) -> Result<Vec<u64>, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM {}_tags WHERE tag = ?1 AND listed_at >= ?2 AND listed_at < ?3",
            A::TABLE
        );
        self.read(move |connection| {
            let mut statement = prepare(connection, &sql)?;
            let mut count = |pair: &[Timestamp]| {
                let [from, to] = pair else { return Ok(0) };
                let bound = (tag.as_str(), from.unix_ms(), to.unix_ms());
                let held: i64 = statement.query_row(bound, |row| row.get(0))?;
                Ok(held.unsigned_abs())
            };
            bounds.windows(2).map(&mut count).collect()
        })
        .await
    }
}

/// Reads one page of what has all of `tags`: `column` holds what is shown of each, as JSON.
pub(crate) fn read_list<D: Document, T: DeserializeOwned>(
    connection: &Connection,
    column: &str,
    tags: &[Tag],
    page: PageRequest,
) -> Result<Page<T>, Failure> {
    let mut items = Vec::new();
    if tags.is_empty() {
        return Ok(Page { items, next: None });
    }
    let end = if page.is_reversed {
        Cursor::new(i64::MIN, Uuid::nil())
    } else {
        Cursor::new(i64::MAX, Uuid::max())
    };
    let start = page.after.unwrap_or(end);
    let mut bound = vec![
        Value::Integer(start.key()),
        id(start.id()),
        Value::Integer(rows(page.limit).saturating_add(1)),
    ];
    bound.extend(tags.iter().map(|tag| text(tag.as_str())));
    let mut statement = prepare(connection, &list_sql(D::TABLE, column, tags.len(), page))?;
    let mut found = statement.query(params_from_iter(bound))?;
    let mut last = None;
    while let Some(row) = found.next()? {
        if items.len() == page.limit.get() {
            return Ok(Page { items, next: last });
        }
        let id = Uuid::from_bytes(row.get(2)?);
        let shown: String = row.get(0)?;
        let shown = serde_json::from_str(&shown);
        items.push(shown.map_err(|error| Failure::corrupt(D::KIND, id, unreadable(&error)))?);
        last = Some(Cursor::new(row.get(1)?, id));
    }
    Ok(Page { items, next: None })
}

/// Goes along the first tag, in the order of the list, and looks each hit up under the others.
fn list_sql(table: &str, column: &str, tags: usize, page: PageRequest) -> String {
    let mut others = String::new();
    for parameter in 5..tags + 4 {
        write!(
            others,
            " AND EXISTS (SELECT 1 FROM {table}_tags o \
             WHERE o.tag = ?{parameter} AND o.listed_at = t.listed_at AND o.id = t.id)"
        )
        .expect("a string takes all text");
    }
    let (compare, direction) = if page.is_reversed {
        (">", "ASC")
    } else {
        ("<", "DESC")
    };
    // CROSS JOIN is how SQLite is told to keep to this order of tables.
    format!(
        "SELECT {column}, t.listed_at, t.id FROM {table}_tags t CROSS JOIN {table} d ON d.id = t.id \
         WHERE t.tag = ?4 AND (t.listed_at, t.id) {compare} (?1, ?2){others} \
         ORDER BY t.listed_at {direction}, t.id {direction} LIMIT ?3"
    )
}

/// A moment that may be missing, as it lies in a column.
pub(crate) fn maybe_time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, crate::sql::time)
}
