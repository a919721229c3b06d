//! Small things that every repository says in SQL: statements, values, pages.

use domain::Timestamp;
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, Row, ToSql};
use serde::Serialize;
use storage::{Cursor, Limit, Page, PageRequest};
use uuid::Uuid;

use crate::document::{Document, parse};
use crate::failure::Failure;

/// A prepared statement, kept for the next time.
pub(crate) fn prepare<'c>(
    connection: &'c Connection,
    sql: &str,
) -> Result<CachedStatement<'c>, rusqlite::Error> {
    #[cfg(test)]
    crate::tests::plans::note(sql);
    connection.prepare_cached(sql)
}

/// Runs a statement that gives no rows, and says how many rows it changed.
pub(crate) fn execute(
    connection: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<usize, rusqlite::Error> {
    prepare(connection, sql)?.execute(params)
}

/// An id as it lies in a column.
pub(crate) fn id(id: impl Into<Uuid>) -> Value {
    Value::Blob(id.into().as_bytes().to_vec())
}

/// A moment as it lies in a column.
pub(crate) const fn time(at: Timestamp) -> Value {
    Value::Integer(at.unix_ms())
}

/// A yes or no as it lies in a column.
pub(crate) const fn flag(is: bool) -> Value {
    Value::Integer(if is { 1 } else { 0 })
}

/// A word as it lies in a column.
pub(crate) fn text(word: impl Into<String>) -> Value {
    Value::Text(word.into())
}

/// A part of a document as it lies in a column of its own.
pub(crate) fn json(part: &impl Serialize) -> Value {
    Value::Text(serde_json::to_string(part).expect("parts have text keys and no failing fields"))
}

/// A count as it lies in a column. Nothing is counted beyond 2⁶³ here.
pub(crate) fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many rows to ask for.
pub(crate) fn rows(limit: Limit) -> i64 {
    i64::try_from(limit.get()).unwrap_or(i64::MAX)
}

/// Which way a list runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    /// Smallest key first.
    Ascending,
    /// Largest key first.
    Descending,
}

/// A list of documents that is read page by page.
pub(crate) struct Listing<'a> {
    /// Its order goes by this column, then by the id. An index has to begin with the columns that
    /// `filter` compares and end with these two.
    pub(crate) key: &'a str,
    /// Which way it runs.
    pub(crate) order: Order,
    /// Which documents are in it; parameters begin at `?4`.
    pub(crate) filter: &'a str,
}

impl Listing<'_> {
    /// Reads one page.
    pub(crate) fn page<D: Document>(
        &self,
        connection: &Connection,
        params: &[Value],
        page: PageRequest,
    ) -> Result<Page<D>, Failure> {
        let (key, filter, table) = (self.key, self.filter, D::TABLE);
        let order = match (self.order, page.is_reversed) {
            (Order::Ascending, false) | (Order::Descending, true) => Order::Ascending,
            (Order::Descending, false) | (Order::Ascending, true) => Order::Descending,
        };
        let (compare, direction, start) = match order {
            Order::Ascending => (">", "ASC", Cursor::new(i64::MIN, Uuid::nil())),
            Order::Descending => ("<", "DESC", Cursor::new(i64::MAX, Uuid::max())),
        };
        let sql = format!(
            "SELECT doc, {key}, id FROM {table} WHERE {filter} AND ({key}, id) {compare} (?1, ?2) \
             ORDER BY {key} {direction}, id {direction} LIMIT ?3"
        );
        let start = page.after.unwrap_or(start);
        let mut statement = prepare(connection, &sql)?;
        let mut bound = vec![
            Value::Integer(start.key()),
            id(start.id()),
            // One more tells whether there is a next page.
            Value::Integer(rows(page.limit).saturating_add(1)),
        ];
        bound.extend_from_slice(params);
        let mut found = statement.query(rusqlite::params_from_iter(bound))?;
        let mut items = Vec::new();
        let mut last = None;
        while let Some(row) = found.next()? {
            if items.len() == page.limit.get() {
                return Ok(Page { items, next: last });
            }
            let id: Vec<u8> = row.get(2)?;
            let id =
                Uuid::from_slice(&id).map_err(|error| Failure::corrupt(D::KIND, "?", error))?;
            items.push(parse::<D>(row.get_ref(0)?.as_str(), id)?);
            last = Some(Cursor::new(row.get(1)?, id));
        }
        Ok(Page { items, next: None })
    }
}

/// Reads the documents that `sql` selects as its first column.
pub(crate) fn documents<D: Document>(
    connection: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<D>, Failure> {
    let mut statement = prepare(connection, sql)?;
    let mut rows = statement.query(params)?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(parse::<D>(row.get_ref(0)?.as_str(), "in a list")?);
    }
    Ok(items)
}

/// Reads the ids that `sql` selects as its only column.
pub(crate) fn ids(
    connection: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<Uuid>, Failure> {
    let mut statement = prepare(connection, sql)?;
    let found = statement.query_map(params, |row| row.get(0).map(Uuid::from_bytes))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Reads a page of the ids of documents whose time in the column `key` has come at `now`, longest
/// overdue first.
pub(crate) fn overdue<D: Document>(
    connection: &Connection,
    key: &str,
    now: Timestamp,
    page: PageRequest,
) -> Result<Page<Uuid>, Failure> {
    let sql = format!(
        "SELECT id, {key} FROM {} WHERE {key} IS NOT NULL AND {key} <= ?4 \
         AND ({key}, id) > (?1, ?2) ORDER BY {key}, id LIMIT ?3",
        D::TABLE
    );
    ascending(connection, &sql, &[time(now)], page, |id, _| Ok(id))
}

/// Reads a page of a list in ascending order: `sql` selects ids and what the list goes by, smallest
/// first, from `(?1, ?2)` on and at most `?3`; its `params` begin at `?4`.
pub(crate) fn ascending<T>(
    connection: &Connection,
    sql: &str,
    params: &[Value],
    page: PageRequest,
    item: impl Fn(Uuid, &Row<'_>) -> Result<T, Failure>,
) -> Result<Page<T>, Failure> {
    let start = page.after.unwrap_or(Cursor::new(i64::MIN, Uuid::nil()));
    let mut bound = vec![
        Value::Integer(start.key()),
        id(start.id()),
        // One more tells whether there is a next page.
        Value::Integer(rows(page.limit).saturating_add(1)),
    ];
    bound.extend_from_slice(params);
    let mut statement = prepare(connection, sql)?;
    let mut found = statement.query(rusqlite::params_from_iter(bound))?;
    let mut items = Vec::new();
    let mut last = None;
    while let Some(row) = found.next()? {
        if items.len() == page.limit.get() {
            return Ok(Page { items, next: last });
        }
        let id = Uuid::from_bytes(row.get(0)?);
        items.push(item(id, row)?);
        last = Some(Cursor::new(row.get(1)?, id));
    }
    Ok(Page { items, next: None })
}

/// Reads the first document that `sql` selects as its first column.
pub(crate) fn document<D: Document>(
    connection: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<Option<D>, Failure> {
    Ok(documents(connection, sql, params)?.into_iter().next())
}
