//! Computes the books anew from the deals, which are the truth, and compares what lies beside them.
//!
//! This is no use case: it asks nobody who they are. Whoever runs it has the store itself.

use domain::deal::{Deal, Deposit, DepositState, Leg, LegState};
use storage::{AuditEntry, Desk, LedgerEntry, LedgerFilter, Limit, Store, StoreError, first_break};

use super::{Books, Fault};
use crate::paging::{Pages, read_all};
use crate::payouts::tx_key;
use crate::ports::gateway::ExternalId;

/// Computes all books of a store that nobody writes to meanwhile. `progress` is told how many deals
/// of how many were read.
///
/// # Errors
/// [`StoreError`]: a list cannot be read, and nothing is known. What does not fit is in
/// [`Books::faults`].
pub async fn recompute(
    store: &dyn Store,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Books, StoreError> {
    let mut books = Books::default();
    let all = store.deals().count_on_desk(Desk::All).await?;
    let mut pages = Pages::first();
    let deals = store.deals();
    while let Some(listed) = pages
        .next(|page| deals.list_on_desk(Desk::All, page))
        .await?
    {
        for summary in listed {
            match deals.find(summary.id).await {
                Ok(Some(deal)) => look_at(store, &mut books, &deal).await?,
                Ok(None) => books.faults.push(Fault::Unreadable {
                    deal: summary.id,
                    reason: "it is listed, and is not there".to_owned(),
                }),
                Err(error @ StoreError::Corrupt { .. }) => books.faults.push(Fault::Unreadable {
                    deal: summary.id,
                    reason: error.to_string(),
                }),
                Err(error) => return Err(error),
            }
            books.deals += 1;
            progress(books.deals, all);
        }
    }
    books.close();
    follow_audit(store, &mut books).await?;
    Ok(books)
}

async fn look_at(store: &dyn Store, books: &mut Books, deal: &Deal) -> Result<(), StoreError> {
    if let Err(breach) = deal.check() {
        let deal = deal.id;
        books.faults.push(Fault::Deal { deal, breach });
    }
    books.settled_deals += u64::from(deal.state.is_final());
    books.add(deal);
    let credited = |deposit: &&Deposit| deposit.state == DepositState::Credited;
    for deposit in deal.deposits.iter().filter(credited) {
        books.deposits += 1;
        if !is_claimed(store, deal, deposit).await? {
            books.faults.push(Fault::DepositNotClaimed {
                deal: deal.id,
                key: deposit.key.as_str().to_owned(),
            });
        }
    }
    for leg in &deal.legs {
        if leg.state == LegState::Paid {
            books.payouts += 1;
            books
                .faults
                .extend(paid_by_its_own(store, deal, leg).await?);
        }
    }
    compare_ledger(store, books, deal).await
}

/// A deposit counts as it was claimed. The claim itself may not say yet that it was credited.
async fn is_claimed(store: &dyn Store, deal: &Deal, deposit: &Deposit) -> Result<bool, StoreError> {
    let claim = store.deposit_claims().find(deposit.key.as_str()).await?;
    Ok(claim.is_some_and(|claim| {
        (claim.deal, claim.intent, claim.units) == (deal.id, deposit.intent, deposit.units)
    }))
}

/// A paid leg has a transaction, and that transaction is claimed for this leg or for the joint
/// payout that took it over.
async fn paid_by_its_own(
    store: &dyn Store,
    deal: &Deal,
    leg: &Leg,
) -> Result<Option<Fault>, StoreError> {
    let tx = leg.tx.as_deref().unwrap_or_default();
    let key = tx_key(deal.terms.asset, tx);
    let owner = store.payout_txs().find_owner(&key).await?;
    let sending = owner
        .as_deref()
        .and_then(|owner| ExternalId::new(owner).ok());
    let is_its_own = match (leg.joint, &owner, &sending) {
        // Claimed by a schema that did not keep for whom.
        (_, Some(owner), _) if owner.is_empty() => true,
        (Some(joint), _, Some(sending)) => sending.joint().is_some_and(|(id, _)| id == joint),
        (None, _, Some(sending)) => {
            let of = sending.leg();
            of.is_some_and(|(of_deal, of_leg, _)| of_deal == deal.id && of_leg == leg.id)
        }
        _ => false,
    };
    Ok((!is_its_own).then(|| Fault::PayoutNotClaimed {
        deal: deal.id,
        leg: leg.id.clone(),
        tx: tx.to_owned(),
        owner: owner.unwrap_or_else(|| "nothing".to_owned()),
    }))
}

/// The list follows the deals, so it may end earlier; as far as it goes it says the same.
async fn compare_ledger(
    store: &dyn Store,
    books: &mut Books,
    deal: &Deal,
) -> Result<(), StoreError> {
    let (entries, of_deal) = (store.ledger_entries(), LedgerFilter::OfDeal(deal.id));
    let mut listed = read_all(|page| entries.list(of_deal, page), |entry| entry).await?;
    let last = listed.iter().map(|entry| entry.event_seq).max();
    let mut expected = LedgerEntry::of_deal(deal, 0);
    expected.retain(|entry| Some(entry.event_seq) <= last);
    for list in [&mut listed, &mut expected] {
        list.sort_by_key(|entry| entry.id);
    }
    books.ledger_entries += u64::try_from(listed.len()).unwrap_or(u64::MAX);
    if listed != expected {
        books.faults.push(Fault::LedgerList { deal: deal.id });
    }
    Ok(())
}

async fn follow_audit(store: &dyn Store, books: &mut Books) -> Result<(), StoreError> {
    let mut last: Option<AuditEntry> = None;
    loop {
        let after = last.as_ref().map_or(0, |entry| entry.seq);
        let entries = store.audit().list_after(after, Limit::MAX).await?;
        books.audit_entries += u64::try_from(entries.len()).unwrap_or(u64::MAX);
        if let Some(seq) = first_break(last.as_ref(), &entries) {
            books.faults.push(Fault::AuditChain { seq });
            return Ok(());
        }
        let Some(newest) = entries.into_iter().next_back() else {
            return Ok(());
        };
        last = Some(newest);
    }
}
