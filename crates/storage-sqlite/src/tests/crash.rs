//! A process that is killed loses nothing that it acknowledged.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;

use domain::Timestamp;
use storage::{Limit, Store};

use crate::SqliteStore;

/// Tells the child where to write. Without it, the child's part is no test at all.
const PLACE: &str = "AMN_TEST_CRASH_STORE";

/// The child's part: several writers acknowledge each gap that they recorded, until the end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(PLACE) else {
        return;
    };
    let store = Arc::new(SqliteStore::open(path).unwrap());
    let begin = store.heartbeats().last().await.unwrap();
    let begin = begin.map_or(0, Timestamp::unix_ms);
    let writers = (0..4).map(|writer| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for number in (begin + writer..).step_by(4) {
                let gap = storage::Gap {
                    from: Timestamp::from_unix_ms(number),
                    to: Timestamp::from_unix_ms(number + 1),
                    applied_at: None,
                };
                store.heartbeats().record_gap(&gap).await.unwrap();
                println!("acknowledged {number}");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
}

/// Runs a child until it has acknowledged `count` writes, kills it, and gives all that it said.
fn acknowledged_before_the_kill(path: &std::path::Path, count: usize) -> BTreeSet<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::crash::child_writes_until_it_is_killed"])
        .arg("--nocapture")
        .env(PLACE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BTreeSet::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let number = |line: String| line.strip_prefix("acknowledged ")?.parse::<i64>().ok();
    while said.len() < count {
        let line = lines.next().expect("the child writes on").unwrap();
        said.extend(number(line));
    }
    child.kill().unwrap();
    // What it had said before it died counts too, but for a last line cut short.
    let rest: Vec<_> = lines.map_while(Result::ok).collect();
    let whole = rest.len().saturating_sub(1);
    said.extend(rest.into_iter().take(whole).filter_map(number));
    child.wait().unwrap();
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_minus_9_loses_no_acknowledged_write() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    let mut expected = BTreeSet::new();
    for (round, count) in [(0, 1), (1, 7), (2, 40), (3, 100), (4, 13)] {
        // Each child begins where no earlier one has been.
        let store = SqliteStore::open(&path).unwrap();
        let begin = Timestamp::from_unix_ms(round * 1_000_000);
        store.heartbeats().beat(begin).await.unwrap();
        store.close().await;
        expected.extend(acknowledged_before_the_kill(&path, count));

        let store = SqliteStore::open(&path).unwrap();
        let gaps = store.heartbeats();
        let mut found = BTreeSet::new();
        let mut request = storage::PageRequest::first(Limit::MAX);
        loop {
            let page = gaps.list_gaps(request).await.unwrap();
            found.extend(page.items.iter().map(|gap| gap.from.unix_ms()));
            match page.next {
                Some(next) => request = storage::PageRequest::after(next, Limit::MAX),
                None => break,
            }
        }
        let lost: Vec<_> = expected.difference(&found).collect();
        assert!(lost.is_empty(), "lost in round {round}: {lost:?}");
    }
}
