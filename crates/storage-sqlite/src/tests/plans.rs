//! Every statement that the suite runs finds its rows by an index.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use crate::testing::TemporaryStore;

static NOTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Keeps a statement for [`every_statement_finds_its_rows_by_an_index`].
pub(crate) fn note(sql: &str) {
    NOTED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(sql.to_owned());
}

fn noted() -> BTreeSet<String> {
    NOTED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The steps by which SQLite would carry out a statement.
fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut explain = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    for parameter in 1..=explain.parameter_count() {
        explain.raw_bind_parameter(parameter, 1).unwrap();
    }
    let mut rows = explain.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get(3).unwrap());
    }
    steps
}

/// A scan reads a whole table, or a whole index; only one that goes along an index and stops at a
/// `LIMIT` is as cheap as a search.
fn is_cheap(sql: &str, step: &str) -> bool {
    let goes_along_an_index = step.contains(" USING ") && sql.contains(" LIMIT ");
    let is_scan = step.starts_with("SCAN") && step != "SCAN CONSTANT ROW";
    !step.contains("TEMP B-TREE") && (!is_scan || goes_along_an_index)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_statement_finds_its_rows_by_an_index() {
    storage::conformance::run_all(super::open).await;
    let store = TemporaryStore::new();
    let connection = Connection::open(store.path()).unwrap();
    let mut dear = Vec::new();
    for sql in noted() {
        let steps = plan(&connection, &sql);
        if !steps.iter().all(|step| is_cheap(&sql, step)) {
            dear.push(format!("{sql}\n  {}", steps.join("\n  ")));
        }
    }
    assert!(noted().len() > 40, "the suite's statements were noted");
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}
