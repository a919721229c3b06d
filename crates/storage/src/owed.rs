//! What a deal owes to its parties, for whoever compares it with what is there.

use domain::Units;
use domain::deal::{Deal, Leg, LegState};
use domain::ledger::Account;

use crate::Tag;

/// The list of deals that owe something.
pub(crate) fn owing() -> Tag {
    Tag::new("owes", "any")
}

/// What stands in the ledger of a deal for its parties, less what a reorganisation took from it.
///
/// A loss that nobody has settled is not there to be paid: the deal itself sends nothing until it
/// is settled, and everybody else's payouts go on. What had left before it was lost is missing to
/// others, and is not made up for here: no deal owes less than nothing. Once settled, what the
/// operator covers is owed again and has to be there.
pub(crate) fn owed(deal: &Deal) -> Units {
    const OWED: [Account; 5] = [
        Account::Held,
        Account::Late,
        Account::Payable,
        Account::Surplus,
        Account::Unclaimed,
    ];
    let owed = Units::sum(OWED.map(|account| deal.balance(account)));
    let owed = owed.expect("a conserved ledger owes no more than it received");
    owed.less(deal.balance(Account::Shortfall))
}

/// What legs that are being sent take from it.
pub(crate) fn sending(deal: &Deal) -> Units {
    let is_under_way = |leg: &&Leg| {
        matches!(
            leg.state,
            LegState::Sending | LegState::Unknown | LegState::Joined
        )
    };
    let under_way = deal.legs.iter().filter(is_under_way);
    let sending = Units::sum(under_way.map(|leg| leg.gross));
    sending.expect("legs pay no more than the ledger owes")
}
