//! A durable commit of a deal, beside bare SQLite writing the same bytes on the same disk.
//!
//! Both sides take turns in short rounds, so that a disk that is slow for a while is slow for both;
//! each round is compared with the one beside it, and the median of that is what counts.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result};
use domain::deal::{Deal, Destination, EvidenceItem, Goods, Periods, ProductKind, Terms};
use domain::id::{OfferId, RequestId, UserId};
use domain::{Asset, Bps, Network, Span, Timestamp, Token};
use rusqlite::Connection;
use storage::Store as _;
use storage_sqlite::SqliteStore;

/// Rounds of each side.
const ROUNDS: usize = 15;
/// Commits in a round.
const COMMITS: u64 = 320;
/// Events of a deal that went its usual way, with some talk.
const EVENTS: usize = 60;
/// What the store should keep of the bare rate.
const GOAL_PERCENT: u64 = 70;

/// The table, a line a row.
pub(crate) fn rows() -> Result<Vec<String>> {
    let directory = tempfile::tempdir_in(".")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut rows = vec![format!(
        "a deal of {} bytes; commits a second, median of {ROUNDS} rounds",
        serde_json::to_string(&deal(0)?)?.len()
    )];
    for together in [1, 32] {
        let place = directory.path().join(together.to_string());
        std::fs::create_dir(&place)?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        let side = runtime.block_on(Side::open(&place, together))?;
        let mut bare_side = Bare::open(&place, together)?;
        for _ in 0..ROUNDS {
            bare.push(bare_side.round()?);
            ours.push(runtime.block_on(side.round())?);
        }
        let pairs = ours.iter().zip(&bare);
        let percents = pairs.map(|(ours, bare)| (ours * 100).checked_div(*bare).unwrap_or(0));
        let percent = median(percents.collect());
        let (ours, bare) = (median(ours), median(bare));
        rows.push(format!(
            "{together:>3} at a time: store {ours:>6}, bare SQLite {bare:>6}, \
             {percent} % (goal {GOAL_PERCENT} %)"
        ));
    }
    Ok(rows)
}

fn median(mut rates: Vec<u64>) -> u64 {
    rates.sort_unstable();
    rates.get(rates.len() / 2).copied().unwrap_or(0)
}

/// Commits a second.
fn rate(begun: Instant) -> u64 {
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    (COMMITS * 1_000_000).checked_div(micros).unwrap_or(0)
}

/// Our store, with so many writers at a time, each on a deal of its own.
struct Side {
    store: Arc<SqliteStore>,
    deals: Vec<Deal>,
}

impl Side {
    async fn open(place: &Path, together: u32) -> Result<Self> {
        let store = Arc::new(SqliteStore::open(place.join("store.db"))?);
        let deals = (0..together).map(deal).collect::<Result<Vec<_>>>()?;
        for deal in &deals {
            store.deals().insert(deal).await?;
        }
        Ok(Self { store, deals })
    }

    async fn round(&self) -> Result<u64> {
        let share = COMMITS / u64::try_from(self.deals.len())?;
        let begun = Instant::now();
        let tasks: Vec<_> = self
            .deals
            .iter()
            .map(|deal| {
                let (store, id) = (Arc::clone(&self.store), deal.id);
                tokio::spawn(async move {
                    let found = store.deals().find(id).await?;
                    let mut deal = found.context("the deal is there")?;
                    for _ in 0..share {
                        let expected = deal.version;
                        deal.version += 1;
                        deal.updated_at = deal.updated_at.plus(Span::seconds(1));
                        store.deals().commit(&deal, expected).await?;
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        Ok(rate(begun))
    }
}

/// SQLite alone: one thread, and so many updates in each transaction.
struct Bare {
    connection: Connection,
    docs: Vec<String>,
    version: u64,
}

impl Bare {
    fn open(place: &Path, together: u32) -> Result<Self> {
        let connection = Connection::open(place.join("bare.db"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(
            "CREATE TABLE deals (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, \
             doc TEXT NOT NULL) STRICT",
        )?;
        let mut docs = Vec::new();
        for number in 0..together {
            let doc = serde_json::to_string(&deal(number)?)?;
            let insert = "INSERT INTO deals (id, version, doc) VALUES (?1, 0, ?2)";
            connection.execute(insert, (number, &doc))?;
            docs.push(doc);
        }
        Ok(Self {
            connection,
            docs,
            version: 0,
        })
    }

    fn round(&mut self) -> Result<u64> {
        let batches = COMMITS / u64::try_from(self.docs.len())?;
        let begun = Instant::now();
        for _ in 0..batches {
            self.connection
                .prepare_cached("BEGIN IMMEDIATE")?
                .execute([])?;
            let mut update = self.connection.prepare_cached(
                "UPDATE deals SET version = version + 1, doc = ?2 WHERE id = ?1 AND version = ?3",
            )?;
            for (doc, id) in self.docs.iter().zip(0_i64..) {
                update.execute((id, doc, i64::try_from(self.version)?))?;
            }
            self.connection.prepare_cached("COMMIT")?.execute([])?;
            self.version += 1;
        }
        Ok(rate(begun))
    }
}

fn deal(number: u32) -> Result<Deal> {
    let asset = Asset::new(Network::Bsc, Token::Usdt).context("USDT is taken on BNB Chain")?;
    let kind = ProductKind::PhysicalProduct;
    let address = "0x55d398326f99059fF775485246999027B3197955";
    let terms = Terms {
        buyer: UserId::derived(&[b"buyer"]),
        seller: UserId::derived(&[b"seller"]),
        goods: Goods {
            title: "A camera".into(),
            description: "Used is fine, boxed is better. ".repeat(30),
            kind,
            quantity: 1,
        },
        asset,
        price: asset.cents(124_050),
        fee_rate: Bps::new(100).context("one percent is a rate")?,
        network_fee: asset.network_fee(),
        periods: Periods::of(kind, Span::days(10), Span::days(3)),
        evidence_contract: EvidenceItem::usual_for(kind),
        buyer_on_silence: None,
        seller_address: Destination::new(asset, address).context("an address")?,
    };
    let request = RequestId::derived(&[&number.to_be_bytes()]);
    let offer = OfferId::derived(&[&number.to_be_bytes()]);
    let noon = Timestamp::from_unix_ms(1_793_534_400_000);
    let mut deal = Deal::open(request, 1, offer, terms, noon)?;
    // The store does not mind that they are all alike.
    let first = deal.events.first().context("it was opened")?.clone();
    deal.events.extend(
        (2..)
            .zip(std::iter::repeat_n(first, EVENTS))
            .map(|(seq, event)| domain::deal::Event { seq, ..event }),
    );
    Ok(deal)
}
