//! The machine explored: at random and everywhere. More of it by `cargo run --release -p domain
//! --example explore`.

use std::collections::BTreeSet;

use domain::deal::State;

use crate::explore::breadth;
use crate::explore::rest::Rests;
use crate::explore::walk::{self, Found};
use crate::fixtures;

const STEPS: usize = 100_000;
const SEED: u64 = 20_261_124;
/// Further walks at the most, each a quarter as long.
const DETOURS: u64 = 6;

#[test]
fn a_hundred_thousand_random_steps_keep_every_promise() {
    let starts = fixtures::starts();
    let mut rests = Rests::default();
    let mut walk = |seed, steps| {
        walk::walk(&starts, seed, steps, &mut rests, |_| ())
            .unwrap_or_else(|trace| panic!("{trace}"))
    };
    let mut found = walk(SEED, STEPS);
    assert!(found.steps >= STEPS);
    // Some kinds of events are rare: a little further they are met too.
    for seed in SEED + 1..=SEED + DETOURS {
        if !unseen_events(&found).is_empty() {
            let further = walk(seed, STEPS / 4);
            found.states.extend(further.states);
            found.events.extend(further.events);
        }
    }
    assert_eq!(found.states.len(), State::ALL.len(), "{:?}", found.states);
    assert_eq!(unseen_events(&found), BTreeSet::new());
    assert_asked(&rests, STEPS);
}

/// Each deal was asked whether it comes to rest; many differ, and some were followed to the end
/// whatever was known.
#[track_caller]
fn assert_asked(rests: &Rests, visited: usize) {
    assert!(rests.asked > visited, "{} asked", rests.asked);
    assert!(rests.known() > visited / 4, "{} differ", rests.known());
    assert!(rests.in_full > visited / 100, "{} in full", rests.in_full);
}

/// Kinds of events that walking should come across and did not.
fn unseen_events(found: &Found) -> BTreeSet<&'static str> {
    ALL_EVENTS
        .iter()
        .copied()
        .filter(|kind| !found.events.contains(*kind))
        .collect()
}

#[test]
fn everything_a_few_moves_from_every_start_keeps_every_promise() {
    let mut rests = Rests::default();
    let explored = breadth::explore(&fixtures::starts(), 2, 2_500, 5, &mut rests, |_| ());
    let explored = explored.unwrap_or_else(|trace| panic!("{trace}"));
    assert!(explored.deals > 1_000, "{explored:?}");
    assert_asked(&rests, explored.deals);
}

/// Every kind of event but the first, which opening a deal makes.
const ALL_EVENTS: &[&str] = &[
    "refund_address_set",
    "deposit_seen",
    "deposit_dropped",
    "deposit_credited",
    "deposit_reversed",
    "deposit_rescued",
    "payment_detected",
    "payment_undetected",
    "payment_short",
    "payment_gone",
    "top_up_extended",
    "shortfall_waived",
    "funded",
    "cancelled",
    "expired",
    "shipped",
    "code_made",
    "code_refused",
    "code_verified",
    "delivered_without_code",
    "delivery_seen",
    "reminder_due",
    "reminder_written",
    "changes_asked",
    "evidence_added",
    "deadlines_extended",
    "proposed",
    "proposal_withdrawn",
    "proposal_accepted",
    "dispute_opened",
    "dispute_answered",
    "answer_overdue",
    "dispute_withdrawn",
    "resolver_drawn",
    "ruling_proposed",
    "approver_drawn",
    "approval_overdue",
    "ruling_dropped",
    "ruling_pause_over",
    "ruled",
    "appealed",
    "ruling_voided",
    "settled",
    "surplus_planned",
    "late_planned",
    "leg_address_given",
    "leg_endorsed",
    "leg_approved",
    "leg_sending",
    "leg_taken",
    "leg_unclear",
    "leg_failed",
    "leg_resend_agreed",
    "leg_paid",
    "leg_paid_again",
    "leg_unclaimed",
    "leg_claimed",
    "leg_joined",
    "leg_released",
    "closed",
    "late_funds_offered",
    "late_funds_gone",
    "reopen_agreed",
    "reopened",
    "suspended",
    "funding_restored",
    "funding_lost",
    "loss_found",
    "loss_made_good",
    "loss_settled",
    "hold_placed",
    "hold_lifted",
    "hold_lapsed",
    "key_turned",
    "downtime_credited",
];
