//! The books of all deals, computed anew.

use std::collections::BTreeSet;

use domain::Units;
use domain::deal::{Command, DepositKey, LegId};
use domain::id::{AuditId, IntentId};
use domain::ledger::{Account, Entry, Journal, Side};
use services::books::{Books, Fault, recompute};
use services::ports::gateway::ExternalId;
use storage::{DepositClaim, DepositClaimState, LedgerEntry, NewAuditEntry};

use crate::bank::Bank;
use crate::dealt::{Dealt, People, asset};
use crate::world::World;

const PRICE: Units = Units::new(100_000_000_000_000_000_000);

async fn books(world: &World) -> Books {
    recompute(&**world.store(), &mut |_, _| {}).await.unwrap()
}

/// A deal that is paid for and paid out, with nothing beside it in the store.
async fn settled(world: &World) -> Dealt {
    let people = People::meet(world).await;
    let mut dealt = Dealt::funded(world, &people, 1, PRICE);
    dealt.ship();
    dealt.buyer(Command::Accept);
    dealt.pay_seller();
    dealt.keep(world).await;
    dealt
}

/// What the use cases would have claimed of it.
async fn claim_all(world: &World, dealt: &Dealt) {
    let claim = DepositClaim {
        key: DepositKey::from_gateway("BNB-USDT", "tx-1", "0xabc").to_string(),
        intent: IntentId::derived(&[&1_u32.to_be_bytes()]),
        deal: dealt.deal.id,
        units: PRICE,
        state: DepositClaimState::Claimed,
        claimed_at: world.now(),
        updated_at: world.now(),
    };
    world.store().deposit_claims().claim(&claim).await.unwrap();
    let id = dealt.deal.id;
    let sending = ExternalId::of_leg(id, &LegId::Seller, 1).unwrap();
    let tx = format!("{}/{}/0x{id}", asset().network(), asset().token());
    let txs = world.store().payout_txs();
    txs.claim(&tx, sending.as_str()).await.unwrap();
}

#[tokio::test]
async fn the_books_of_a_deal_that_went_its_way_are_right() {
    let bank = Bank::new().await;
    bank.pay("100").await;
    bank.settle().await;
    bank.deliver().await;
    bank.buyer_does(Command::Accept).await;
    bank.settle().await;
    let found = books(&bank).await;
    assert_eq!(found.faults, []);
    assert_eq!((found.deals, found.deposits, found.payouts), (1, 1, 1));
    let of_asset = found.assets.values().next().unwrap();
    assert_eq!(of_asset.debits, of_asset.credits);
    assert!(of_asset.balances[&Account::Released] > Units::ZERO);
}

#[tokio::test]
async fn a_deposit_and_a_payout_that_nobody_claimed_are_found() {
    let world = World::new();
    let dealt = settled(&world).await;
    let found = books(&world).await;
    let deposit = |fault: &Fault| matches!(fault, Fault::DepositNotClaimed { .. });
    let payout = |fault: &Fault| matches!(fault, Fault::PayoutNotClaimed { .. });
    assert_eq!(found.faults.len(), 2, "{:?}", found.faults);
    assert!(found.faults.iter().any(deposit) && found.faults.iter().any(payout));

    claim_all(&world, &dealt).await;
    assert_eq!(books(&world).await.faults, []);
}

#[tokio::test]
async fn the_list_of_ledger_entries_may_end_early_and_may_not_differ() {
    let world = World::new();
    let dealt = settled(&world).await;
    claim_all(&world, &dealt).await;
    let entries = LedgerEntry::of_deal(&dealt.deal, 0);
    let first = entries.first().unwrap().event_seq;
    let of_first: Vec<_> = entries
        .iter()
        .filter(|one| one.event_seq == first)
        .cloned()
        .collect();
    let list = world.store().ledger_entries();
    list.add(&of_first).await.unwrap();
    assert_eq!(books(&world).await.faults, []);

    let strange = LedgerEntry {
        id: domain::id::LedgerEntryId::derived(&[b"strange"]),
        entry: Entry {
            account: Account::Released,
            side: Side::Credit,
            units: Units::new(1),
        },
        ..of_first[0].clone()
    };
    list.add(&[strange]).await.unwrap();
    let deal = dealt.deal.id;
    assert_eq!(books(&world).await.faults, [Fault::LedgerList { deal }]);
}

#[tokio::test]
async fn the_audit_log_is_followed_from_its_beginning() {
    let world = World::new();
    let before = books(&world).await.audit_entries;
    for number in 0..3 {
        let entry = NewAuditEntry {
            id: AuditId::derived(&[&[number]]),
            at: world.now(),
            actor: None,
            action: "user.suspend".into(),
            subject: format!("user:{number}"),
            before: None,
            after: None,
            reason: None,
            ip: None,
        };
        world.store().audit().append(entry).await.unwrap();
    }
    let found = books(&world).await;
    assert_eq!((found.audit_entries, found.faults.len()), (before + 3, 0));
}

#[tokio::test]
async fn entries_of_several_journals_of_one_event_are_all_in_the_list() {
    let world = World::new();
    let people = People::meet(&world).await;
    let mut deal = Dealt::funded(&world, &people, 1, PRICE).deal;
    let event = deal.ledger.journals().last().unwrap().event_seq;
    for units in [1, 2] {
        let more = Journal::new(event).moving(Account::Held, Account::Surplus, Units::new(units));
        deal.ledger.post(more).unwrap();
    }
    let entries = LedgerEntry::of_deal(&deal, 0);
    let names: BTreeSet<_> = entries.iter().map(|entry| entry.id).collect();
    assert_eq!(names.len(), entries.len());
    assert!(entries.len() >= 6, "three journals of two entries each");
}
