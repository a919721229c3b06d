//! What must be true when everything has come to rest.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use domain::deal::{Deal, LegState, State};
use domain::ledger::Account;
use storage::{Limit, PageRequest, Store as _};
use storage_sqlite::SqliteStore;

use crate::browser::Answer;
use crate::gateway::{Gateway, Payout};
use crate::journey::{Finished, Trade};
use crate::server::Server;

/// Rounds of looking whether the server has worked off what is left: three minutes.
const ROUNDS_MAX: u32 = 90;
const ROUND: Duration = Duration::from_secs(2);

/// Lets everything come to rest, sends every acknowledged form once more, and checks what is there.
/// Says what was found.
pub async fn check(
    server: &Server,
    gateway: &Gateway,
    trade: &Trade,
    finished: &[Finished],
) -> Result<String> {
    let before = come_to_rest(server, finished).await?;
    send_everything_again(trade, finished).await?;
    let after = come_to_rest(server, finished).await?;
    ensure!(before == after, "a form that was sent again changed a deal");

    their_requests_know(server, &after).await?;
    let payouts = gateway.payouts().await?;
    let mut waiting = 0_usize;
    for deal in &after {
        waiting += check_deal(deal, &payouts).with_context(|| format!("deal {}", deal.id))?;
    }
    nothing_is_paid_twice(&payouts)?;
    let forms: usize = finished.iter().map(|one| one.acknowledged.len()).sum();
    Ok(format!(
        "{} trades came to their end, {forms} acknowledged forms are all there and change nothing \
         when they are sent again, {} payouts left once each; {waiting} were cut off before the \
         gateway heard of them and wait for two admins. Every ledger sums, and every request knows \
         its deal.",
        after.len(),
        payouts.len(),
    ))
}

/// Waits until nothing is left to be done, and answers with the deals. The server goes on meanwhile:
/// a job that a killed life was in the middle of is free again after a minute.
async fn come_to_rest(server: &Server, finished: &[Finished]) -> Result<Vec<Deal>> {
    let mut left = String::new();
    for _ in 0..ROUNDS_MAX {
        tokio::time::sleep(ROUND).await;
        let store = SqliteStore::open(server.store())?;
        let deals = deals_of(&store, finished).await?;
        let page = PageRequest::first(Limit::MAX);
        let untold = store.deals().list_undispatched(page).await?.items.len();
        store.close().await;
        let mut restless = deals.iter().filter(|deal| !is_at_rest(deal));
        let Some(one) = restless.next() else {
            if untold == 0 {
                return Ok(deals);
            }
            left = format!("{untold} deals have events that nobody was told of");
            continue;
        };
        let legs: Vec<_> = one.legs.iter().map(|leg| leg.state).collect();
        left = format!(
            "deal {} is {:?} with legs {legs:?}, and {} more",
            one.id,
            one.state,
            restless.count()
        );
    }
    bail!("something does not come to rest: {left}");
}

/// What the relay told of each deal, up to its last event: where it ended.
async fn their_requests_know(server: &Server, deals: &[Deal]) -> Result<()> {
    let store = SqliteStore::open(server.store())?;
    for deal in deals {
        let request = store.requests().find(deal.request).await?;
        let request = request.with_context(|| format!("the request of {} is lost", deal.id))?;
        let mut attempts = request.attempts.iter();
        let attempt = attempts.find(|attempt| attempt.deal == deal.id);
        let known = attempt.map(|attempt| (attempt.deal_state, attempt.deal_seq));
        ensure!(
            known == Some((deal.state, deal.last_seq())),
            "deal {} is {:?}, and its request knows of {known:?}",
            deal.id,
            deal.state
        );
    }
    store.close().await;
    Ok(())
}

async fn deals_of(store: &SqliteStore, finished: &[Finished]) -> Result<Vec<Deal>> {
    let mut deals = Vec::new();
    for one in finished {
        let deal = store.deals().find(one.deal).await?;
        deals.push(deal.with_context(|| format!("deal {} is lost", one.deal))?);
    }
    Ok(deals)
}

/// Over, or waiting for a person: a payout of which nobody knows whether it left.
fn is_at_rest(deal: &Deal) -> bool {
    let is_unknown = |state: LegState| state == LegState::Unknown;
    deal.state == State::Released
        || (deal.state == State::Settling && deal.legs.iter().any(|leg| is_unknown(leg.state)))
}

async fn send_everything_again(trade: &Trade, finished: &[Finished]) -> Result<()> {
    for one in finished {
        for (who, form) in &one.acknowledged {
            // A draft that was posted since is no draft any more, and says so.
            let was_draft = form.path.starts_with("/requests/new/");
            let answer = trade.browser(*who)?.send(form.clone()).await?;
            if let (Answer::Refused(words), false) = (answer, was_draft) {
                bail!("{} was acknowledged, and now says: {words}", form.path);
            }
        }
    }
    Ok(())
}

/// Answers with the number of its payouts that wait for people.
fn check_deal(deal: &Deal, payouts: &[Payout]) -> Result<usize> {
    ensure!(
        deal.check() == Ok(()),
        "an invariant is broken: {:?}",
        deal.check()
    );
    let mut waiting = 0;
    for leg in &deal.legs {
        let of_leg = format!("{}", leg.id);
        let left = payouts.iter().filter(|payout| {
            let id = payout.external_id.as_deref().unwrap_or_default();
            id.contains(&deal.id.to_string()) && id.contains(&of_leg)
        });
        let left: Vec<&Payout> = left.collect();
        match left.as_slice() {
            [] => {
                ensure!(
                    leg.state == LegState::Unknown,
                    "a leg is {:?}, and the gateway knows nothing of it",
                    leg.state
                );
                waiting += 1;
            }
            [payout] => {
                ensure!(
                    leg.state == LegState::Paid,
                    "a leg is {:?}, and it left",
                    leg.state
                );
                ensure!(payout.amount == leg.net(), "another sum left");
                let to = leg
                    .destination
                    .as_ref()
                    .map(|to| to.as_str().to_lowercase());
                ensure!(
                    to == Some(payout.destination.to_lowercase()),
                    "it went somewhere else"
                );
            }
            more => bail!("a leg left {} times", more.len()),
        }
    }
    if deal.state == State::Released {
        ensure!(
            deal.balance(Account::Held).is_zero(),
            "something is still held"
        );
    }
    Ok(waiting)
}

fn nothing_is_paid_twice(payouts: &[Payout]) -> Result<()> {
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    for payout in payouts {
        let id = payout.external_id.as_deref();
        let id = id.context("a payout without a name of ours")?;
        *count.entry(id).or_default() += 1;
    }
    let twice = count.iter().find(|(_, count)| **count > 1);
    ensure!(twice.is_none(), "paid twice: {twice:?}");
    Ok(())
}
