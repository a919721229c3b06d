//! Resolvers and approvers are drawn by lot, never chosen by themselves or by a party.

use domain::Role;
use domain::deal::{Command, Deal};
use domain::id::{DealId, UserId};
use storage::{Limit, PageRequest};

use super::DealError;
use super::carry_out::Order;
use crate::Services;

/// What came of drawing another resolver.
#[derive(Debug)]
pub(crate) enum Drawn {
    /// The deal with its new resolver.
    Another(Box<Deal>),
    /// There is nobody else who could judge it.
    Nobody,
}

impl Services {
    /// Draws a resolver for an open dispute, or an approver for a proposed ruling, where one is
    /// missing. Nobody who is a party, has judged it before or has let it pass is drawn.
    pub(crate) async fn draw_missing_staff(&self, deal: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(deal).await? else {
            return Ok(());
        };
        let Some(wanted) = Wanted::of(&deal) else {
            return Ok(());
        };
        let candidates = self.candidates(&deal, wanted, None).await?;
        let Some(user) = self.draw_one(&candidates) else {
            tracing::warn!(deal = %deal.id, "no resolver can be drawn for a dispute");
            return Ok(());
        };
        let command = wanted.command(user);
        self.carry_out(Order::by_system(deal.id), |_| Ok(command.clone()))
            .await?;
        Ok(())
    }

    /// Draws another resolver than the present one for an open dispute.
    pub(crate) async fn draw_another_resolver(
        &self,
        deal: &Deal,
        expected_version: Option<u64>,
    ) -> Result<Drawn, DealError> {
        let present = deal.dispute().and_then(|case| case.resolver);
        let candidates = self.candidates(deal, Wanted::Resolver, present).await?;
        let Some(resolver) = self.draw_one(&candidates) else {
            return Ok(Drawn::Nobody);
        };
        let order = Order {
            expected_version,
            ..Order::by_system(deal.id)
        };
        let draw = |_: &Deal| Ok(Command::DrawResolver { resolver });
        let receipt = self.carry_out(order, draw).await?;
        Ok(Drawn::Another(Box::new(receipt.deal)))
    }

    async fn candidates(
        &self,
        deal: &Deal,
        wanted: Wanted,
        but: Option<UserId>,
    ) -> Result<Vec<UserId>, DealError> {
        let mut candidates = self.resolvers().await?;
        candidates.retain(|user| Some(*user) != but && wanted.is_eligible(deal, *user));
        Ok(candidates)
    }

    /// One of them by lot.
    fn draw_one(&self, candidates: &[UserId]) -> Option<UserId> {
        let count = u32::try_from(candidates.len()).ok()?;
        let drawn = (count > 0).then(|| self.random.below(count))?;
        candidates.get(usize::try_from(drawn).ok()?).copied()
    }

    async fn resolvers(&self) -> Result<Vec<UserId>, DealError> {
        let page = PageRequest::first(Limit::MAX);
        let page = self
            .store
            .users()
            .list_with_role(Role::Resolver, page)
            .await?;
        Ok(page.items.into_iter().map(|user| user.id).collect())
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    Resolver,
    Approver,
}

impl Wanted {
    fn of(deal: &Deal) -> Option<Self> {
        let case = deal
            .dispute()
            .filter(|_| deal.state == domain::deal::State::Disputed)?;
        match &case.proposed {
            Some(proposed) if proposed.approver.is_none() => Some(Self::Approver),
            None if case.resolver.is_none() => Some(Self::Resolver),
            _ => None,
        }
    }

    fn is_eligible(self, deal: &Deal, user: UserId) -> bool {
        let Some(case) = deal.dispute() else {
            return false;
        };
        let missed = case
            .proposed
            .as_ref()
            .and_then(|proposed| proposed.missed_by);
        deal.party(user).is_none()
            && !case.has_judged_first(user)
            && match self {
                Self::Resolver => true,
                Self::Approver => case.resolver != Some(user) && missed != Some(user),
            }
    }

    const fn command(self, user: UserId) -> Command {
        match self {
            Self::Resolver => Command::DrawResolver { resolver: user },
            Self::Approver => Command::DrawApprover { approver: user },
        }
    }
}
