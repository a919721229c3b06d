//! Ledger entries of all deals in one list.

use std::sync::Arc;

use domain::ledger::{Account, Entry, Journal, Side};
use domain::{Asset, Network, Token, Units};

use super::deals::deal;
use super::{id, noon_plus, read_all};
use crate::{LedgerEntry, LedgerFilter, Store};

fn entry(number: u32, account: Account) -> LedgerEntry {
    LedgerEntry {
        id: id!(LedgerEntryId, number),
        deal: id!(DealId, number % 3),
        event_seq: u64::from(number),
        at: noon_plus(number),
        asset: Asset::new(Network::Bsc, Token::Usdt).unwrap(),
        entry: Entry {
            account,
            side: Side::Debit,
            units: Units::new(u128::MAX),
        },
    }
}

pub(crate) async fn an_entry_is_added_once(store: Arc<dyn Store>) {
    let ledger = store.ledger_entries();
    let (one, two) = (entry(1, Account::Held), entry(2, Account::Held));
    assert_eq!(ledger.add(std::slice::from_ref(&one)).await.unwrap(), 1);
    assert_eq!(ledger.add(&[one, two]).await.unwrap(), 1);
    assert_eq!(ledger.add(&[]).await.unwrap(), 0);
    let all = read_all(9, |page| ledger.list(LedgerFilter::All, page)).await;
    assert_eq!(all, [entry(2, Account::Held), entry(1, Account::Held)]);
}

pub(crate) async fn entries_are_found_by_deal_and_by_account(store: Arc<dyn Store>) {
    let ledger = store.ledger_entries();
    let entries: Vec<_> = (0..12)
        .map(|number| {
            let account = if number % 4 == 0 {
                Account::Fees
            } else {
                Account::Held
            };
            entry(number, account)
        })
        .collect();
    ledger.add(&entries).await.unwrap();
    let (bsc, tron) = (Network::Bsc, Network::Tron);
    let asset = |network| Asset::new(network, Token::Usdt).unwrap();
    for (filter, count) in [
        (LedgerFilter::All, 12),
        (LedgerFilter::OfDeal(id!(DealId, 1)), 4),
        (LedgerFilter::OfDeal(id!(DealId, 9)), 0),
        (LedgerFilter::OfAsset(asset(bsc)), 12),
        (LedgerFilter::OfAsset(asset(tron)), 0),
        (LedgerFilter::OfAccount(Account::Fees), 3),
        (LedgerFilter::OfAccount(Account::Late), 0),
        (LedgerFilter::In(asset(bsc), Account::Fees), 3),
        (LedgerFilter::In(asset(tron), Account::Fees), 0),
    ] {
        let found = read_all(2, |page| ledger.list(filter, page)).await;
        assert_eq!(found.len(), count, "{filter:?}");
        assert!(found.is_sorted_by(|one, next| one.at > next.at));
    }
}

pub(crate) async fn a_deals_own_ledger_gives_its_entries(store: Arc<dyn Store>) {
    let mut deal = deal(1);
    for seq in [1, 2] {
        let received = Units::new(5);
        let journal = Journal::new(seq).moving(Account::Received, Account::Held, received);
        deal.ledger.post(journal).unwrap();
    }
    let ledger = store.ledger_entries();
    assert_eq!(LedgerEntry::of_deal(&deal, 1).len(), 2);
    let all = LedgerEntry::of_deal(&deal, 0);
    assert_eq!(ledger.add(&all).await.unwrap(), 4);
    let again = LedgerEntry::of_deal(&deal, 0);
    assert_eq!(ledger.add(&again).await.unwrap(), 0);
}

pub(crate) async fn the_ledger_is_read_from_either_end(store: Arc<dyn Store>) {
    let ledger = store.ledger_entries();
    let entries: Vec<_> = (0..7).map(|number| entry(number, Account::Held)).collect();
    ledger.add(&entries).await.unwrap();
    let of_account = LedgerFilter::OfAccount(Account::Held);
    let list = |page: crate::PageRequest| ledger.list(of_account, page.reversed(true));
    assert_eq!(read_all(3, list).await, entries);
}
