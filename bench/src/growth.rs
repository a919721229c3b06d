//! What lists, searches and single reads cost as requests grow tenfold and a hundredfold.
//!
//! The same questions are asked of stores of each size, some with many answers and some with few.
//! What is told is CPU per question, and how it stands to the smallest store.

use std::io::Write as _;
use std::process::id;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use domain::deal::{EvidenceItem, ProductKind};
use domain::id::{CategoryId, RequestId, UserId};
use domain::price::{Budget, Currency};
use domain::request::{Conditions, Delivery, Description, Request, Title, Urgency, What};
use domain::{Asset, Span, Timestamp, Units};
use storage::{Browse, Cursor, Limit, PageRequest, Store as _};
use storage_sqlite::SqliteStore;

use crate::cpu::cpu_us;
use crate::median;

/// How often each question is asked in a round.
const ASKED: u32 = 200;
/// Rounds of which the median is told.
const ROUNDS: usize = 7;
/// Requests that are written at a time.
const TOGETHER: u64 = 64;
/// How much dearer a question may be of a hundred times as many.
const GOAL_PERCENT: u64 = 130;
const NOON: Timestamp = Timestamp::from_unix_ms(1_793_534_400_000);
/// Categories that requests are filed in.
const SHELVES: u64 = 60;
/// Words that titles and descriptions are made of.
const WORDS: u64 = 2_000;

/// A kind of question.
#[derive(Debug, Clone, Copy)]
enum Question {
    /// The newest open requests.
    Newest,
    /// A page from the middle of all.
    Deep,
    /// One category.
    Category,
    /// A word that one in a hundred has.
    Word,
    /// Two words that few have both.
    TwoWords,
    /// The requests that a seller was invited to.
    Feed,
    /// The requests of a buyer.
    Own,
    /// One request.
    One,
}

const QUESTIONS: [(Question, &str); 8] = [
    (Question::Newest, "newest 20"),
    (Question::Deep, "20 from the middle"),
    (Question::Category, "20 of a category"),
    (Question::Word, "20 with a word"),
    (Question::TwoWords, "those with two words"),
    (Question::Feed, "a seller's invitations"),
    (Question::Own, "a buyer's own"),
    (Question::One, "one request"),
];

/// The table, a line a row, for stores of these sizes.
pub(crate) fn rows(sizes: &[u64]) -> Result<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut costs = Vec::new();
    for size in sizes {
        costs.push(runtime.block_on(measure(*size))?);
    }
    let mut rows = vec![format!(
        "µs of CPU a question, with {} requests (goal: at most {GOAL_PERCENT} % of the first)",
        sizes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    )];
    for (at, (_, words)) in QUESTIONS.iter().enumerate() {
        let told: Vec<u64> = costs
            .iter()
            .filter_map(|all| all.get(at).copied())
            .collect();
        let first = told.first().copied().unwrap_or(0);
        let last = told.last().copied().unwrap_or(0);
        let percent = (last * 100).checked_div(first).unwrap_or(100);
        let told: Vec<String> = told.iter().map(|cost| format!("{cost:>6}")).collect();
        rows.push(format!("{words:<24} {}  {percent} %", told.join(" ")));
    }
    Ok(rows)
}

/// What each question costs in a store of a size.
async fn measure(size: u64) -> Result<Vec<u64>> {
    let folder = tempfile::tempdir_in(".")?;
    let store = Arc::new(SqliteStore::open(folder.path().join("store.db"))?);
    fill(&store, size).await?;
    let mut costs = Vec::new();
    for (question, _) in QUESTIONS {
        ask(&store, question, size, 0).await?;
        let mut rounds = Vec::new();
        for round in 0..ROUNDS {
            let before = cpu_us(id())?;
            ask(&store, question, size, u64::try_from(round)?).await?;
            let spent = cpu_us(id())?.saturating_sub(before);
            rounds.push(spent / u64::from(ASKED));
        }
        costs.push(median(rounds));
    }
    Ok(costs)
}

async fn fill(store: &Arc<SqliteStore>, size: u64) -> Result<()> {
    let mut written = 0;
    while written < size {
        let batch = written..size.min(written + TOGETHER);
        let tasks: Vec<_> = batch
            .map(|number| {
                let store = Arc::clone(store);
                let request = request(number);
                tokio::spawn(async move { anyhow::Ok(store.requests().insert(&request?).await?) })
            })
            .collect();
        for task in tasks {
            task.await??;
        }
        written += TOGETHER;
        if written.is_multiple_of(64 * 1_024) {
            writeln!(std::io::stderr(), "{written} of {size} requests written")?;
        }
    }
    Ok(())
}

async fn ask(store: &Arc<SqliteStore>, question: Question, size: u64, round: u64) -> Result<()> {
    let requests = store.requests();
    let page = PageRequest::first(Limit::new(20));
    for asked in 0..u64::from(ASKED) {
        // Numbers all over the store, other ones each time.
        let number = spread(round * 1_000 + asked) % size;
        match question {
            Question::Newest => drop(requests.browse(&Browse::default(), page).await?),
            Question::Deep => {
                let at = published_at(size / 2 + asked);
                let place = Cursor::new(at.unix_ms(), id_of(size / 2 + asked).as_uuid());
                let page = PageRequest::after(place, page.limit);
                drop(requests.browse(&Browse::default(), page).await?);
            }
            Question::Category => {
                let browse = Browse {
                    category: Some(shelf(number % SHELVES)),
                    ..Browse::default()
                };
                drop(requests.browse(&browse, page).await?);
            }
            Question::Word => drop(requests.browse(&asks(&word(number)), page).await?),
            Question::TwoWords => {
                let both = format!("{} {}", word(number), word(number + 7));
                drop(requests.browse(&asks(&both), page).await?);
            }
            Question::Feed => drop(requests.list_inviting(invited(number), page).await?),
            Question::Own => drop(requests.list_of_buyer(buyer(number), None, page).await?),
            Question::One => drop(requests.find(id_of(number)).await?),
        }
    }
    Ok(())
}

fn asks(question: &str) -> Browse {
    Browse {
        question: question.to_owned(),
        ..Browse::default()
    }
}

/// A number that seems to have nothing to do with another (the step of `SplitMix64`).
const fn spread(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}

fn word(number: u64) -> String {
    format!("w{}", number % WORDS)
}

fn shelf(number: u64) -> CategoryId {
    CategoryId::derived(&[b"shelf", &number.to_be_bytes()])
}

/// Each buyer has twenty requests, each seller twenty invitations.
fn buyer(number: u64) -> UserId {
    UserId::derived(&[b"buyer", &(number / 20).to_be_bytes()])
}

fn invited(number: u64) -> UserId {
    UserId::derived(&[b"seller", &(number / 200).to_be_bytes()])
}

fn id_of(number: u64) -> RequestId {
    RequestId::derived(&[&number.to_be_bytes()])
}

fn published_at(number: u64) -> Timestamp {
    let seconds = u32::try_from(number).unwrap_or(u32::MAX);
    NOON.plus(Span::seconds(seconds))
}

/// The request with this number: one in ten is for an invited seller.
fn request(number: u64) -> Result<Request> {
    let now = published_at(number);
    let by = buyer(number);
    let mut request = Request::begin(id_of(number), by, now);
    let words: Vec<String> = (0..24).map(|at| word(spread(number * 31 + at))).collect();
    let (title, text) = words.split_at(5);
    let what = What {
        title: Title::new(&title.join(" "))?,
        description: Description::new(&text.join(" ").repeat(3))?,
        category: shelf(number % SHELVES),
        kind: ProductKind::DigitalProduct,
        quantity: 1,
        link: None,
        size: None,
        color: None,
        brand: None,
        specifications: Vec::new(),
        tags: Vec::new(),
        attachments: Vec::new(),
    };
    let delivery = Delivery::Online {
        email: None,
        notes: None,
    };
    let budget = Units::parse("500", Asset::PRICE_PLACES)?;
    let conditions = Conditions {
        budget: Budget::new(None, budget, Currency::Usdt)?,
        urgency: Urgency::Medium,
        offers_until: now.plus(Span::days(14)),
        inspection_days: 3,
        evidence: EvidenceItem::usual_for(ProductKind::DigitalProduct),
        buyer_on_silence: None,
        invited: number
            .is_multiple_of(10)
            .then(|| invited(number))
            .into_iter()
            .collect(),
    };
    let shelves = [shelf(number % SHELVES)];
    let write = |request: &mut Request| {
        request.write_what(by, what, now)?;
        request.write_delivery(by, delivery, now)?;
        request.write_conditions(by, conditions, now)?;
        request.publish(by, &shelves, false, now)
    };
    write(&mut request).context("a request that is sound")?;
    Ok(request)
}
