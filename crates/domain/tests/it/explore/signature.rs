//! What makes two deals the same for exploring: everything that decides what can happen next, and
//! neither names, texts nor absolute times.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::deal::{Clocks, Deal, Dispute};
use domain::ledger::Account;
use domain::{Span, Timestamp};

/// Equal for deals from which the same moves lead to the same kinds of ends.
pub(crate) fn signature(deal: &Deal, now: Timestamp) -> u64 {
    let mut hash = DefaultHasher::new();
    (deal.state, deal.underlying_state(), deal.price).hash(&mut hash);
    let whole = deal.suspension.map(|was| was.whole);
    (whole, deal.loss.map(|loss| loss.whole)).hash(&mut hash);
    for account in Account::ALL {
        deal.balance(account).hash(&mut hash);
    }
    for deposit in &deal.deposits {
        let parts = (deposit.units, deposit.surplus, deposit.late, deposit.lost);
        let flags = (deposit.written_off, deposit.late_leg.is_some());
        (deposit.key.as_str(), deposit.state, parts, flags).hash(&mut hash);
    }
    for leg in &deal.legs {
        let flags = (leg.destination.is_some(), leg.approvals.len(), leg.delayed);
        let waits = leg.not_before.map(|at| bucket(at.since(now)));
        (leg.payee, leg.gross, leg.state, flags, waits).hash(&mut hash);
        (leg.sends.min(2), leg.refusals.min(2), leg.other_txs.len()).hash(&mut hash);
    }
    of_clocks(&deal.clocks, now).hash(&mut hash);
    of_people(deal, now).hash(&mut hash);
    for case in &deal.disputes {
        of_case(case).hash(&mut hash);
    }
    hash.finish()
}

fn of_clocks(clocks: &Clocks, now: Timestamp) -> Vec<(String, u8, bool)> {
    let running = clocks.running().iter();
    let running =
        running.map(|line| (format!("{:?}", line.kind), bucket(line.at.since(now)), true));
    let stopped = clocks.paused().iter();
    let stopped = stopped.map(|line| (format!("{:?}", line.kind), bucket(line.left), false));
    running.chain(stopped).collect()
}

fn of_people(deal: &Deal, now: Timestamp) -> impl Hash {
    let code = deal.code;
    let valid = code.expires_at.map(|at| bucket(at.since(now)));
    let locked = code.locked_until.map(|at| bucket(at.since(now)));
    let inspection = deal.inspection.map(|look| {
        let reminded = look.reminded_at.map(|at| bucket(now.since(at)));
        (look.confirmed, look.seen, reminded)
    });
    let proposals: Vec<_> = deal
        .proposals
        .iter()
        .map(|line| format!("{:?}{:?}", line.by, line.offer))
        .collect();
    let shipped = deal
        .shipment
        .as_ref()
        .map(|shipment| bucket(now.since(shipment.since)));
    let keys: Vec<_> = deal
        .keys
        .iter()
        .map(|key| format!("{:?}{:?}", key.by, key.action))
        .collect();
    (
        (
            code.generation.min(2),
            code.tries.min(6),
            valid,
            locked,
            code.ever_verified,
        ),
        (
            inspection,
            deal.changes_asked,
            shipped,
            deal.evidence.len().min(2),
        ),
        (
            proposals,
            deal.proposals_made.min(9),
            keys,
            deal.holds.len(),
            deal.hold.is_some(),
        ),
        (
            bucket(deal.detected_left),
            deal.quote_left.map(bucket),
            deal.top_up_extended,
        ),
        (
            deal.refund_address.is_some(),
            deal.appealed,
            deal.reopen.buyer,
            deal.reopen.seller,
        ),
    )
}

fn of_case(case: &Dispute) -> impl Hash {
    (
        format!("{:?}{:?}{:?}", case.opener, case.opened_in, case.tier),
        (case.answers.len(), case.may_be_ruled, case.closed.is_some()),
        (case.resolver, case.first_resolver),
        format!(
            "{:?}{:?}",
            case.ruling.as_ref().map(|ruling| ruling.buyer),
            case.first_ruling.is_some()
        ),
        case.proposed
            .as_ref()
            .map(|proposed| (proposed.approver, proposed.missed_by, proposed.second_call)),
        (bucket(case.pause_left), case.parked.len()),
    )
}

/// Over, within the hour, within the day, within the week, later.
const fn bucket(span: Span) -> u8 {
    const HOUR: i64 = 3_600_000;
    match span.ms() {
        0 => 0,
        1..HOUR => 1,
        ms if ms < 24 * HOUR => 2,
        ms if ms < 7 * 24 * HOUR => 3,
        _ => 4,
    }
}
