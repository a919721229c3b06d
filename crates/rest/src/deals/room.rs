//! A deal with everything that its viewer may see of it.

use domain::deal::{DeadlineKind, Deal, Party};
use domain::id::UserId;
use serde::Serialize;
use services::deals::{DealView, Relation};
use utoipa::ToSchema;

use super::event::DealEvent;
use super::leg::DealLeg;
use super::money_panel::MoneyPanel;
use super::parts::{
    CodeState, Deadline, DealSettlement, DealShipment, DisputeBrief, Hold, NextTask,
    PausedDeadline, PendingKey,
};
use super::possible::{PossibleStep, possible_steps};
use super::proposal::DealProposal;
use super::terms::DealTerms;
use crate::edition::Versioned;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::word::word;

/// A side of a deal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DealParty {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    /// As others see it.
    #[schema(example = "Sara")]
    name: String,
}

/// One deal.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DealRoom {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    /// The same as the `ETag`: send it as `If-Match`.
    #[schema(example = 7)]
    version: u64,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    /// The how-manieth deal of its request.
    #[schema(example = 1)]
    attempt: u32,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    offer_id: String,
    /// What the caller is to it: `buyer`, `seller`, `resolver`, `approver`, `admin`.
    #[schema(example = "buyer")]
    role: &'static str,
    buyer: DealParty,
    seller: DealParty,
    terms: DealTerms,
    /// `awaiting_payment`, `detected`, `underpaid`, `funded`, `in_delivery`, `inspection`,
    /// `disputed`, `ruled`, `settling`, `released`, `refunded`, `split`, `expired`, `cancelled`,
    /// `suspended`, `loss`.
    #[schema(example = "funded")]
    state: &'static str,
    /// Where it stood before a suspension or a loss, or where it stands.
    #[schema(example = "funded")]
    underlying_state: &'static str,
    /// What must be held: the agreed price, or a lower one after a waiver.
    price: Money,
    money: MoneyPanel,
    legs: Vec<DealLeg>,
    /// Those that run, soonest first.
    deadlines: Vec<Deadline>,
    /// Those that stand while the deal is held or suspended.
    paused_deadlines: Vec<PausedDeadline>,
    /// While an admin, or the system, has paused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<Hold>,
    /// What one admin has agreed to and another has yet to.
    pending_keys: Vec<PendingKey>,
    /// The last dispute.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispute: Option<DisputeBrief>,
    /// How the price was divided, once that is fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    settlement: Option<DealSettlement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipment: Option<DealShipment>,
    /// What is known of the delivery code, without its digits.
    delivery_code: CodeState,
    /// How often changes can still be asked for.
    #[schema(example = 2)]
    changes_left: u8,
    /// Where refunds go; the buyer's to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    refund_address: Option<String>,
    /// What one side has proposed and the other has not answered.
    proposals: Vec<DealProposal>,
    /// What happened, oldest first, linked by hashes.
    events: Vec<DealEvent>,
    /// What the caller is asked to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<NextTask>,
    /// What the caller can do now.
    possible_steps: Vec<PossibleStep>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: String,
}

impl DealRoom {
    /// The answer that shows a deal, with its version as `ETag`.
    pub fn answer(view: &DealView) -> Versioned<Self> {
        Versioned::new(Self::of(view), view.deal.version)
    }

    fn of(view: &DealView) -> Self {
        let deal = &view.deal;
        let party = |side: Party| DealParty {
            id: deal.person(side).to_string(),
            name: view.name(side).to_owned(),
        };
        let refund = deal
            .refund_address
            .as_ref()
            .filter(|_| sees(view, Party::Buyer));
        let legs = deal.legs.iter();
        let paused = deal.clocks.paused().iter();
        let keys = deal
            .keys
            .iter()
            .filter(|_| view.relation == Relation::Admin);
        Self {
            id: deal.id.to_string(),
            version: deal.version,
            purchase_request_id: deal.request.to_string(),
            attempt: deal.attempt,
            offer_id: deal.offer.to_string(),
            role: role(view.relation),
            buyer: party(Party::Buyer),
            seller: party(Party::Seller),
            terms: DealTerms::of(&deal.terms),
            state: deal.state.code(),
            underlying_state: deal.underlying_state().code(),
            price: Money::on_network(deal.price, deal.terms.asset),
            money: MoneyPanel::of(deal),
            legs: legs
                .map(|leg| DealLeg::of(deal, leg, sees(view, leg.payee)))
                .collect(),
            deadlines: deal.clocks.running().iter().map(Deadline::from).collect(),
            paused_deadlines: paused.map(PausedDeadline::from).collect(),
            hold: deal.hold.as_ref().map(|hold| {
                let lapses = deal.clocks.at(&DeadlineKind::Hold);
                Hold::of(hold, lapses)
            }),
            pending_keys: keys.map(PendingKey::from).collect(),
            dispute: deal
                .disputes
                .last()
                .map(|case| DisputeBrief::of(deal, case)),
            settlement: deal.settlement.map(|fixed| DealSettlement::of(deal, fixed)),
            shipment: deal.shipment.as_ref().map(DealShipment::from),
            delivery_code: CodeState::of(deal.code, view.now),
            changes_left: domain::deal::CHANGES_MAX.saturating_sub(deal.changes_asked),
            refund_address: refund.map(|address| address.as_str().to_owned()),
            proposals: deal
                .proposals
                .iter()
                .map(|one| DealProposal::of(deal, one))
                .collect(),
            events: deal
                .events
                .iter()
                .map(|event| DealEvent::of(event, by(deal, event.by)))
                .collect(),
            task: view
                .party()
                .and_then(|side| deal.task_of(side))
                .map(NextTask::from),
            possible_steps: possible_steps(view),
            created_at: rfc3339(deal.created_at),
            updated_at: rfc3339(deal.updated_at),
        }
    }
}

/// Where somebody's money goes is theirs to see, and whose work it is to send it.
fn sees(view: &DealView, payee: Party) -> bool {
    view.party() == Some(payee) || view.relation == Relation::Admin
}

const fn role(relation: Relation) -> &'static str {
    match relation {
        Relation::Party(Party::Buyer) => "buyer",
        Relation::Party(Party::Seller) => "seller",
        Relation::Resolver => "resolver",
        Relation::Approver => "approver",
        Relation::Admin => "admin",
    }
}

/// Who did something: one of the sides, somebody of the staff, or nobody.
fn by(deal: &Deal, user: Option<UserId>) -> String {
    match user {
        None => "system".to_owned(),
        Some(user) => deal
            .party(user)
            .map_or_else(|| "staff".to_owned(), |party| word(&party)),
    }
}
