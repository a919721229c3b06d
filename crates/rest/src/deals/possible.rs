//! The steps that a deal would take from its viewer now, asked of the function that decides them.

use domain::Span;
use domain::deal::{Claim, Command, Deal, DisputeCategory, Leg, LegState, Offer, Party, Proposal};
use serde::Serialize;
use services::deals::DealView;
use utoipa::ToSchema;

/// A step that can be taken now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PossibleStep {
    #[schema(example = "PUT")]
    method: &'static str,
    #[schema(example = "/api/marketplace/deals/0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e/delivery")]
    href: String,
}

/// All that the viewer can do now. Staff have desks of their own.
pub fn possible_steps(view: &DealView) -> Vec<PossibleStep> {
    let Some(party) = view.party() else {
        return Vec::new();
    };
    let mut steps = Steps {
        view,
        found: Vec::new(),
    };
    steps.of_delivery();
    steps.of_negotiation(party);
    steps.of_payouts(party);
    steps.of_disputes();
    steps.found
}

struct Steps<'a> {
    view: &'a DealView,
    found: Vec<PossibleStep>,
}

impl Steps<'_> {
    fn ask(&mut self, method: &'static str, tail: &str, step: Command) {
        if self.view.after(step).is_ok() {
            self.add(method, tail);
        }
    }

    fn add(&mut self, method: &'static str, tail: &str) {
        let href = format!("/api/marketplace/deals/{}/{tail}", self.deal().id);
        self.found.push(PossibleStep { method, href });
    }

    const fn deal(&self) -> &Deal {
        &self.view.deal
    }

    fn of_delivery(&mut self) {
        let ship = Command::Ship {
            carrier: "-".to_owned(),
            tracking: String::new(),
        };
        let note = String::new();
        self.ask("PUT", "delivery", ship);
        self.ask("POST", "decline", Command::Decline);
        self.ask("POST", "delivery-code/generate", Command::MakeCode);
        if self.may_enter_code() {
            self.add("POST", "delivery-code/verify");
        }
        let without = Command::DeliverWithoutCode;
        self.ask("POST", "deliver-without-code", without);
        self.ask("PATCH", "confirm-delivery", Command::Accept);
        self.ask("POST", "request-changes", Command::AskForChanges { note });
    }

    /// No code is made up to ask with: the deal would count it.
    fn may_enter_code(&self) -> bool {
        let code = self.deal().code;
        let is_seller = self.view.party() == Some(Party::Seller);
        let is_under_way = self.deal().state == domain::deal::State::InDelivery;
        is_seller && is_under_way && code.expires_at.is_some_and(|until| self.view.now < until)
    }

    fn of_negotiation(&mut self, party: Party) {
        let arrived = self.deal().held();
        let propose = |offer| Command::Propose { offer };
        self.ask("POST", "cancel-deal", Command::Cancel);
        self.ask("POST", "withdraw-payment", Command::WithdrawPayment);
        self.ask("POST", "waiver", propose(Offer::Waiver { arrived }));
        let by = Span::hours(1);
        self.ask("POST", "extension", propose(Offer::Extension { by }));
        let buyer = arrived;
        self.ask("POST", "settlement", propose(Offer::Split { buyer }));
        let live = self.deal().proposals.clone();
        let of_other = live.iter().filter(|proposal| proposal.by != party);
        for proposal in of_other {
            let accept = Command::AcceptProposal { id: proposal.id };
            self.ask("POST", &format!("{}/accept", tail_of(proposal)), accept);
        }
        for proposal in live.iter().filter(|proposal| proposal.by == party) {
            let id = proposal.id;
            let tail = format!("proposals/{id}/withdraw");
            self.ask("POST", &tail, Command::WithdrawProposal { id });
        }
        self.ask("POST", "concede", Command::Concede);
        self.ask("POST", "reopen", Command::AgreeToReopen);
        self.ask("POST", "refund-late", Command::RefundLate);
    }

    fn of_payouts(&mut self, party: Party) {
        self.ask("POST", "surplus", Command::TakeSurplus);
        let legs = self.deal().legs.clone();
        for leg in legs.iter().filter(|leg| leg.payee == party) {
            if leg.takes_address(self.view.now) {
                self.add("POST", &format!("legs/{}/address", leg.id));
            }
            if self.may_claim(leg) {
                self.add("POST", &format!("legs/{}/claim", leg.id));
            }
        }
    }

    fn may_claim(&self, leg: &Leg) -> bool {
        let claim = Command::ClaimLeg {
            leg: leg.id.clone(),
            // Asked of the deal alone; which address it is makes no difference there.
            destination: self.deal().terms.seller_address.clone(),
        };
        leg.state == LegState::Unclaimed && self.view.after(claim).is_ok()
    }

    fn of_disputes(&mut self) {
        let claim = Claim {
            category: DisputeCategory::Other,
            statement: String::new(),
            wanted: None,
        };
        if self.view.after(Command::OpenDispute { claim }).is_ok() {
            let href = "/api/disputes".to_owned();
            let method = "POST";
            self.found.push(PossibleStep { method, href });
        }
        let Some(case) = self.deal().disputes.last() else {
            return;
        };
        let id = case.id;
        let statement = String::new;
        let answer = Command::AnswerDispute {
            statement: statement(),
        };
        let appeal = Command::Appeal {
            statement: statement(),
        };
        for (tail, step) in [
            ("answer", answer),
            ("withdraw", Command::WithdrawDispute),
            ("appeal", appeal),
        ] {
            if self.view.after(step).is_ok() {
                let href = format!("/api/disputes/{id}/{tail}");
                let method = "POST";
                self.found.push(PossibleStep { method, href });
            }
        }
    }
}

/// The address at which a proposal is agreed to.
const fn tail_of(proposal: &Proposal) -> &'static str {
    match proposal.offer {
        Offer::Split { .. } => "settlement",
        Offer::Waiver { .. } => "waiver",
        Offer::Extension { .. } => "extension",
    }
}
