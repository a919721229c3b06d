//! Sending what is owed. A leg is reserved in the deal before the gateway is told, and told once.

use domain::deal::{Command, Deal, Leg, LegFault, LegId, LegResult, LegState, Rejection};
use domain::id::DealId;
use domain::user::PayoutStanding;

use crate::Services;
use crate::deals::{DealError, Order};
use crate::ports::gateway::{ExternalId, PayoutAnswer, PayoutOrder, PayoutRefusal};

impl Services {
    /// Moves every leg of a deal as far as it goes by itself: approves what is small, sends what is
    /// approved. Legs that are being sent or unclear are not touched here.
    pub(crate) async fn move_legs(&self, id: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        for leg in &deal.legs {
            // Asked for each leg: whoever stops payouts means the very next one.
            if self.are_payouts_stopped().await? {
                return Ok(());
            }
            let is_moved_here = matches!(leg.state, LegState::Planned | LegState::Approved);
            if !is_moved_here {
                continue;
            }
            if !self.may_be_paid(&deal, leg).await? {
                let leg = leg.id.clone();
                self.may_move(id, Command::ShelveLeg { leg }).await?;
                continue;
            }
            let approve = Command::ApproveLeg {
                leg: leg.id.clone(),
            };
            let is_approved = match leg.state {
                LegState::Planned => self.may_move(id, approve).await?,
                state => state == LegState::Approved,
            };
            if is_approved {
                self.send_leg(id, &leg.id).await?;
            }
        }
        Ok(())
    }

    /// Whether a leg's address is past its waiting time, and its payee's account not stopped. An
    /// address that is nobody's any more is taken up too: the leg is blocked then, and its payee
    /// gives another.
    async fn may_be_paid(&self, deal: &Deal, leg: &Leg) -> Result<bool, DealError> {
        let standing = self.payee_standing(deal, leg).await?;
        let may = match standing {
            PayoutStanding::Ready | PayoutStanding::NotTheirs => leg.destination.is_some(),
            PayoutStanding::AddressWaits(_) | PayoutStanding::Blocked(_) => false,
        };
        if !may {
            tracing::info!(deal = %deal.id, leg = %leg.id, ?standing, "a payout waits for its address");
        }
        Ok(may)
    }

    /// Whether the deal allows a step of the system now. That it does not is no fault: it is held,
    /// a person has to approve, the veto time runs, somebody else was faster.
    async fn may_move(&self, deal: DealId, step: Command) -> Result<bool, DealError> {
        match self
            .carry_out(Order::by_system(deal), |_: &Deal| Ok(step.clone()))
            .await
        {
            Ok(_) => Ok(true),
            Err(DealError::Rejected(
                Rejection::NeedsApproval
                | Rejection::OnHold
                | Rejection::WrongState
                | Rejection::WrongLegState
                | Rejection::TooEarly(_),
            )) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn send_leg(&self, deal: DealId, leg: &LegId) -> Result<(), DealError> {
        // Only who has reserved the leg in this very commit may tell the gateway.
        if !self
            .may_move(deal, Command::StartSending { leg: leg.clone() })
            .await?
        {
            return Ok(());
        }
        let deal = self
            .store
            .deals()
            .find(deal)
            .await?
            .ok_or(DealError::NotFound)?;
        let reserved = deal.leg(leg).filter(|leg| leg.state == LegState::Sending);
        let Some(reserved) = reserved else {
            return Ok(());
        };
        // Asked again now that the leg is ours: its owner may have stopped the address meanwhile.
        let result = match (
            self.payee_standing(&deal, reserved).await?,
            order_of(&deal, reserved),
        ) {
            (PayoutStanding::Ready, Some(order)) => {
                result_of(self.gateway.send_payout(&order).await)
            }
            (PayoutStanding::AddressWaits(_) | PayoutStanding::Blocked(_), Some(_)) => {
                LegResult::Failed(LegFault::Operator)
            }
            (PayoutStanding::NotTheirs, _) | (_, None) => LegResult::Failed(LegFault::Address),
        };
        self.report_leg(deal.id, leg.clone(), reserved.sends, result)
            .await
    }

    pub(super) async fn report_leg(
        &self,
        deal: DealId,
        leg: LegId,
        sending: u32,
        result: LegResult,
    ) -> Result<(), DealError> {
        let report = Command::LegReported {
            leg,
            sending,
            result,
        };
        self.carry_out(Order::by_system(deal), |_: &Deal| Ok(report.clone()))
            .await?;
        Ok(())
    }
}

/// Each sending of a leg has an external id of its own: the gateway takes each once.
pub(super) fn external_id(deal: &Deal, leg: &Leg, sending: u32) -> ExternalId {
    let id = ExternalId::of_leg(deal.id, &leg.id, sending);
    id.expect("the name of a leg is letters, digits and dashes")
}

fn order_of(deal: &Deal, leg: &Leg) -> Option<PayoutOrder> {
    Some(PayoutOrder {
        external_id: external_id(deal, leg, leg.sends),
        asset: deal.terms.asset,
        destination: leg.destination.as_ref()?.as_str().to_owned(),
        net: leg.net(),
    })
}

/// What the gateway's answer means for the leg.
pub(super) fn result_of(answer: PayoutAnswer) -> LegResult {
    match answer {
        PayoutAnswer::Sent { task } => LegResult::Taken {
            task: task.as_str().to_owned(),
        },
        PayoutAnswer::Refused(PayoutRefusal::Address(_)) => LegResult::Failed(LegFault::Address),
        PayoutAnswer::Refused(PayoutRefusal::Operator(_)) => LegResult::Failed(LegFault::Operator),
        PayoutAnswer::Unclear { .. } => LegResult::Unclear,
    }
}
