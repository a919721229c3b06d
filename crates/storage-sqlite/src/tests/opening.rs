//! Opening: what is made, what is refused, and how it is said.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use domain::id::SessionId;
use domain::{Span, Timestamp};
use rusqlite::Connection;
use storage::{Store, StoreError};

use crate::schema::{SCHEMA, migrate_to};
use crate::testing::TemporaryStore;
use crate::{OpenError, Settings, SqliteStore};

fn refusal(path: &std::path::Path) -> OpenError {
    SqliteStore::open(path).expect_err("this is not opened")
}

/// The statements that made everything in a database, in the order of their names.
fn shape(path: &std::path::Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn every_earlier_schema_is_brought_up_to_date_and_keeps_its_rows() {
    let fresh = TemporaryStore::new();
    for earlier in 0..=SCHEMA {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("amn.db");
        let mut connection = Connection::open(&path).unwrap();
        migrate_to(&mut connection, earlier).unwrap();
        if earlier >= 1 {
            let row = "INSERT INTO gaps (began_at, ended_at) VALUES (1, 700000)";
            connection.execute(row, []).unwrap();
        }
        drop(connection);

        let store = SqliteStore::open(&path).unwrap();
        let gaps = store.heartbeats();
        let kept = gaps.list_unapplied(storage::Limit::MAX).await.unwrap();
        let expected = usize::from(earlier >= 1);
        assert_eq!(kept.len(), expected, "from schema {earlier}");
        assert_eq!(shape(&path), shape(fresh.path()), "from schema {earlier}");
    }
}

/// The lists of each document in a table: as they lie beside them, and as each document knows them.
fn lists(connection: &Connection, table: &str) -> [Vec<String>; 2] {
    [
        format!("SELECT hex(id) || ' ' || listed_at || ' ' || tag FROM {table}_tags ORDER BY 1"),
        format!(
            "SELECT hex({table}.id) || ' ' || tag.value \
             FROM {table}, json_each({table}.tags) AS tag ORDER BY 1"
        ),
    ]
    .map(|sql| {
        let mut statement = connection.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    })
}

/// As a store of schema 9 had it: a list of what owes for each asset, open cases of resolvers
/// whether they are ruled or not, no lists of what is settled.
const AS_IN_SCHEMA_9: &str = r"
    UPDATE deals SET tags = (
      SELECT json_group_array(
        CASE value
          WHEN 'owes:any' THEN 'owes:bsc/usdt'
          ELSE replace(value, '/to_rule:yes', '/dispute:open')
        END
      )
      FROM json_each(deals.tags)
      WHERE value NOT GLOB 'seller:*/settled:*' AND value NOT GLOB 'code:*'
        AND value NOT GLOB 'word:*' AND value NOT GLOB 'tx:*' AND value NOT GLOB 'to:*'
    );
    UPDATE deals SET tags = json_insert(
      tags, '$[#]', 'resolver:' || (summary ->> '$.dispute.resolver') || '/dispute:open'
    ) WHERE summary ->> '$.state' = 'ruled';
    DELETE FROM deals_tags;
    INSERT INTO deals_tags (tag, listed_at, id)
    SELECT tag.value, deals.listed_at, deals.id FROM deals, json_each(deals.tags) AS tag;
    ALTER TABLE users DROP COLUMN listed_at;
    ALTER TABLE users DROP COLUMN tags;
    ALTER TABLE users DROP COLUMN summary;
    DROP TABLE users_tags;
    DROP INDEX ledger_entries_by_asset;
    DROP INDEX ledger_entries_of_account;
    PRAGMA user_version = 9;
";

/// The last step that made lists anew; those after it make tables, and run once.
const LISTS_CHANGED: u32 = 14;

#[tokio::test]
async fn lists_that_are_new_take_in_what_was_there_before() {
    use storage::conformance::rules::deals as rules;

    let [owing, ruled, settled] = [(); 3].map(|()| TemporaryStore::new());
    rules::a_deal_is_listed_by_what_it_owes_for_as_long_as_it_owes(owing.store()).await;
    rules::what_is_to_be_ruled_on_is_counted_until_it_is(ruled.store()).await;
    rules::settled_deals_tell_of_each_seller(settled.store()).await;
    for store in [owing, ruled, settled] {
        let mut connection = Connection::open(store.path()).unwrap();
        let now = lists(&connection, "deals");
        connection.execute_batch(AS_IN_SCHEMA_9).unwrap();
        assert_ne!(lists(&connection, "deals"), now);
        migrate_to(&mut connection, LISTS_CHANGED).unwrap();
        assert_eq!(lists(&connection, "deals"), now);
    }
}

#[tokio::test]
async fn offers_of_before_are_found_by_their_id() {
    use storage::conformance::rules::requests as rules;

    let store = TemporaryStore::new();
    rules::a_seller_finds_their_own_offers_and_no_rivals(store.store()).await;
    let mut connection = Connection::open(store.path()).unwrap();
    let now = lists(&connection, "requests");
    let as_in_schema_13 = r"
        UPDATE requests SET tags = (
          SELECT json_group_array(value) FROM json_each(requests.tags)
          WHERE value NOT GLOB 'with_offer:*'
        );
        DELETE FROM requests_tags WHERE tag GLOB 'with_offer:*';
        PRAGMA user_version = 13;
    ";
    connection.execute_batch(as_in_schema_13).unwrap();
    assert_ne!(lists(&connection, "requests"), now);
    migrate_to(&mut connection, LISTS_CHANGED).unwrap();
    assert_eq!(lists(&connection, "requests"), now);
}

#[test]
fn a_newer_schema_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    drop(SqliteStore::open(&path).unwrap());
    let connection = Connection::open(&path).unwrap();
    let newer = SCHEMA + 7;
    connection
        .pragma_update(None, "user_version", newer)
        .unwrap();
    drop(connection);

    let text = refusal(&path).to_string();
    assert!(text.contains(&format!("schema {newer}")), "{text}");
    assert!(text.contains(&format!("up to {SCHEMA}")), "{text}");
    let connection = Connection::open(&path).unwrap();
    assert_eq!(crate::schema::number(&connection).unwrap(), newer);
}

#[test]
fn a_file_of_another_program_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let text = directory.path().join("notes.txt");
    fs::write(&text, "dear diary, ".repeat(1_000)).unwrap();
    assert!(matches!(refusal(&text), OpenError::NotOurs));
    assert!(fs::read_to_string(&text).unwrap().starts_with("dear diary"));

    let other = directory.path().join("other.db");
    let connection = Connection::open(&other).unwrap();
    connection
        .execute_batch("CREATE TABLE songs (title TEXT)")
        .unwrap();
    drop(connection);
    assert!(matches!(refusal(&other), OpenError::NotOurs));
    assert_eq!(shape(&other), ["CREATE TABLE songs (title TEXT)"]);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let below_a_file = file.join("amn.db");
    let error = refusal(&below_a_file);
    assert!(matches!(error, OpenError::NotWritable { .. }));
    let text = error.to_string();
    assert!(text.contains(below_a_file.to_str().unwrap()), "{text}");
    assert!(text.contains("STORE_URL"), "{text}");
}

#[test]
fn a_read_only_directory_is_refused_before_anything_is_served() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    drop(SqliteStore::open(&path).unwrap());
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // Nothing stops a superuser from writing here, so there the store opens, rightly.
    let is_superuser = fs::write(directory.path().join("probe"), "").is_ok();
    let opened = SqliteStore::open(&path);
    assert_eq!(opened.is_ok(), is_superuser);
    if let Err(error) = opened {
        assert!(matches!(error, OpenError::NotWritable { .. }), "{error}");
    }
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn nobody_else_on_the_machine_reads_the_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("deep/down/amn.db");
    let store = SqliteStore::open(&path).unwrap();
    store.check().await.unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", entry.path().display());
        seen += 1;
    }
    assert!(seen >= 2, "the database and its log lie there");
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_opening_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    let moment = Timestamp::from_unix_ms(1_793_534_400_000);
    let store = SqliteStore::open(&path).unwrap();
    store.heartbeats().beat(moment).await.unwrap();
    drop(store);
    let again = SqliteStore::open(&path).unwrap();
    assert_eq!(again.heartbeats().last().await.unwrap(), Some(moment));
    again.close().await;
    let left: Vec<_> = fs::read_dir(directory.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "a closed store is one file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_one_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    // As `amn admin create` does beside a running server.
    let stores = [(); 2].map(|()| Arc::new(SqliteStore::open(&path).unwrap()));
    let tasks = stores.map(|store| {
        tokio::spawn(async move {
            for _ in 0..50 {
                let now = Timestamp::default();
                let length = Span::minutes(1);
                store.windows().hit("both", now, length).await.unwrap();
            }
            store
        })
    });
    let [first, second] = tasks;
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    for store in [first, second] {
        let window = store.windows().current("both", Timestamp::default()).await;
        assert_eq!(window.unwrap().map(|window| window.count), Some(100));
    }
}

#[tokio::test]
async fn a_document_that_cannot_be_read_is_named_and_not_quoted() {
    let store = TemporaryStore::new();
    let id = SessionId::derived(&[b"broken"]);
    store
        .record(move |connection| {
            let row = "INSERT INTO sessions (id, version, doc, user_id, created_at, expires_at, \
                 is_revoked) VALUES (?1, 1, '{\"id\": \"sara@example.com\"}', x'00', 0, 0, 0)";
            connection.execute(row, [id.as_uuid().as_bytes()])?;
            Ok(())
        })
        .await
        .unwrap();
    let error = store.sessions().find(id).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }));
    let text = error.to_string();
    assert!(text.contains(&id.to_string()), "{text}");
    assert!(!text.contains("sara"), "{text}");
}

#[tokio::test]
async fn a_store_is_durable_unless_a_test_says_otherwise() {
    let level = async |settings| {
        let store = TemporaryStore::with(settings);
        let level: i64 = store
            .record(|connection| {
                Ok(connection.pragma_query_value(None, "synchronous", |row| row.get(0))?)
            })
            .await
            .unwrap();
        level
    };
    assert_eq!(level(Settings::default()).await, 2, "FULL");
    let careless = Settings {
        durable: false,
        ..Settings::default()
    };
    assert_eq!(level(careless).await, 0);
}
