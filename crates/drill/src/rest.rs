//! After the storm: time passes, jobs run, and people do what only people can, until nothing moves.

use std::collections::BTreeMap;

use domain::deal::{Command, Deal, Destination, LegState, Party, State};
use domain::{Asset, Network, Span, Units};
use services::deals::ActOnDeal;
use storage::{DealSummary, Desk, LegSummary, Limit, PageRequest};

use crate::Fault;
use crate::gateway::Books;
use crate::house::{House, MOVING, WATCHING};
use crate::journey::done;
use crate::people::Somebody;

/// Days that are waited at the most: longer than any clock of a deal.
const DAYS_MAX: u32 = 60;

/// Addresses are read again after so many days.
const READ_EVERY: u32 = 10;

/// Lets everything come to rest. What does not is counted by the oracle.
pub(crate) async fn come_to_rest(house: &mut House) -> Result<(), Fault> {
    house.bank.calm_down().await?;
    for day in 0..DAYS_MAX {
        for _ in 0..2 {
            house.bank.tick().await;
            house.run_jobs(&MOVING, false).await?;
            house.pass(Span::minutes(2)).await?;
        }
        // What was lost in the storm is read at once; later on little can have come.
        if day % READ_EVERY == 0 {
            house.run_jobs(&WATCHING, false).await?;
        }
        let deals = listed(house, Desk::All).await?;
        let waiting: Vec<&DealSummary> = deals.iter().filter(|deal| needs_people(deal)).collect();
        if !waiting.is_empty() {
            let chain = Chain::look(&house.bank.books().await?, &deals);
            for deal in waiting {
                help(house, &chain, deal).await?;
            }
        }
        if restless_deals(house).await?.is_empty() {
            return Ok(());
        }
        house.pass(Span::hours(24)).await?;
    }
    Ok(())
}

/// The deals that are not over, or still owe what could be sent.
pub(crate) async fn restless_deals(house: &House) -> Result<Vec<DealSummary>, Fault> {
    let late = listed(house, Desk::LateFunds).await?;
    let mut restless = listed(house, Desk::All).await?;
    restless.retain(|deal| is_restless(deal) || late.iter().any(|late| late.id == deal.id));
    Ok(restless)
}

pub(crate) async fn all_deals(house: &House) -> Result<Vec<Deal>, Fault> {
    let mut deals = Vec::new();
    for listed in listed(house, Desk::All).await? {
        deals.push(house.deal(listed.id).await?);
    }
    Ok(deals)
}

async fn listed(house: &House, desk: Desk) -> Result<Vec<DealSummary>, Fault> {
    let (store, mut deals) = (house.store(), Vec::new());
    let mut page = Some(PageRequest::first(Limit::MAX));
    while let Some(request) = page {
        let read = store.deals().list_on_desk(desk, request).await?;
        deals.extend(read.items);
        page = read.next.map(|next| PageRequest::after(next, Limit::MAX));
    }
    Ok(deals)
}

/// Not over, or with a leg that is neither paid, nor owed for ever, nor proven by nobody but a
/// reader of the chain.
fn is_restless(deal: &DealSummary) -> bool {
    let waits_for_proof = |state| state == LegState::Unknown && is_evm(deal.asset);
    let is_done = |state| {
        matches!(state, LegState::Paid | LegState::Unclaimed | LegState::Void)
            || waits_for_proof(state)
    };
    let is_settling = deal.state == State::Settling && !deal.legs.is_empty();
    !(deal.state.is_final() || is_settling) || !deal.legs.iter().all(|leg| is_done(leg.state))
}

/// Where the wallet's history names no payee, nothing but the chain proves that a payout left.
fn is_evm(asset: Asset) -> bool {
    asset.network() != Network::Tron
}

fn needs_people(deal: &DealSummary) -> bool {
    deal.legs.iter().any(|leg| {
        matches!(
            leg.state,
            LegState::Unknown | LegState::NeedsAddress | LegState::Blocked
        )
    })
}

/// What somebody sees who looks at the chain.
struct Chain {
    /// How often each sum went to each address, less the legs that are known to be paid by it.
    unexplained: BTreeMap<(String, Units), u64>,
}

impl Chain {
    fn look(books: &Books, deals: &[DealSummary]) -> Self {
        let mut unexplained = BTreeMap::new();
        for transfer in &books.transfers {
            if transfer.way == "out" && transfer.may_count() {
                let key = (transfer.to.to_lowercase(), transfer.amount);
                *unexplained.entry(key).or_default() += 1;
            }
        }
        for leg in deals.iter().flat_map(|deal| &deal.legs) {
            if leg.state == LegState::Paid
                && let Some(count) = sending(leg).and_then(|key| unexplained.get_mut(&key))
            {
                *count = u64::saturating_sub(*count, 1);
            }
        }
        Self { unexplained }
    }

    /// Whether a leg whose end nobody knows has left.
    fn shows(&self, leg: &LegSummary) -> bool {
        let count = sending(leg).and_then(|key| self.unexplained.get(&key));
        count.is_some_and(|count| *count > 0)
    }
}

fn sending(leg: &LegSummary) -> Option<(String, Units)> {
    let to = leg.destination.as_ref()?;
    Some((to.as_str().to_lowercase(), leg.net))
}

/// People name an address where one is missing, and admins agree to send again what the chain shows
/// never left.
async fn help(house: &House, chain: &Chain, deal: &DealSummary) -> Result<(), Fault> {
    for leg in &deal.legs {
        let id = leg.id.clone();
        if matches!(leg.state, LegState::NeedsAddress | LegState::Blocked) {
            let payee = payee_of(house, deal, leg.payee);
            let address = payee.address(deal.asset.network());
            let destination = Destination::new(deal.asset, address).ok_or("no address")?;
            let step = Command::GiveAddress {
                leg: id,
                destination,
            };
            act(house, deal, payee, step).await?;
        } else if leg.state == LegState::Unknown && !chain.shows(leg) {
            for admin in &house.people.admins {
                let step = Command::AgreeResend { leg: id.clone() };
                act(house, deal, admin, step).await?;
            }
        }
    }
    Ok(())
}

fn payee_of<'h>(house: &'h House, deal: &DealSummary, party: Party) -> &'h Somebody {
    let user = match party {
        Party::Buyer => deal.buyer,
        Party::Seller => deal.seller,
    };
    let all = house.people.buyers.iter().chain(&house.people.sellers);
    let found = all.into_iter().find(|somebody| somebody.id == user);
    found.expect("both parties live in the house")
}

async fn act(
    house: &House,
    deal: &DealSummary,
    who: &Somebody,
    step: Command,
) -> Result<(), Fault> {
    let order = ActOnDeal {
        deal: deal.id,
        expected_version: None,
        key: None,
        step,
    };
    let acted = house.services().act_on_deal(&who.actor, order).await;
    done(acted).map(drop)
}
