//! What needs the caller, by deadline; what waits on others; money held; what ended lately.

use std::collections::BTreeMap;

use domain::deal::{LegState, Party, Task};
use domain::id::UserId;
use domain::policy::Action;
use domain::{Asset, Timestamp, Units, User};
use storage::{
    DealSummary, Desk, Limit, OwnGroup, Page, PageRequest, Phase, RequestSummary, Side, StoreError,
};

use crate::Services;
use crate::actor::{Actor, Person};
use crate::failure::Failure;
use crate::payouts::needs_a_person;

/// How many deals that ended lately are shown.
const RECENT: u32 = 5;

/// A deal of the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDeal {
    /// The deal.
    pub deal: DealSummary,
    /// Which side the caller is on.
    pub party: Party,
    /// What the other party is called.
    pub other: String,
    /// What the caller is asked to do.
    pub task: Option<Task>,
}

/// What Amn holds in the caller's live deals, of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldMoney {
    /// The token.
    pub asset: Asset,
    /// In deals where the caller pays, in base units.
    pub buying: Units,
    /// In deals where the caller delivers, in base units.
    pub selling: Units,
}

/// How much lies on the desks of the caller's roles; none for roles they do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeskCounts {
    /// Open cases to rule on.
    pub cases: Option<u64>,
    /// Proposed rulings to approve.
    pub rulings: Option<u64>,
    /// Payouts that wait for an admin, as many as one page holds at the most.
    pub payouts: Option<u64>,
    /// Payouts of which it is unclear whether they left.
    pub unclear: Option<u64>,
}

/// A part of the dashboard, or why it could not be read.
pub type Part<T> = Result<T, Failure>;

/// The first page of somebody who is signed in. What cannot be read of it leaves the rest as it is.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// Deals that wait for the caller, soonest deadline first.
    pub needs_you: Part<Vec<OwnDeal>>,
    /// The caller's requests on which offers wait to be compared.
    pub to_compare: Part<Vec<RequestSummary>>,
    /// Live deals in which others have to act, next deadline first.
    pub waiting: Part<Vec<OwnDeal>>,
    /// What is held, by token.
    pub held: Part<Vec<HeldMoney>>,
    /// Deals that ended lately, newest first.
    pub recent: Part<Vec<OwnDeal>>,
    /// There are more live deals than are shown here.
    pub has_more: bool,
    /// What lies on the caller's desks.
    pub desks: Part<DeskCounts>,
    /// The moment all this is of.
    pub now: Timestamp,
}

impl Services {
    /// The caller's dashboard, as far as it can be read.
    ///
    /// # Errors
    /// [`Failure`], when no list of it can be read.
    pub async fn view_dashboard(&self, actor: &Actor) -> Result<Dashboard, Failure> {
        let person = actor.person_who_may(Action::ReadOwnDeals)?;
        let deals = self.store.deals();
        let all = PageRequest::first(Limit::MAX);
        let tasks = deals.list_waiting_for(person.id, all).await;
        let live = deals
            .list_of_person(person.id, Side::Any, Some(Phase::Live), all)
            .await;
        let some = PageRequest::first(Limit::new(RECENT));
        let recent = deals
            .list_of_person(person.id, Side::Any, Some(Phase::Final), some)
            .await;
        let to_compare = self.requests_to_compare(person.id).await;
        if let (Err(error), Err(_), Err(_), Err(_)) = (&tasks, &live, &recent, &to_compare) {
            return Err(error.clone().into());
        }
        let goes_on = |list: &Result<Page<DealSummary>, StoreError>| {
            list.as_ref().is_ok_and(|list| list.next.is_some())
        };
        Ok(Dashboard {
            has_more: goes_on(&tasks) || goes_on(&live),
            needs_you: match tasks {
                Ok(tasks) => self.needing(person.id, tasks.items).await,
                Err(error) => Err(error.into()),
            },
            held: match &live {
                Ok(live) => Ok(held_in(&live.items, person.id)),
                Err(error) => Err(error.clone().into()),
            },
            waiting: match live {
                Ok(live) => self.waiting(person.id, live.items).await,
                Err(error) => Err(error.into()),
            },
            recent: match recent {
                Ok(recent) => self.own_deals(person.id, recent.items).await,
                Err(error) => Err(error.into()),
            },
            to_compare: to_compare.map_err(Failure::from),
            desks: self.desk_counts(actor, person).await.map_err(Failure::from),
            now: self.now(),
        })
    }

    async fn needing(&self, user: UserId, tasks: Vec<DealSummary>) -> Part<Vec<OwnDeal>> {
        let mut needs_you = self.own_deals(user, tasks).await?;
        needs_you.sort_by_key(|own| {
            let by = own.task.and_then(|task| task.by);
            (by.is_none(), by)
        });
        Ok(needs_you)
    }

    async fn waiting(&self, user: UserId, live: Vec<DealSummary>) -> Part<Vec<OwnDeal>> {
        let waiting = live
            .into_iter()
            .filter(|deal| task_of(deal, user).is_none())
            .collect();
        let mut waiting = self.own_deals(user, waiting).await?;
        waiting.sort_by_key(|own| (own.deal.next_at.is_none(), own.deal.next_at));
        Ok(waiting)
    }

    async fn own_deals(&self, user: UserId, deals: Vec<DealSummary>) -> Part<Vec<OwnDeal>> {
        let others: Vec<UserId> = deals.iter().map(|deal| other_of(deal, user)).collect();
        let people = self.store.users().find_many(&others).await?;
        let named = deals.into_iter().map(|deal| {
            let other = other_of(&deal, user);
            let other = people.iter().find(|person| person.id == other);
            OwnDeal {
                party: party_of(&deal, user),
                other: other.map_or_else(String::new, User::display_name),
                task: task_of(&deal, user),
                deal,
            }
        });
        Ok(named.collect())
    }

    async fn requests_to_compare(&self, buyer: UserId) -> Result<Vec<RequestSummary>, StoreError> {
        let page = PageRequest::first(Limit::MAX);
        let open = self
            .store
            .requests()
            .list_of_buyer_in(buyer, OwnGroup::Open, page)
            .await?;
        let has_offers = |request: &RequestSummary| request.offers > 0 && request.deal.is_none();
        Ok(open.items.into_iter().filter(has_offers).collect())
    }

    async fn desk_counts(&self, actor: &Actor, person: &Person) -> Result<DeskCounts, StoreError> {
        let deals = self.store.deals();
        let mut counts = DeskCounts::default();
        if actor.may(Action::RuleDispute).is_ok() {
            let cases = Desk::ToRule(person.id);
            counts.cases = Some(deals.count_on_desk(cases).await?);
            let rulings = Desk::OfApprover(person.id);
            counts.rulings = Some(deals.count_on_desk(rulings).await?);
        }
        if actor.may(Action::ApprovePayout).is_ok() {
            let desk = Desk::WithLeg(LegState::Planned);
            let page = PageRequest::first(Limit::MAX);
            let planned = deals.list_on_desk(desk, page).await?;
            let waits = planned.items.iter().flat_map(|deal| {
                let limits = self.config.money.limits_of(deal.asset);
                let legs = deal.legs.iter();
                legs.filter(move |leg| needs_a_person(leg, &limits))
            });
            counts.payouts = Some(u64::try_from(waits.count()).unwrap_or(u64::MAX));
            let unclear = Desk::WithLeg(LegState::Unknown);
            counts.unclear = Some(deals.count_on_desk(unclear).await?);
        }
        Ok(counts)
    }
}

fn party_of(deal: &DealSummary, user: UserId) -> Party {
    if deal.buyer == user {
        Party::Buyer
    } else {
        Party::Seller
    }
}

fn other_of(deal: &DealSummary, user: UserId) -> UserId {
    match party_of(deal, user) {
        Party::Buyer => deal.seller,
        Party::Seller => deal.buyer,
    }
}

fn task_of(deal: &DealSummary, user: UserId) -> Option<Task> {
    match party_of(deal, user) {
        Party::Buyer => deal.buyer_task,
        Party::Seller => deal.seller_task,
    }
}

fn held_in(deals: &[DealSummary], user: UserId) -> Vec<HeldMoney> {
    let mut sums: BTreeMap<Asset, HeldMoney> = BTreeMap::new();
    for deal in deals.iter().filter(|deal| !deal.held.is_zero()) {
        let asset = deal.asset;
        let held = sums.entry(asset).or_insert(HeldMoney {
            asset,
            buying: Units::ZERO,
            selling: Units::ZERO,
        });
        let side = match party_of(deal, user) {
            Party::Buyer => &mut held.buying,
            Party::Seller => &mut held.selling,
        };
        // Prices are bounded far below what a hundred of them could overflow.
        *side = Units::sum([*side, deal.held]).unwrap_or(*side);
    }
    sums.into_values().collect()
}
