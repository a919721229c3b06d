//! A person's step in a deal: a party's, a resolver's or an admin's.

use domain::Network;
use domain::command_log::digest_of_command;
use domain::deal::{self, Command, Deal, Destination, Rejection};
use domain::id::{CommandKey, DealId, DisputeId};
use domain::policy::Action;

use super::carry_out::{Keyed, Order};
use super::{DealError, Receipt};
use crate::Services;
use crate::actor::{Actor, Person};
use crate::failure::Failure;

/// A step and the deal it is for.
#[derive(Debug, Clone)]
pub struct ActOnDeal {
    /// The deal.
    pub deal: DealId,
    /// The version that the page showed; another one refuses the step.
    pub expected_version: Option<u64>,
    /// The form's or the client's key, so that sending it twice does it once.
    pub key: Option<CommandKey>,
    /// The step. Facts and the system's own steps are refused, and so is a delivery code, which
    /// has a use case of its own.
    pub step: Command,
}

impl Services {
    /// Takes a person's step in a deal.
    ///
    /// # Errors
    /// [`DealError`]; a deal of others is not found.
    pub async fn act_on_deal(
        &self,
        actor: &Actor,
        command: ActOnDeal,
    ) -> Result<Receipt, DealError> {
        self.act_in(actor, command, None).await
    }

    /// The same for a step that is meant for one dispute of the deal and for no later one.
    pub(crate) async fn act_in(
        &self,
        actor: &Actor,
        command: ActOnDeal,
        dispute: Option<DisputeId>,
    ) -> Result<Receipt, DealError> {
        let ActOnDeal {
            deal,
            expected_version,
            key,
            step,
        } = command;
        let person = actor
            .person_who_may(action_of(&step))
            .map_err(Failure::from)?;
        let person = person.clone();
        let body = digest_of_command("deal", &format!("{deal} {step:?}"));
        let key = key.map(|key| Keyed {
            user: person.id,
            key,
            body,
        });
        let actor = role_for(&person, &step);
        self.require_own_address(&person, deal, &step).await?;
        let order = Order {
            deal,
            actor,
            expected_version,
            key,
            address_read_at: None,
        };
        self.carry_out(order, |deal| {
            hide_from_strangers(deal, &person)?;
            let last = deal.disputes.last().map(|case| case.id);
            if dispute.is_some() && dispute != last {
                return Err(Rejection::WrongState.into());
            }
            Ok(step.clone())
        })
        .await
    }

    /// An address that a step names must be one that the person has confirmed. Whether money may
    /// go there yet is asked when it is sent.
    async fn require_own_address(
        &self,
        person: &Person,
        deal: DealId,
        step: &Command,
    ) -> Result<(), DealError> {
        let (Command::SetRefundAddress { destination }
        | Command::GiveAddress { destination, .. }
        | Command::ClaimLeg { destination, .. }) = step
        else {
            return Ok(());
        };
        let deal = self.store.deals().find(deal).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        hide_from_strangers(&deal, person)?;
        self.require_confirmed(person, deal.terms.asset.network(), destination)
            .await
    }

    /// An address of the person's own, confirmed by mail.
    pub(crate) async fn require_confirmed(
        &self,
        person: &Person,
        network: Network,
        destination: &Destination,
    ) -> Result<(), DealError> {
        let user = self.find_user(person.id).await?;
        let is_theirs = user.addresses.iter().any(|known| {
            known.network == network && known.is_confirmed() && known.is_same(destination.as_str())
        });
        if is_theirs {
            Ok(())
        } else {
            Err(DealError::AddressNotConfirmed)
        }
    }
}

/// Somebody with no part in a deal learns nothing of it, not even that it exists.
pub(crate) fn hide_from_strangers(deal: &Deal, person: &Person) -> Result<(), DealError> {
    let knows =
        deal.party(person.id).is_some() || super::view_deal::staff_relation(deal, person).is_some();
    if knows {
        Ok(())
    } else {
        Err(DealError::NotFound)
    }
}

fn role_for(person: &Person, step: &Command) -> deal::Actor {
    match action_of(step) {
        Action::ReadDispute | Action::RuleDispute | Action::ApproveRuling => {
            deal::Actor::Resolver(person.id)
        }
        Action::ApprovePayout
        | Action::HoldDeal
        | Action::LiftHold
        | Action::SettleLoss
        | Action::ClearUnknownPayout => deal::Actor::Admin(person.id),
        _ => deal::Actor::Person(person.id),
    }
}

/// The line of the policy table that a step is asked by.
pub(crate) const fn action_of(step: &Command) -> Action {
    use Command as C;
    match step {
        C::DepositSeen { .. }
        | C::DepositDropped { .. }
        | C::DepositConfirmed { .. }
        | C::DepositReversed { .. }
        | C::LegReported { .. }
        | C::ReminderWritten
        | C::StartSending { .. }
        | C::JoinLeg { .. }
        | C::ReleaseLeg { .. }
        | C::ShelveLeg { .. }
        | C::DrawResolver { .. }
        | C::DrawApprover { .. }
        | C::Reopen => Action::RecordFact,
        C::Downtime { .. } | C::Tick => Action::ApplyTimer,
        C::SetRefundAddress { .. } | C::GiveAddress { .. } | C::ClaimLeg { .. } => {
            Action::NamePayoutAddress
        }
        C::WithdrawPayment => Action::WithdrawPayment,
        C::Accept => Action::AcceptDelivery,
        C::AskForChanges { .. } => Action::RequestChanges,
        C::MakeCode => Action::MakeDeliveryCode,
        C::SeeDelivery => Action::ReadOwnDeals,
        C::TakeSurplus => Action::ClaimSurplus,
        C::Ship { .. } => Action::ShipDeal,
        C::Decline => Action::DeclineDeal,
        C::EnterCode { .. } => Action::EnterDeliveryCode,
        C::DeliverWithoutCode => Action::DeliverWithoutCode,
        C::Cancel => Action::CancelDeal,
        C::Propose { .. } | C::AcceptProposal { .. } | C::WithdrawProposal { .. } | C::Concede => {
            Action::Negotiate
        }
        C::AddEvidence { .. } => Action::AddEvidence,
        C::OpenDispute { .. }
        | C::AnswerDispute { .. }
        | C::AnswerQuestion { .. }
        | C::WithdrawDispute
        | C::Appeal { .. } => Action::DisputeDeal,
        C::AgreeToReopen | C::RefundLate => Action::ReopenDeal,
        C::AskParty { .. } => Action::ReadDispute,
        C::Rule { .. } => Action::RuleDispute,
        C::ApproveRuling | C::RejectRuling => Action::ApproveRuling,
        C::ApproveLeg { .. } => Action::ApprovePayout,
        C::Hold { .. } => Action::HoldDeal,
        C::LiftHold => Action::LiftHold,
        C::SettleLoss { .. } => Action::SettleLoss,
        C::AgreeResend { .. } => Action::ClearUnknownPayout,
    }
}
