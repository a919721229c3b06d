//! What a command would do: the events it leads to, or a typed refusal.
//!
//! Due timers are applied first, at the same instant before any command but the report of our own
//! downtime. Facts are never refused; a fact that is known already leads to no event.

mod delivery;
mod dispute;
mod funding;
mod hold;
mod joint;
mod late;
mod payment;
mod payout;
mod proposal;
mod ruling;
mod timer;

use super::command::{Actor, Command, Context};
use super::event::{Event, EventBody, Joining, SettledBy, TwoKeyAction};
use super::rejection::Rejection;
use super::state::{Outcome, State};
use super::{Deal, Division, Party};
use crate::id::UserId;
use crate::money::Units;
pub(crate) use payout::VETO;

/// What a decision changes: the deal after it, and its new events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The deal as it will be stored; its version is one higher, unless nothing happened.
    pub deal: Deal,
    /// The version that must still be stored for the change to hold.
    pub expected_version: u64,
    /// What happened; nothing when the command had been done before.
    pub events: Vec<Event>,
}

/// A deal on which a decision is being worked out.
struct Draft<'a> {
    deal: Deal,
    by: Option<UserId>,
    context: Context<'a>,
}

type Decided = Result<(), Rejection>;

impl Deal {
    /// Decides a command. Whoever stores what came of it asks [`check`](Deal::check) first: of the
    /// deal as it is stored, once.
    ///
    /// # Errors
    /// A [`Rejection`]; never for a fact of the system's. Nothing has changed then.
    pub fn decide(
        &self,
        actor: Actor,
        command: Command,
        context: &Context<'_>,
    ) -> Result<Change, Rejection> {
        if context
            .expected_version
            .is_some_and(|version| version != self.version)
        {
            return Err(Rejection::Stale);
        }
        if command.is_fact() && actor != Actor::System {
            return Err(Rejection::SystemOnly);
        }
        let mut draft = Draft::new(self, context);
        if let Command::Downtime { from, until } = command {
            // No timer runs here: another gap may still have to be given back.
            draft.credit_downtime(from, until);
        } else {
            draft.apply_due_timers();
            draft.by = actor.user();
            draft.dispatch(actor, command)?;
            draft.close_when_settled();
        }
        Ok(self.change_to(draft.deal))
    }

    fn change_to(&self, mut deal: Deal) -> Change {
        let known = self.events.len();
        let events: Vec<_> = deal.events.iter().skip(known).cloned().collect();
        if !events.is_empty() {
            deal.version = self.version.saturating_add(1);
        }
        Change {
            deal,
            expected_version: self.version,
            events,
        }
    }
}

impl<'a> Draft<'a> {
    fn new(deal: &Deal, context: &Context<'a>) -> Self {
        Self {
            deal: deal.clone(),
            by: None,
            // The log never runs backwards, even where a node's clock is behind another's.
            context: Context {
                now: context.now.max(deal.updated_at),
                ..*context
            },
        }
    }
}

impl Draft<'_> {
    fn emit(&mut self, body: EventBody) {
        self.deal.record(self.context.now, self.by, body);
    }

    fn dispatch(&mut self, actor: Actor, command: Command) -> Decided {
        match actor {
            Actor::System if command.is_fact() => {
                self.take_fact(command);
                Ok(())
            }
            Actor::System => self.decide_as_system(command),
            Actor::Person(user) => {
                let party = self.deal.party(user).ok_or(Rejection::NotYours)?;
                self.decide_as_party(party, command)
            }
            Actor::Resolver(user) | Actor::Admin(user) if self.deal.party(user).is_some() => {
                Err(Rejection::OwnDeal)
            }
            Actor::Resolver(user) => self.decide_as_resolver(user, command),
            Actor::Admin(user) => self.decide_as_admin(user, command),
        }
    }

    fn take_fact(&mut self, fact: Command) {
        match fact {
            Command::DepositSeen { key, intent, units } => self.see_deposit(key, intent, units),
            Command::DepositDropped { key } => self.drop_deposit(&key),
            Command::DepositConfirmed { key, intent, units } => {
                self.confirm_deposit(key, intent, units);
            }
            Command::DepositReversed { key } => self.reverse_deposit(&key),
            Command::LegReported {
                leg,
                sending,
                result,
            } => self.report_leg(leg, sending, result),
            Command::ReminderWritten => self.note_reminder(),
            // A tick is nothing but the timers.
            Command::Tick => {}
            other => unreachable!("{other:?} is no fact"),
        }
    }

    fn decide_as_system(&mut self, command: Command) -> Decided {
        match command {
            Command::StartSending { leg } => self.start_sending(leg),
            Command::ApproveLeg { leg } => self.approve_leg_by_limit(leg),
            Command::JoinLeg {
                leg,
                joint,
                sending,
                destination,
                network_fee,
            } => {
                let joining = Joining {
                    joint,
                    destination,
                    network_fee,
                };
                self.join_leg(leg, sending, joining)
            }
            Command::ReleaseLeg { leg, joint } => self.release_leg(leg, joint),
            Command::DrawResolver { resolver } => self.draw_resolver(resolver),
            Command::DrawApprover { approver } => self.draw_approver(approver),
            Command::Reopen => self.reopen(),
            Command::Hold { reason } => self.place_hold_by_system(reason),
            Command::RefundLate => self.refund_late(),
            Command::ShelveLeg { leg } => self.shelve_leg(leg),
            other => Err(missing_role(&other)),
        }
    }

    fn decide_as_resolver(&mut self, user: UserId, command: Command) -> Decided {
        match command {
            Command::Rule {
                buyer,
                seller,
                reasoning,
            } => self.rule(user, buyer, seller, reasoning),
            Command::AskParty { to, question } => self.ask_party(user, to, question),
            Command::ApproveRuling => self.approve_ruling(user),
            Command::RejectRuling => self.reject_ruling(user),
            other => Err(missing_role(&other)),
        }
    }

    fn decide_as_admin(&mut self, user: UserId, command: Command) -> Decided {
        match command {
            Command::ApproveLeg { leg } => self.approve_leg_by_admin(user, leg),
            Command::Hold { reason } => self.place_hold(user, reason),
            Command::LiftHold => self.lift_hold(user),
            Command::SettleLoss { cover } => self.settle_loss(user, cover),
            Command::AgreeResend { leg } => self.agree_resend(user, leg),
            other => Err(missing_role(&other)),
        }
    }

    fn decide_as_party(&mut self, party: Party, command: Command) -> Decided {
        match command.of_party() {
            Some(Party::Buyer) if party != Party::Buyer => return Err(Rejection::BuyerOnly),
            Some(Party::Seller) if party != Party::Seller => return Err(Rejection::SellerOnly),
            _ => {}
        }
        match command {
            Command::SetRefundAddress { destination } => self.set_refund_address(destination),
            Command::Cancel => self.cancel(party),
            Command::WithdrawPayment => self.withdraw_payment(),
            Command::Accept => self.accept(),
            Command::AskForChanges { note } => self.ask_for_changes(note),
            Command::MakeCode => self.make_code(),
            Command::SeeDelivery => self.see_delivery(),
            Command::TakeSurplus => self.take_surplus(),
            Command::Ship { carrier, tracking } => self.ship(carrier, tracking),
            Command::Decline => self.decline(),
            Command::EnterCode { typed, expected } => self.enter_code(&typed, &expected),
            Command::DeliverWithoutCode => self.deliver_without_code(),
            Command::Propose { offer } => self.propose(party, offer),
            Command::AcceptProposal { id } => self.accept_proposal(party, id),
            Command::WithdrawProposal { id } => self.withdraw_proposal(party, id),
            Command::Concede => self.concede(party),
            Command::AddEvidence {
                file,
                sha256,
                item,
                note,
            } => self.add_evidence(party, file, sha256, item, note),
            Command::OpenDispute { claim } => self.open_dispute(party, claim),
            Command::AnswerDispute { statement } => self.answer_dispute(party, statement),
            Command::AnswerQuestion { statement } => self.answer_question(party, statement),
            Command::WithdrawDispute => self.withdraw_dispute(party),
            Command::Appeal { statement } => self.appeal(party, statement),
            Command::GiveAddress { leg, destination } => {
                self.give_leg_address(party, leg, destination)
            }
            Command::ClaimLeg { leg, destination } => self.claim_leg(party, leg, destination),
            Command::AgreeToReopen => self.agree_to_reopen(party),
            Command::RefundLate => self.refund_late(),
            other => Err(missing_role(&other)),
        }
    }

    /// Refuses unless the deal is in one of these states.
    fn require(&self, states: &[State]) -> Decided {
        if states.contains(&self.deal.state) {
            Ok(())
        } else {
            Err(Rejection::WrongState)
        }
    }

    /// Fixes the outcome: `buyer` of what is held to the buyer, the rest less the fee to the
    /// seller; all surplus goes back to the buyer.
    fn settle(&mut self, by: SettledBy, buyer: Units) -> Decided {
        let division = self.deal.division(buyer).ok_or(Rejection::SplitTooLarge)?;
        let Division { buyer, seller, fee } = division;
        let outcome = if seller.is_zero() && fee.is_zero() {
            Outcome::Refund
        } else if buyer.is_zero() {
            Outcome::Release
        } else {
            Outcome::Split
        };
        self.plan_surplus();
        self.emit(EventBody::Settled {
            by,
            outcome,
            buyer,
            seller,
            fee,
        });
        Ok(())
    }

    /// Ends a deal of which every leg is paid, unclaimed or void.
    fn close_when_settled(&mut self) {
        let Some(settlement) = self.deal.settlement else {
            return;
        };
        let mut legs = self.deal.legs.iter().filter(|leg| leg.id.is_settlement());
        if self.deal.state == State::Settling && legs.all(|leg| leg.state.is_settled()) {
            self.emit(EventBody::Closed {
                state: settlement.outcome.final_state(),
            });
        }
    }

    /// Turns a key. True when it is the second, by another admin.
    fn turn_key(&mut self, user: UserId, action: TwoKeyAction) -> Result<bool, Rejection> {
        match self.deal.keys.iter().find(|key| key.action == action) {
            Some(key) if key.by == user => Err(Rejection::AnotherAdmin),
            Some(_) => Ok(true),
            None => {
                self.emit(EventBody::KeyTurned { action });
                Ok(false)
            }
        }
    }
}

/// The refusal of a command that this kind of actor never has.
fn missing_role(command: &Command) -> Rejection {
    match command {
        Command::StartSending { .. }
        | Command::JoinLeg { .. }
        | Command::ReleaseLeg { .. }
        | Command::DrawResolver { .. }
        | Command::DrawApprover { .. }
        | Command::ShelveLeg { .. }
        | Command::Reopen => Rejection::SystemOnly,
        Command::Rule { .. }
        | Command::AskParty { .. }
        | Command::ApproveRuling
        | Command::RejectRuling
        | Command::ApproveLeg { .. }
        | Command::Hold { .. }
        | Command::LiftHold
        | Command::SettleLoss { .. }
        | Command::AgreeResend { .. } => Rejection::StaffOnly,
        _ => Rejection::NotYours,
    }
}
