//! The deadlines of a deal: running, paused by a hold or a suspension, or parked by a dispute.

use serde::{Deserialize, Serialize};

use super::leg::LegId;
use crate::time::{Span, Timestamp};

/// Price held for the buyer until it must have arrived.
pub const QUOTE: Span = Span::minutes(60);
/// How long all stays in DETECTED may take together.
pub const DETECTED: Span = Span::hours(24);
/// How long an underpaid deal waits for the rest; a top-up that is seen extends it once.
pub const TOP_UP: Span = Span::hours(24);
/// How long the other party has to answer a dispute.
pub const ANSWER: Span = Span::hours(72);
/// How long a resolver has to rule.
pub const RULING: Span = Span::days(14);
/// How long an approver has, before another is drawn.
pub const APPROVAL: Span = Span::hours(48);
/// How long proposed rulings may stop the ruling clock, in one tier, all together.
pub const RULING_PAUSE: Span = Span::hours(96);
/// How long a ruling can be appealed.
pub const APPEAL: Span = Span::hours(48);
/// How long a suspension waits for the chain to give the money back.
pub const SUSPENSION: Span = Span::hours(24);
/// One period of a hold.
pub const HOLD: Span = Span::days(7);
/// How long both may agree to go on with late money.
pub const LATE_FUNDS: Span = Span::hours(72);
/// How long a leg waits for its payee's address.
pub const CLAIM: Span = Span::days(90);
/// After any pause every deadline is at least this far away.
pub const GRACE: Span = Span::hours(24);
/// How long before an automatic release the buyer must have been reminded.
pub const REMINDER_LEAD: Span = Span::hours(24);

/// What a deadline is for. The order breaks ties: a refund goes before a dispute at one instant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DeadlineKind {
    /// The hold lapses.
    Hold,
    /// The suspension ends: the money is gone.
    Suspension,
    /// The price is no longer held for the buyer.
    Quote,
    /// A seen transfer has not confirmed for too long.
    Detected,
    /// The rest of the price must be here.
    TopUp,
    /// The seller must have shipped.
    ShipBy,
    /// It must have been delivered.
    Delivery,
    /// The buyer is to be reminded that the inspection ends.
    Reminder,
    /// The inspection ends.
    Inspection,
    /// The other party must have answered the dispute.
    Answer,
    /// The approver must have approved the ruling.
    Approval,
    /// A proposed ruling no longer stops the ruling clock.
    RulingPause,
    /// Somebody must have ruled.
    Ruling,
    /// The ruling can no longer be appealed.
    Appeal,
    /// Both must have agreed to go on with late money.
    LateFunds,
    /// The payee must have given an address.
    Claim {
        /// The leg that waits.
        leg: LegId,
    },
}

impl DeadlineKind {
    /// The clocks of a hold and of a suspension never freeze.
    const fn never_freezes(&self) -> bool {
        matches!(self, Self::Hold | Self::Suspension)
    }
}

/// A running deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What it is for.
    #[serde(flatten)]
    pub kind: DeadlineKind,
    /// When it started; downtime before that does not concern it.
    pub since: Timestamp,
    /// When it is over.
    pub at: Timestamp,
    /// How much of it was given back for our own downtime.
    #[serde(default)]
    pub downtime: Span,
}

/// A stopped deadline and the time it had left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// What it is for.
    #[serde(flatten)]
    pub kind: DeadlineKind,
    /// What it had left.
    pub left: Span,
}

/// All deadlines of a deal but those that its dispute has parked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clocks {
    running: Vec<Deadline>,
    paused: Option<Vec<Stopped>>,
}

impl Clocks {
    /// Running deadlines, soonest first.
    pub fn running(&self) -> &[Deadline] {
        &self.running
    }

    /// Stopped deadlines, while a hold or a suspension lasts.
    pub fn paused(&self) -> &[Stopped] {
        self.paused.as_deref().unwrap_or_default()
    }

    /// The soonest running deadline.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.running.first().map(|deadline| deadline.at)
    }

    /// When this deadline is over, if it is running.
    pub fn at(&self, kind: &DeadlineKind) -> Option<Timestamp> {
        self.running
            .iter()
            .find(|deadline| deadline.kind == *kind)
            .map(|deadline| deadline.at)
    }

    /// Whether this deadline exists, running or paused.
    pub fn has(&self, kind: &DeadlineKind) -> bool {
        self.at(kind).is_some() || self.paused().iter().any(|stopped| stopped.kind == *kind)
    }

    /// Starts a deadline, or sets it anew; while the clocks are paused it starts paused.
    pub(super) fn start(&mut self, kind: DeadlineKind, now: Timestamp, span: Span) {
        self.stop(&kind, now);
        match &mut self.paused {
            Some(paused) if !kind.never_freezes() => paused.push(Stopped { kind, left: span }),
            _ => {
                let at = now.plus(span);
                self.running.push(Deadline {
                    kind,
                    since: now,
                    at,
                    downtime: Span::ZERO,
                });
                self.sort();
            }
        }
    }

    /// Takes a deadline away; says how much it had left.
    pub(super) fn stop(&mut self, kind: &DeadlineKind, now: Timestamp) -> Option<Span> {
        let mut left = None;
        self.running.retain(|deadline| {
            let is_it = deadline.kind == *kind;
            if is_it {
                left = Some(deadline.at.since(now));
            }
            !is_it
        });
        if let Some(paused) = &mut self.paused {
            paused.retain(|stopped| {
                let is_it = stopped.kind == *kind;
                if is_it {
                    left = Some(stopped.left);
                }
                !is_it
            });
        }
        left
    }

    /// Makes sure that a deadline is no sooner than `span` from now.
    pub(super) fn no_sooner(&mut self, kind: &DeadlineKind, now: Timestamp, span: Span) {
        for deadline in self
            .running
            .iter_mut()
            .filter(|deadline| deadline.kind == *kind)
        {
            deadline.at = deadline.at.max(now.plus(span));
        }
        for stopped in self
            .paused
            .iter_mut()
            .flatten()
            .filter(|stopped| stopped.kind == *kind)
        {
            stopped.left = stopped.left.max(span);
        }
        self.sort();
    }

    /// Moves deadlines of these kinds further away.
    pub(super) fn lengthen(&mut self, kinds: &[DeadlineKind], by: Span) {
        for deadline in self
            .running
            .iter_mut()
            .filter(|deadline| kinds.contains(&deadline.kind))
        {
            deadline.at = deadline.at.plus(by);
        }
        for stopped in self
            .paused
            .iter_mut()
            .flatten()
            .filter(|stopped| kinds.contains(&stopped.kind))
        {
            stopped.left = stopped.left.plus(by);
        }
        self.sort();
    }

    /// Takes all deadlines of these kinds away, to be kept by a dispute.
    pub(super) fn park(&mut self, kinds: &[DeadlineKind], now: Timestamp) -> Vec<Stopped> {
        kinds
            .iter()
            .filter_map(|kind| {
                self.stop(kind, now).map(|left| Stopped {
                    kind: kind.clone(),
                    left,
                })
            })
            .collect()
    }

    /// Starts parked deadlines again, each with at least [`GRACE`] left.
    pub(super) fn unpark(&mut self, parked: &[Stopped], now: Timestamp) {
        for stopped in parked {
            self.start(stopped.kind.clone(), now, stopped.left.max(GRACE));
        }
    }

    /// Freezes all that freezes. A second pause within a pause changes nothing.
    pub(super) fn pause(&mut self, now: Timestamp) {
        if self.paused.is_some() {
            return;
        }
        let (keep, freeze): (Vec<_>, Vec<_>) = self
            .running
            .drain(..)
            .partition(|deadline| deadline.kind.never_freezes());
        self.running = keep;
        let stopped = freeze.into_iter().map(|deadline| Stopped {
            left: deadline.at.since(now),
            kind: deadline.kind,
        });
        self.paused = Some(stopped.collect());
    }

    /// Thaws: every deadline is then at least [`GRACE`] away.
    pub(super) fn resume(&mut self, now: Timestamp) {
        let stopped = self.paused.take().unwrap_or_default();
        self.unpark(&stopped, now);
    }

    /// Gives a gap back to every running deadline, as far as it hurt it.
    pub(super) fn extend(&mut self, from: Timestamp, until: Timestamp) {
        for deadline in &mut self.running {
            let hurt = until.since(from.max(deadline.since));
            deadline.at = deadline.at.plus(hurt);
            deadline.downtime = deadline.downtime.plus(hurt);
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.running
            .sort_by(|one, other| (one.at, &one.kind).cmp(&(other.at, &other.kind)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_unix_ms(1_000_000_000);

    #[test]
    fn a_pause_keeps_what_was_left_and_thaws_to_a_day_at_the_least() {
        let mut clocks = Clocks::default();
        clocks.start(DeadlineKind::ShipBy, NOON, Span::hours(2));
        clocks.start(DeadlineKind::Delivery, NOON, Span::days(9));
        clocks.start(DeadlineKind::Hold, NOON, HOLD);
        clocks.pause(NOON);
        assert_eq!(
            clocks.next_at(),
            Some(NOON.plus(HOLD)),
            "the hold's own clock runs on"
        );
        let later = NOON.plus(Span::days(5));
        clocks.resume(later);
        assert_eq!(clocks.at(&DeadlineKind::ShipBy), Some(later.plus(GRACE)));
        assert_eq!(
            clocks.at(&DeadlineKind::Delivery),
            Some(later.plus(Span::days(9)))
        );
    }

    #[test]
    fn a_clock_started_during_a_pause_starts_paused() {
        let mut clocks = Clocks::default();
        clocks.pause(NOON);
        clocks.start(DeadlineKind::Inspection, NOON, Span::days(3));
        assert_eq!(clocks.next_at(), None);
        assert!(clocks.has(&DeadlineKind::Inspection));
    }

    #[test]
    fn downtime_is_given_back_only_to_clocks_that_it_hurt() {
        let mut clocks = Clocks::default();
        clocks.start(DeadlineKind::ShipBy, NOON, Span::days(1));
        let end_of_gap = NOON.plus(Span::hours(3));
        clocks.start(DeadlineKind::Delivery, end_of_gap, Span::days(2));
        clocks.start(DeadlineKind::Hold, NOON.plus(Span::minutes(150)), HOLD);
        clocks.extend(NOON.plus(Span::hours(1)), end_of_gap);
        assert_eq!(
            clocks.at(&DeadlineKind::ShipBy),
            Some(NOON.plus(Span::hours(26)))
        );
        assert_eq!(
            clocks.at(&DeadlineKind::Hold),
            Some(end_of_gap.plus(HOLD)),
            "only the half hour that it ran"
        );
        assert_eq!(
            clocks.at(&DeadlineKind::Delivery),
            Some(end_of_gap.plus(Span::days(2)))
        );
    }
}
