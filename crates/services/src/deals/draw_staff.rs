//! Resolvers and approvers are drawn by lot, never chosen by themselves or by a party.

use domain::Role;
use domain::deal::{Command, Deal};
use domain::id::{DealId, UserId};
use storage::{Limit, PageRequest};

use super::DealError;
use super::carry_out::Order;
use crate::Services;

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
        let mut candidates = self.resolvers().await?;
        candidates.retain(|user| wanted.is_eligible(&deal, *user));
        let Ok(count) = u32::try_from(candidates.len()) else {
            return Ok(());
        };
        if count == 0 {
            tracing::warn!(deal = %deal.id, "no resolver can be drawn for a dispute");
            return Ok(());
        }
        let drawn = usize::try_from(self.random.below(count)).unwrap_or(0);
        let Some(user) = candidates.get(drawn).copied() else {
            return Ok(());
        };
        let command = wanted.command(user);
        self.carry_out(Order::by_system(deal.id), |_| Ok(command.clone()))
            .await?;
        Ok(())
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
            && case.first_resolver != Some(user)
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
