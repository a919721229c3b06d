//! Where a dispute stands, in the words of the REST interface. Nothing inside goes by them.

use domain::deal::{Deal, Dispute, DisputeEnd, State};

/// `pending` until a resolver is drawn, `waiting_response` until it was answered or the time for
/// that is over, `in_progress` until it is ruled, then `resolved`; `closed` when it was withdrawn.
pub fn status_of(deal: &Deal, case: &Dispute) -> &'static str {
    match case.closed {
        Some(DisputeEnd::Withdrawn) => "closed",
        Some(DisputeEnd::Agreed | DisputeEnd::Ruled) => "resolved",
        None if deal.underlying_state() == State::Ruled => "resolved",
        None if case.resolver.is_none() => "pending",
        None if !case.may_be_ruled => "waiting_response",
        None => "in_progress",
    }
}
