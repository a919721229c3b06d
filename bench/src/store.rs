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

use crate::median;

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
        let mut side = runtime.block_on(Side::open(&place, together))?;
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

    async fn round(&mut self) -> Result<u64> {
        let share = COMMITS / u64::try_from(self.deals.len())?;
        let versions: Vec<Vec<Deal>> = self
            .deals
            .iter_mut()
            .map(|deal| (0..share).map(|_| step(deal).clone()).collect())
            .collect();
        let begun = Instant::now();
        let tasks: Vec<_> = versions
            .into_iter()
            .map(|versions| {
                let store = Arc::clone(&self.store);
                tokio::spawn(async move {
                    for deal in versions {
                        store.deals().commit(&deal, deal.version - 1).await?;
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
    deals: Vec<Deal>,
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
        let deals = (0..together).map(deal).collect::<Result<Vec<_>>>()?;
        for (deal, id) in deals.iter().zip(0_i64..) {
            let insert = "INSERT INTO deals (id, version, doc) VALUES (?1, ?2, ?3)";
            let version = i64::try_from(deal.version)?;
            connection.execute(insert, (id, version, serde_json::to_string(deal)?))?;
        }
        Ok(Self { connection, deals })
    }

    /// The texts of so many commits of each deal, made before the clock runs.
    fn texts(&mut self, commits: u64) -> Result<Vec<Vec<(i64, String)>>> {
        let batch = |deals: &mut [Deal]| {
            let texts = deals.iter_mut().map(|deal| {
                let text = serde_json::to_string(step(deal))?;
                Ok((i64::try_from(deal.version)?, text))
            });
            texts.collect()
        };
        (0..commits).map(|_| batch(&mut self.deals)).collect()
    }

    fn round(&mut self) -> Result<u64> {
        let share = COMMITS / u64::try_from(self.deals.len())?;
        let batches = self.texts(share)?;
        let begun = Instant::now();
        for batch in batches {
            self.connection
                .prepare_cached("BEGIN IMMEDIATE")?
                .execute([])?;
            let mut update = self.connection.prepare_cached(
                "UPDATE deals SET version = ?2, doc = ?3 WHERE id = ?1 AND version = ?2 - 1",
            )?;
            for ((version, text), id) in batch.iter().zip(0_i64..) {
                update.execute((id, version, text))?;
            }
            self.connection.prepare_cached("COMMIT")?.execute([])?;
        }
        Ok(rate(begun))
    }
}

/// The next version: as large as the one before, and different in every part, since SQLite leaves
/// pages alone that stay the same.
fn step(deal: &mut Deal) -> &Deal {
    deal.version += 1;
    deal.updated_at = deal.updated_at.plus(Span::seconds(1));
    deal.events.rotate_left(1);
    let at = deal.updated_at;
    let seq = deal.events.iter().map(|event| event.seq).max();
    if let Some(last) = deal.events.last_mut() {
        last.seq = seq.unwrap_or(0) + 1;
        last.at = at;
    }
    for event in &mut deal.events {
        event.hash = event.hash.chain(&at);
    }
    deal
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
