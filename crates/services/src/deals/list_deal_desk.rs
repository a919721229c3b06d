//! Deals as admins look for them: all, on hold, in trouble with the chain.

use domain::deal::State;
use domain::policy::Action;
use storage::{Desk, PageRequest};

use super::{DealError, DealList};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Which deals an admin asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealDesk {
    /// Every deal.
    All,
    /// Paused by an admin.
    OnHold,
    /// Their funding is uncertain.
    Suspended,
    /// The chain took money back that was paid out already.
    Loss,
}

impl DealDesk {
    /// All there are, most pressing first.
    pub const ALL: [Self; 4] = [Self::Loss, Self::Suspended, Self::OnHold, Self::All];
}

impl Services {
    /// The deals of a desk, newest first.
    ///
    /// # Errors
    /// [`DealError`]; whoever may not see the money of others is refused.
    pub async fn list_deal_desk(
        &self,
        actor: &Actor,
        desk: DealDesk,
        page: PageRequest,
    ) -> Result<DealList, DealError> {
        actor.may(Action::ReadMoney).map_err(Failure::from)?;
        let desk = match desk {
            DealDesk::All => Desk::All,
            DealDesk::OnHold => Desk::OnHold,
            DealDesk::Suspended => Desk::In(State::Suspended),
            DealDesk::Loss => Desk::In(State::Loss),
        };
        Ok(self.store.deals().list_on_desk(desk, page).await?)
    }
}
