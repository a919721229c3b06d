//! Where a dispute stands, in the words of the REST interface. Nothing inside goes by them.

use domain::deal::{Deal, Dispute, DisputeEnd, State};
use services::deals::DealSummary;

/// `pending` until a resolver is drawn, `waiting_response` until it was answered or the time for
/// that is over, `in_progress` until it is ruled, then `resolved`; `closed` when it was withdrawn.
pub fn status_of(deal: &Deal, case: &Dispute) -> &'static str {
    Standing {
        end: case.closed,
        is_ruled: deal.underlying_state() == State::Ruled,
        is_drawn: case.resolver.is_some(),
        may_be_ruled: case.may_be_ruled,
    }
    .word()
}

/// The same of the last dispute of a deal in a list.
pub fn status_in_list(
    deal: &DealSummary,
    case: &services::disputes::DisputeSummary,
) -> &'static str {
    Standing {
        end: case.end,
        is_ruled: deal.underlying_state == State::Ruled,
        is_drawn: case.resolver.is_some(),
        may_be_ruled: case.may_be_ruled,
    }
    .word()
}

struct Standing {
    end: Option<DisputeEnd>,
    is_ruled: bool,
    is_drawn: bool,
    may_be_ruled: bool,
}

impl Standing {
    const fn word(&self) -> &'static str {
        match self.end {
            Some(DisputeEnd::Withdrawn) => "closed",
            Some(DisputeEnd::Agreed | DisputeEnd::Ruled) => "resolved",
            None if self.is_ruled => "resolved",
            None if !self.is_drawn => "pending",
            None if !self.may_be_ruled => "waiting_response",
            None => "in_progress",
        }
    }
}
