//! Group commit: commands share a commit and nothing else.

use std::sync::mpsc;

use rusqlite::Connection;
use storage::{Store, StoreError};

use crate::failure::Failure;
use crate::sql::execute;
use crate::testing::TemporaryStore;

/// Notes a number, where it can be counted.
fn note(connection: &Connection, number: i64) -> Result<(), Failure> {
    let sql = "INSERT INTO gaps (began_at, ended_at) VALUES (?1, 0)";
    execute(connection, sql, &[&number])?;
    Ok(())
}

async fn noted(store: &TemporaryStore) -> Vec<i64> {
    store
        .read(|connection| {
            let mut statement = connection.prepare("SELECT began_at FROM gaps ORDER BY 1")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap()
}

/// Holds the writing thread, has `queue` put commands behind the one that holds it, and lets go:
/// they are all in one batch.
async fn in_one_batch<F: Future>(store: &TemporaryStore, queue: impl FnOnce() -> F) -> F::Output {
    let (let_go, held) = mpsc::channel::<()>();
    let holding = store.record(move |_| {
        held.recv()
            .map_err(|_| Failure::unavailable("nobody lets go"))?;
        Ok(())
    });
    let queued = queue();
    let (held, answers, ()) = tokio::join!(biased; holding, queued, async {
        // The commands were handed over when they were polled first; now the thread may take them.
        let_go.send(()).unwrap();
    });
    held.unwrap();
    answers
}

#[tokio::test]
async fn a_failing_command_undoes_only_itself() {
    let store = TemporaryStore::new();
    let answers = in_one_batch(&store, || async {
        tokio::join!(
            biased;
            store.record(|connection| note(connection, 1)),
            store.record(|connection| {
                note(connection, 2)?;
                // Refused: the number is taken by the command before.
                note(connection, 1)
            }),
            store.record(|connection| note(connection, 3)),
        )
    })
    .await;
    assert!(answers.0.is_ok());
    assert!(answers.1.is_err());
    assert!(answers.2.is_ok());
    assert_eq!(noted(&store).await, [1, 3]);
}

#[tokio::test]
async fn a_panicking_command_undoes_only_itself() {
    let store = TemporaryStore::new();
    let answers = in_one_batch(&store, || async {
        tokio::join!(
            biased;
            store.record(|connection| note(connection, 1)),
            store.record(|connection| -> Result<(), Failure> {
                note(connection, 2)?;
                unreachable!("a fault in a command")
            }),
            store.record(|connection| note(connection, 3)),
        )
    })
    .await;
    assert!(answers.0.is_ok());
    assert!(matches!(answers.1, Err(StoreError::Unavailable(_))));
    assert!(answers.2.is_ok());
    assert_eq!(noted(&store).await, [1, 3]);
    store.check().await.unwrap();
}

#[tokio::test]
async fn a_caller_that_goes_away_neither_stops_its_write_nor_others() {
    let store = TemporaryStore::new();
    in_one_batch(&store, || async {
        let mut dropped = Box::pin(store.record(|connection| note(connection, 1)));
        let handed_over = poll_once(&mut dropped).await;
        assert!(handed_over.is_none(), "it waits for its commit");
        drop(dropped);
        store
            .record(|connection| note(connection, 2))
            .await
            .unwrap();
    })
    .await;
    assert_eq!(noted(&store).await, [1, 2]);
}

/// Polls a future once.
async fn poll_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        use std::task::Poll;
        match std::pin::Pin::new(&mut *future).poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            Poll::Pending => Poll::Ready(None),
        }
    })
    .await
}

#[tokio::test]
async fn a_full_disk_refuses_and_loses_nothing_that_was_acknowledged() {
    let store = TemporaryStore::new();
    let limit = async |pages: i64| {
        store
            .record(move |connection| {
                connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
                Ok(())
            })
            .await
            .unwrap();
    };
    limit(1).await;
    let mut acknowledged = Vec::new();
    for number in 1..100_000 {
        match store
            .record(move |connection| note(connection, number))
            .await
        {
            Ok(()) => acknowledged.push(number),
            Err(error) => {
                assert!(matches!(error, StoreError::Unavailable(_)));
                break;
            }
        }
    }
    assert!(acknowledged.len() < 99_999, "the disk was full at last");
    assert_eq!(noted(&store).await, acknowledged);
    limit(1 << 30).await;
    store
        .record(|connection| note(connection, 0))
        .await
        .unwrap();
    assert_eq!(noted(&store).await.len(), acknowledged.len() + 1);
}

#[tokio::test]
async fn reads_see_a_write_as_soon_as_it_was_answered() {
    let store = TemporaryStore::new();
    for number in 0..50 {
        store
            .record(move |connection| note(connection, number))
            .await
            .unwrap();
        assert_eq!(noted(&store).await.last(), Some(&number));
    }
}

#[tokio::test]
async fn a_panicking_read_gives_its_connection_back() {
    let store = TemporaryStore::new();
    for _ in 0..10 {
        let read = store.read(|_| -> Result<(), Failure> { unreachable!("a fault in a read") });
        assert!(matches!(read.await, Err(StoreError::Unavailable(_))));
    }
    assert!(noted(&store).await.is_empty());
}
