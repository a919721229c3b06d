//! What a deal's events mean for the request it came from.

use domain::deal::{Command, Deal, Rejection};

use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, Order};
use crate::requests::ChangeRequestError;

impl Services {
    /// Tells a deal's request where the deal stands now. Late money that cannot reopen its deal,
    /// because the request has another one, goes back at once.
    pub(super) async fn tell_request(&self, deal: &Deal) -> Result<(), DealError> {
        match self.follow_deal(&Actor::System, deal).await {
            Ok(request) if deal.waits_with_late_money() && request.has_other_deal(deal.id) => {
                self.step_with_late_money(deal, Command::RefundLate).await
            }
            Ok(_) => Ok(()),
            Err(ChangeRequestError::Failed(failure)) => Err(failure.into()),
            Err(error) => {
                tracing::error!(deal = %deal.id, %error, "a request does not know its deal");
                Ok(())
            }
        }
    }

    /// Both parties agreed to go on with late money: the request takes the deal back as its live
    /// one first, then the deal goes on. A request that has moved on lets the money go back when
    /// its window closes.
    pub(super) async fn reopen_deal(&self, deal: &Deal) -> Result<(), DealError> {
        match self.reopen_on_request(&Actor::System, deal).await {
            Ok(_) => {}
            Err(ChangeRequestError::Failed(failure)) => return Err(failure.into()),
            Err(error) => {
                tracing::info!(deal = %deal.id, %error, "late money cannot reopen a deal");
                return Ok(());
            }
        }
        self.step_with_late_money(deal, Command::Reopen).await
    }

    async fn step_with_late_money(&self, deal: &Deal, step: Command) -> Result<(), DealError> {
        let order = Order::by_system(deal.id);
        match self.carry_out(order, |_: &Deal| Ok(step.clone())).await {
            // Decided meanwhile, or taken back by the chain.
            Ok(_) | Err(DealError::Rejected(Rejection::NoLateFunds | Rejection::WrongState)) => {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
