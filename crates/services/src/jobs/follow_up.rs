//! What an event of a deal means for the people who look after the house: an entry in the audit log
//! for what staff did, an alarm for what somebody has to see to. Each may be repeated.

use domain::Span;
use domain::deal::{Deal, Event, EventBody, LegFault, LegId, LegState, RuledBy, TwoKeyAction};
use domain::id::{AuditId, UserId};
use domain::ledger::Account;
use domain::policy::Action;
use storage::NewAuditEntry;

use crate::Services;
use crate::deals::{DealError, money};
use crate::notifications::Message;

impl Services {
    /// Everything that follows from an event beside what the parties are told.
    pub(super) async fn follow_up(&self, deal: &Deal, event: &Event) -> Result<(), DealError> {
        if let Some(entry) = entry_of(deal, event) {
            self.store.audit().append(entry).await?;
        }
        if let Some(alarm) = alarm_of(deal, event) {
            self.raise(deal, alarm).await?;
        }
        // What was suspended before there was money in the deal is held now.
        if matches!(event.body, EventBody::Funded | EventBody::Reopened) {
            self.hold_if_party_is_suspended(deal).await?;
        }
        if plans_payouts(&event.body) {
            self.ask_for_approval(deal).await?;
        }
        if wants_staff(&event.body) {
            self.tell_of_missing_staff(deal).await?;
        }
        Ok(())
    }

    async fn raise(&self, deal: &Deal, alarm: Alarm) -> Result<(), DealError> {
        let event = format!("deal:{}:{}", deal.id, alarm.key);
        let told = self.tell_admins_of_deal(deal.id, &event, alarm.message);
        Ok(told.await?)
    }

    /// Payouts that the system may not approve.
    async fn ask_for_approval(&self, deal: &Deal) -> Result<(), DealError> {
        let limit = self.config.money.limits_of(deal.terms.asset).payout_auto;
        let large = |leg: &&domain::deal::Leg| leg.state == LegState::Planned && leg.net() > limit;
        for leg in deal.legs.iter().filter(large) {
            let alarm = Alarm {
                key: format!(
                    "approve:{}:{}:{}",
                    leg.id,
                    leg.addresses,
                    leg.approvals.len()
                ),
                message: Message::PayoutToApprove {
                    title: deal.terms.goods.title.clone(),
                    amount: money(deal, leg.net()),
                },
            };
            self.raise(deal, alarm).await?;
        }
        Ok(())
    }

    /// A dispute that waits for somebody who could not be drawn.
    async fn tell_of_missing_staff(&self, deal: &Deal) -> Result<(), DealError> {
        // As it is now, after the lot was drawn.
        let Some(deal) = self.store.deals().find(deal.id).await? else {
            return Ok(());
        };
        let Some(case) = deal.dispute() else {
            return Ok(());
        };
        let (is_missing, which) = match &case.proposed {
            Some(proposed) => (proposed.approver.is_none(), "approver"),
            None => (case.resolver.is_none(), "resolver"),
        };
        if !is_missing {
            return Ok(());
        }
        let alarm = Alarm {
            key: format!("{which}-missing:{}:{:?}", case.id, case.tier),
            message: Message::ResolverMissing {
                title: deal.terms.goods.title.clone(),
            },
        };
        self.raise(&deal, alarm).await
    }
}

/// One thing for admins to see to; the key tells it apart from others of its deal.
struct Alarm {
    key: String,
    message: Message,
}

fn alarm_of(deal: &Deal, event: &Event) -> Option<Alarm> {
    let title = deal.terms.goods.title.clone();
    let amount = |id: &LegId| deal.leg(id).map(|leg| money(deal, leg.net()));
    let mut key = event.seq.to_string();
    let message = match &event.body {
        EventBody::LegFailed {
            leg,
            fault: LegFault::Operator,
        } => {
            // It is tried again and again: told once a day.
            let day = event.at.unix_ms() / Span::days(1).ms();
            key = format!("failed:{leg}:{day}");
            let amount = amount(leg)?;
            Message::PayoutFailed { title, amount }
        }
        EventBody::LegUnclear { leg } => {
            let amount = amount(leg)?;
            Message::PayoutUnclear { title, amount }
        }
        EventBody::LegPaidAgain { tx, .. } => {
            let tx = tx.clone();
            Message::PaidAgain { title, tx }
        }
        EventBody::LossFound { .. } => {
            let missing = money(deal, deal.balance(Account::Shortfall));
            Message::LossToSettle { title, missing }
        }
        EventBody::HoldLapsed if !deal.state.is_final() => Message::HoldToRenew { title },
        _ => return None,
    };
    Some(Alarm { key, message })
}

/// Whether a payout may have come to wait for an admin.
const fn plans_payouts(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::Settled { .. }
            | EventBody::SurplusPlanned { .. }
            | EventBody::LatePlanned { .. }
            | EventBody::RefundAddressSet { .. }
            | EventBody::LegAddressGiven { .. }
            | EventBody::LegClaimed { .. }
            | EventBody::LegEndorsed { .. }
    )
}

/// Whether somebody has to be drawn.
const fn wants_staff(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::DisputeOpened { .. }
            | EventBody::Appealed { .. }
            | EventBody::RulingProposed { .. }
            | EventBody::ApprovalOverdue
    )
}

/// The entry of what staff did. Its digest is the event's own link in the deal's log.
fn entry_of(deal: &Deal, event: &Event) -> Option<NewAuditEntry> {
    let by = event.by.filter(|by| deal.party(*by).is_none())?;
    let action = staff_act(&event.body, by)?;
    let reason = match &event.body {
        EventBody::HoldPlaced { reason } => Some(reason.clone()),
        _ => None,
    };
    let uuid = deal.id.as_uuid();
    Some(NewAuditEntry {
        id: AuditId::derived(&[b"deal", uuid.as_bytes(), &event.seq.to_be_bytes()]),
        at: event.at,
        actor: Some(by),
        action: action.code().to_owned(),
        subject: format!("deal:{}", deal.id),
        before: None,
        after: Some(event.hash),
        reason,
        ip: None,
    })
}

/// What staff did by an event; nothing when it only follows from another that counts.
fn staff_act(body: &EventBody, by: UserId) -> Option<Action> {
    Some(match body {
        EventBody::LegEndorsed { .. } | EventBody::LegApproved { .. } => Action::ApprovePayout,
        EventBody::HoldPlaced { .. } => Action::HoldDeal,
        EventBody::HoldLifted => Action::LiftHold,
        EventBody::LossSettled { .. } => Action::SettleLoss,
        EventBody::LegResendAgreed { .. } => Action::ClearUnknownPayout,
        EventBody::KeyTurned { action } => match action {
            TwoKeyAction::LiftHold => Action::LiftHold,
            TwoKeyAction::SettleLoss { .. } => Action::SettleLoss,
            TwoKeyAction::Resend { .. } => Action::ClearUnknownPayout,
        },
        EventBody::RulingProposed { .. } => Action::RuleDispute,
        EventBody::Ruled { ruling } if ruling.by == RuledBy::Resolver(by) => Action::RuleDispute,
        EventBody::Ruled { .. } | EventBody::RulingDropped => Action::ApproveRuling,
        _ => return None,
    })
}
