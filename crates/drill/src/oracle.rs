//! What must hold once everything is at rest, counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use domain::Units;
use domain::deal::{Deal, DepositState, Leg, LegState};
use services::books::{Fault as BookFault, recompute};
use storage::{Limit, PageRequest};

use crate::Fault;
use crate::gateway::Books;
use crate::house::House;
use crate::report::Findings;
use crate::rest::{all_deals, restless_deals};

/// Where something went, and how much.
type Sending = (String, Units);

/// Looks at a house at rest.
pub(crate) async fn look(house: &House) -> Result<Findings, Fault> {
    let mut found = Findings {
        tally: house.tally.clone(),
        orders: house.seen.orders.load(Ordering::Relaxed),
        unreserved: house.seen.unreserved.load(Ordering::Relaxed),
        forbidden: house.seen.forbidden.load(Ordering::Relaxed),
        ..Findings::default()
    };
    let (deals, gateway) = (all_deals(house).await?, house.bank.books().await?);
    found.injected.clone_from(&gateway.injected);
    found.unsettled = count(restless_deals(house).await?.iter());
    for deal in &deals {
        *found.ends.entry(format!("{:?}", deal.state)).or_default() += 1;
    }
    look_at_payouts(&mut found, &deals, &gateway);
    look_at_deposits(&mut found, &deals, &gateway);
    look_at_books(&mut found, house).await?;
    let page = PageRequest::first(Limit::MAX);
    let untold = house.store().deals().list_undispatched(page).await?;
    found.untold = count(untold.items.iter());
    for deal in &deals {
        let numbers = deal.events.iter().map(|event| event.seq);
        found.broken_logs += u64::from(!numbers.eq(1..=deal.last_seq()));
    }
    Ok(found)
}

/// Whatever left the wallet is explained by one leg, and whatever a leg says left, left.
fn look_at_payouts(found: &mut Findings, deals: &[Deal], gateway: &Books) {
    let mut left: BTreeMap<Sending, u64> = BTreeMap::new();
    for transfer in &gateway.transfers {
        if transfer.way == "out" && transfer.may_count() {
            let to = transfer.to.to_lowercase();
            *left.entry((to, transfer.amount)).or_default() += 1;
            found.payouts += 1;
        }
    }
    let (mut sent, mut paid) = (BTreeMap::new(), BTreeMap::new());
    for (_, leg) in legs(deals) {
        let Some(to) = &leg.destination else { continue };
        let key = (to.as_str().to_lowercase(), leg.net());
        if leg.state.is_sent() {
            *sent.entry(key.clone()).or_default() += 1;
        }
        if leg.state == LegState::Paid {
            *paid.entry(key).or_default() += 1;
        }
    }
    let beyond = |these: &BTreeMap<Sending, u64>, those: &BTreeMap<Sending, u64>| -> u64 {
        let over = these
            .iter()
            .map(|(key, count)| count.saturating_sub(those.get(key).copied().unwrap_or(0)));
        over.sum()
    };
    for (_, leg) in legs(deals).filter(|(_, leg)| leg.state == LegState::Unknown) {
        let to = leg
            .destination
            .as_ref()
            .map(|to| to.as_str().to_lowercase());
        let key = (to.unwrap_or_default(), leg.net());
        let count = |map: &BTreeMap<Sending, u64>| map.get(&key).copied().unwrap_or(0);
        // Either the chain proves that it left, or somebody should have sent it again.
        if count(&left) > count(&paid) {
            found.waiting_for_proof += 1;
        } else {
            found.unsettled += 1;
        }
    }
    found.double_payouts = beyond(&left, &sent);
    found.paid_on_paper = beyond(&paid, &left);
    let mut names = BTreeSet::new();
    let ids = gateway
        .payouts
        .iter()
        .filter_map(|payout| payout.external_id.as_ref());
    found.repeated_ids = count(ids.filter(|id| !names.insert(*id)));
}

/// Whatever counts arrived once, and whatever arrived counts once.
fn look_at_deposits(found: &mut Findings, deals: &[Deal], gateway: &Books) {
    let arrived: BTreeMap<&str, Units> = gateway
        .transfers
        .iter()
        .filter(|transfer| transfer.way == "in" && transfer.is_mined())
        .map(|transfer| (transfer.txid.as_str(), transfer.amount))
        .collect();
    let mut counted = BTreeSet::new();
    for deal in deals {
        for deposit in &deal.deposits {
            if deposit.state != DepositState::Credited {
                continue;
            }
            found.deposits += 1;
            let tx = deposit.key.tx();
            found.credited_twice += u64::from(!counted.insert(tx.to_owned()));
            let did_arrive = arrived.get(tx) == Some(&deposit.units);
            found.credited_from_nothing += u64::from(!did_arrive);
        }
    }
    found.arrived_uncounted = count(arrived.keys().filter(|tx| !counted.contains(**tx)));
}

async fn look_at_books(found: &mut Findings, house: &House) -> Result<(), Fault> {
    let books = recompute(&*house.store(), &mut |_, _| {}).await?;
    found.deals = books.deals;
    for fault in &books.faults {
        let counted = match fault {
            BookFault::Deal { .. } | BookFault::Unreadable { .. } => &mut found.breaches,
            BookFault::Unbalanced { .. } | BookFault::LedgerList { .. } => &mut found.imbalance,
            BookFault::DepositNotClaimed { .. }
            | BookFault::PayoutNotClaimed { .. }
            | BookFault::AuditChain { .. } => &mut found.unclaimed_effects,
        };
        *counted += 1;
        found.words.push(fault.to_string());
    }
    let page = PageRequest::first(Limit::MAX);
    let store = house.store();
    let compared = store.reconciliations().list(page).await?;
    found.comparisons = count(compared.items.iter());
    found.shortfalls = count(compared.items.iter().filter(|one| one.has_breach()));
    Ok(())
}

fn legs(deals: &[Deal]) -> impl Iterator<Item = (&Deal, &Leg)> {
    deals
        .iter()
        .flat_map(|deal| deal.legs.iter().map(move |leg| (deal, leg)))
}

fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}
