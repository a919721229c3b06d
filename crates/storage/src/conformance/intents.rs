//! Intents: one address for ever, read again when it is time.

use std::sync::Arc;

use domain::id::IntentId;
use domain::intent::{Intent, Rail, Reading};
use domain::{Asset, Network, Span, Timestamp, Token};

use super::{NOON, id, read_all};
use crate::{CommitError, Limit, PageRequest, Store};

fn intent(deal: u32, rail: Rail) -> Intent {
    let asset = Asset::new(Network::Bsc, Token::Usdt).unwrap();
    let until = NOON.plus(Span::minutes(60));
    Intent::request(
        id!(DealId, deal),
        rail,
        asset,
        asset.cents(10_000),
        until,
        NOON,
    )
}

fn address(number: u32) -> String {
    format!("0x{number:040}")
}

/// The intent with an address, as the next version.
fn addressed(intent: &Intent, number: u32) -> Intent {
    let mut changed = intent.clone();
    changed.give_address(&address(number), NOON).unwrap();
    changed.version += 1;
    changed
}

async fn insert_addressed(store: &dyn Store, deal: u32) -> Intent {
    let new = intent(deal, Rail::Shkeeper);
    store.intents().insert(&new).await.unwrap();
    let changed = addressed(&new, deal);
    store.intents().commit(&changed, new.version).await.unwrap();
    changed
}

pub(crate) async fn an_address_belongs_to_one_intent(store: Arc<dyn Store>) {
    insert_addressed(&*store, 1).await;
    let other = intent(2, Rail::Shkeeper);
    store.intents().insert(&other).await.unwrap();

    let taken = store
        .intents()
        .commit(&addressed(&other, 1), other.version)
        .await;

    assert!(
        matches!(taken, Err(CommitError::Conflict { field: "address" })),
        "{taken:?}"
    );
    assert_eq!(store.intents().find(other.id).await.unwrap(), Some(other));
}

pub(crate) async fn an_address_is_found_in_any_spelling(store: Arc<dyn Store>) {
    let new = intent(1, Rail::Shkeeper);
    store.intents().insert(&new).await.unwrap();
    let mut changed = new.clone();
    let mixed = "0x55d398326f99059fF775485246999027B3197955";
    changed.give_address(mixed, NOON).unwrap();
    changed.version += 1;
    store.intents().commit(&changed, new.version).await.unwrap();
    for spelling in [mixed, &mixed.to_ascii_lowercase()] {
        let found = store.intents().find_by_address(spelling).await.unwrap();
        assert_eq!(found.as_ref(), Some(&changed), "{spelling}");
    }
    let other = store.intents().find_by_address(&address(2)).await.unwrap();
    assert_eq!(other, None);
}

pub(crate) async fn intents_of_a_deal_are_found(store: Arc<dyn Store>) {
    let both = [intent(1, Rail::Shkeeper), intent(1, Rail::Decentralized)];
    for new in both.iter().chain([&intent(2, Rail::Shkeeper)]) {
        store.intents().insert(new).await.unwrap();
    }
    let found = store.intents().list_of_deal(id!(DealId, 1)).await.unwrap();
    assert_eq!(found.len(), 2);
    assert!(both.iter().all(|intent| found.contains(intent)));
}

pub(crate) async fn addresses_are_read_again_when_it_is_time(store: Arc<dyn Store>) {
    let to_read = async |now: Timestamp| -> Vec<IntentId> {
        let page = PageRequest::first(Limit::MAX);
        let due = store.intents().list_to_read(now, page).await.unwrap();
        due.items
    };
    store
        .intents()
        .insert(&intent(9, Rail::Shkeeper))
        .await
        .unwrap();
    let first = insert_addressed(&*store, 1).await;
    let second = insert_addressed(&*store, 2).await;
    let mut due = to_read(NOON).await;
    due.sort_unstable();
    let mut both = vec![first.id, second.id];
    both.sort_unstable();
    assert_eq!(due, both, "without an address there is nothing to read");

    let mut read = first.clone();
    read.observe(
        &Reading {
            at: NOON,
            sightings: Vec::new(),
        },
        NOON,
    );
    read.version += 1;
    store.intents().commit(&read, first.version).await.unwrap();

    assert_eq!(to_read(NOON).await, vec![second.id]);
    let later = read.next_reading_at();
    assert_eq!(
        to_read(later).await,
        vec![second.id, first.id],
        "longest overdue first"
    );
    let paged = read_all(1, |page| store.intents().list_to_read(later, page)).await;
    assert_eq!(paged, [second.id, first.id], "past what was not read");
}
