//! Resolvers and approvers are drawn by lot, never chosen by themselves or by a party.

use domain::Role;
use domain::deal::{Command, Deal, Rejection};
use domain::id::{DealId, UserId};

use super::DealError;
use super::carry_out::Order;
use crate::Services;
use crate::notifications::Message;
use crate::paging::read_all;

/// What came of drawing another resolver.
#[derive(Debug)]
pub(crate) enum Drawn {
    /// The deal with its new resolver.
    Another,
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
            return self.tell_of_undrawn(&deal).await;
        };
        let draw = |deal: &Deal| {
            let is_wanted = Wanted::of(deal) == Some(wanted) && wanted.is_eligible(deal, user);
            // Another node was faster: nobody takes the place of whom it drew.
            Ok(if is_wanted {
                wanted.command(user)
            } else {
                Command::Tick
            })
        };
        match self.carry_out(Order::by_system(deal.id), draw).await {
            Ok(_) => Ok(()),
            // So many were drawn that no more are.
            Err(DealError::Rejected(Rejection::Full)) => self.tell_of_undrawn(&deal).await,
            Err(error) => Err(error),
        }
    }

    /// Tells every admin, once for each time that somebody has to be found.
    async fn tell_of_undrawn(&self, deal: &Deal) -> Result<(), DealError> {
        tracing::warn!(deal = %deal.id, "nobody can be drawn for a dispute");
        let event = format!("undrawn:{}:{}", deal.id, deal.counts.draws);
        let subject = format!("deal:{} (draw)", deal.id);
        let told = self.tell_admins(&event, Message::WorkGivenUp { subject });
        Ok(told.await?)
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
        self.carry_out(order, draw).await?;
        Ok(Drawn::Another)
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
        let users = self.store.users();
        let list = |page| users.list_with_role(Role::Resolver, page);
        Ok(read_all(list, |user| user.id).await?)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
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
