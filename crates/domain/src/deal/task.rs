//! What a party is asked to do next, and by when: for lists that begin with what needs somebody.

use serde::{Deserialize, Serialize};

use super::clock::DeadlineKind;
use super::leg::{Leg, LegState};
use super::state::State;
use super::{Deal, Party};
use crate::time::Timestamp;

/// Something that waits for one party and for nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Pay the price.
    Pay,
    /// Send what is missing.
    TopUp,
    /// Decide on what the other has proposed.
    DecideProposal,
    /// Ship the goods.
    Ship,
    /// Hand them over, and enter the code.
    HandOver,
    /// Look at the goods: accept them, or say what is wrong.
    Inspect,
    /// Answer a dispute.
    AnswerDispute,
    /// Read a ruling, which can still be appealed.
    ReadRuling,
    /// Say where a payout goes.
    GiveAddress,
    /// Come back for an unclaimed payout.
    ClaimPayout,
    /// Say whether to go on with money that came late.
    DecideLateMoney,
}

/// A task and its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What to do.
    pub kind: TaskKind,
    /// Until when; none while no clock runs for it.
    pub by: Option<Timestamp>,
}

impl Deal {
    /// The task of a party that ends first; none while it is others who have to act.
    ///
    /// The same deadlines decide that carry the deal on when nobody acts.
    pub fn task_of(&self, party: Party) -> Option<Task> {
        let candidates = [
            self.task_of_state(party),
            self.task_of_leg(party),
            self.task_of_proposal(party),
        ];
        let found = candidates.into_iter().flatten();
        found.min_by_key(|task| (task.by.is_none(), task.by))
    }

    fn task_of_state(&self, party: Party) -> Option<Task> {
        let (kind, deadline) = match (self.state, party) {
            (State::AwaitingPayment, Party::Buyer) => (TaskKind::Pay, DeadlineKind::Quote),
            (State::Underpaid, Party::Buyer) if !self.is_topped_up() => {
                (TaskKind::TopUp, DeadlineKind::TopUp)
            }
            (State::Funded, Party::Seller) => (TaskKind::Ship, DeadlineKind::ShipBy),
            (State::InDelivery, Party::Seller) => (TaskKind::HandOver, DeadlineKind::Delivery),
            (State::Inspection, Party::Buyer) => (TaskKind::Inspect, DeadlineKind::Inspection),
            (State::Disputed, _) if self.may_answer(party) => {
                (TaskKind::AnswerDispute, DeadlineKind::Answer)
            }
            (State::Ruled, _) if !self.appealed => (TaskKind::ReadRuling, DeadlineKind::Appeal),
            (State::Expired | State::Cancelled, _) if self.may_agree_to_reopen(party) => {
                (TaskKind::DecideLateMoney, DeadlineKind::LateFunds)
            }
            _ => return None,
        };
        let by = self.clocks.at(&deadline);
        Some(Task { kind, by })
    }

    /// Once the time to answer is over the ruling comes, with an answer or without.
    fn may_answer(&self, party: Party) -> bool {
        self.dispute()
            .is_some_and(|case| case.awaits_answer_of(party) && !case.may_be_ruled)
    }

    fn may_agree_to_reopen(&self, party: Party) -> bool {
        let has_agreed = match party {
            Party::Buyer => self.reopen.buyer,
            Party::Seller => self.reopen.seller,
        };
        !has_agreed && self.clocks.has(&DeadlineKind::LateFunds)
    }

    fn task_of_leg(&self, party: Party) -> Option<Task> {
        let own = || self.legs.iter().filter(|leg| leg.payee == party);
        if let Some(leg) = own().find(|leg| leg.state.waits_for_payee()) {
            let claim = DeadlineKind::Claim {
                leg: leg.id.clone(),
            };
            let by = self.clocks.at(&claim);
            return Some(Task {
                kind: TaskKind::GiveAddress,
                by,
            });
        }
        let least = self.terms.asset.min_payout();
        let is_claimable = |leg: &Leg| leg.state == LegState::Unclaimed && leg.gross >= least;
        (self.state.is_final() && own().any(is_claimable)).then_some(Task {
            kind: TaskKind::ClaimPayout,
            by: None,
        })
    }

    fn task_of_proposal(&self, party: Party) -> Option<Task> {
        let is_for = |proposal: &super::Proposal| proposal.by != party;
        self.proposals.iter().any(is_for).then_some(Task {
            kind: TaskKind::DecideProposal,
            by: None,
        })
    }
}
