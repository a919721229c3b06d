//! How much came in lately, and what waits for somebody.

use domain::deal::{LegState, State};
use domain::policy::Action;
use domain::{SellerStatus, Span, Timestamp};
use storage::{Desk, Limit, PageRequest, PayoutStop, Reconciliation, StoreError, Tag, UserFilter};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// So many days a flow is shown for: this week and the one before.
pub const DAYS: usize = 14;

/// How many of something came each day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow(Vec<u64>);

impl Flow {
    /// Each day's count, the last 24 hours at the end.
    pub fn days(&self) -> &[u64] {
        &self.0
    }

    /// How many came in the last seven days.
    pub fn this_week(&self) -> u64 {
        self.0.iter().rev().take(DAYS / 2).sum()
    }

    /// How many came in the seven days before.
    pub fn week_before(&self) -> u64 {
        self.0.iter().rev().skip(DAYS / 2).sum()
    }
}

/// What waits for somebody of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Queues {
    /// Open disputes.
    pub disputes: u64,
    /// Of them, those nobody was drawn for.
    pub undrawn: u64,
    /// Deals with payouts that are planned: large ones wait for an admin.
    pub planned: u64,
    /// Deals with payouts of which it is unclear whether they left.
    pub unclear: u64,
    /// Deals with payouts whose address was refused.
    pub blocked: u64,
    /// Deals with payouts that nobody claimed.
    pub unclaimed: u64,
    /// Deals on hold.
    pub on_hold: u64,
    /// Deals in which the chain took back what was paid out.
    pub losses: u64,
    /// Work that jobs gave up.
    pub given_up: u64,
    /// Applications to sell, as many as one page holds.
    pub applications: usize,
    /// People of whom something is proposed.
    pub proposed: u64,
}

/// The house at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Accounts opened.
    pub accounts: Flow,
    /// Requests written.
    pub requests: Flow,
    /// Deals opened.
    pub deals: Flow,
    /// What waits.
    pub queues: Queues,
    /// What was owed and what was there, at the last comparison.
    pub compared: Option<Reconciliation>,
    /// Why nothing is sent; none while payouts go on.
    pub stop: Option<PayoutStop>,
    /// The moment all this is of.
    pub now: Timestamp,
}

impl Services {
    /// The house at a glance.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view_overview(&self, actor: &Actor) -> Result<Overview, Failure> {
        actor.may(Action::ReadMoney)?;
        let now = self.now();
        let bounds = days_before(now);
        let all = Tag::all;
        let users = self.store.users().count_between(all(), bounds.clone());
        let accounts = Flow(users.await?);
        let requests = self.store.requests().count_between(all(), bounds.clone());
        let requests = Flow(requests.await?);
        let deals = self.store.deals().count_between(all(), bounds);
        let deals = Flow(deals.await?);
        let one = PageRequest::first(Limit::new(1));
        let compared = self.store.reconciliations().list(one).await?;
        Ok(Overview {
            accounts,
            requests,
            deals,
            queues: self.queues().await?,
            compared: compared.items.into_iter().next(),
            stop: self.store.payout_switch().find().await?,
            now,
        })
    }

    async fn queues(&self) -> Result<Queues, StoreError> {
        let deals = self.store.deals();
        let count = |desk| deals.count_on_desk(desk);
        let pending = UserFilter {
            seller: Some(SellerStatus::Pending),
            ..UserFilter::default()
        };
        let users = self.store.users();
        let applications = users
            .search(&pending, PageRequest::first(Limit::MAX))
            .await?;
        Ok(Queues {
            disputes: count(Desk::Disputed).await?,
            undrawn: count(Desk::Undrawn).await?,
            planned: count(Desk::WithLeg(LegState::Planned)).await?,
            unclear: count(Desk::WithLeg(LegState::Unknown)).await?,
            blocked: count(Desk::WithLeg(LegState::Blocked)).await?,
            unclaimed: count(Desk::WithLeg(LegState::Unclaimed)).await?,
            on_hold: count(Desk::OnHold).await?,
            losses: count(Desk::In(State::Loss)).await?,
            given_up: self.store.dead_letters().count_open().await?,
            applications: applications.items.len(),
            proposed: users.count_proposed().await?,
        })
    }
}

/// The bounds of the last days, each 24 hours long, oldest first; the last one ends now.
fn days_before(now: Timestamp) -> Vec<Timestamp> {
    let days = u32::try_from(DAYS).unwrap_or(0);
    // What happened at this very moment counts.
    let end = now.plus(Span::from_ms(1));
    (0..=days)
        .rev()
        .map(|day| end.minus(Span::days(day)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_compares_two_weeks() {
        let flow = Flow((1..=14).collect());
        assert_eq!(flow.this_week(), 8 + 9 + 10 + 11 + 12 + 13 + 14);
        assert_eq!(flow.week_before(), 1 + 2 + 3 + 4 + 5 + 6 + 7);
        assert_eq!(Flow::default().this_week(), 0);
    }

    #[test]
    fn the_days_end_now() {
        let now = Timestamp::from_unix_ms(1_793_534_400_000);
        let bounds = days_before(now);
        assert_eq!(bounds.len(), DAYS + 1);
        assert!(bounds.is_sorted());
        assert!(bounds.last().is_some_and(|end| *end > now));
    }
}
