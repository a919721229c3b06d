//! What a drill found, in figures.

use core::fmt;
use std::collections::BTreeMap;

/// How many words about single faults are kept.
const WORDS_MAX: usize = 20;

/// What the people of a house did.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) journeys: u64,
    /// Journeys whose people could not do all they had in mind within the rounds there are.
    pub(crate) unfinished: u64,
    pub(crate) commands: u64,
    /// Commands that a deal refused, as its rules have it.
    pub(crate) refusals: u64,
    pub(crate) repeats: u64,
    pub(crate) repeats_that_changed: u64,
    /// Payments that were dropped or replaced before they came into a block.
    pub(crate) dropped: u64,
    pub(crate) crashes: u64,
    pub(crate) forged: u64,
    pub(crate) forged_taken: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.journeys += other.journeys;
        self.unfinished += other.unfinished;
        self.commands += other.commands;
        self.refusals += other.refusals;
        self.repeats += other.repeats;
        self.repeats_that_changed += other.repeats_that_changed;
        self.dropped += other.dropped;
        self.crashes += other.crashes;
        self.forged += other.forged;
        self.forged_taken += other.forged_taken;
    }
}

/// What was found in houses at rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings {
    pub(crate) tally: Tally,
    pub(crate) injected: BTreeMap<String, u64>,
    pub(crate) ends: BTreeMap<String, u64>,
    pub(crate) words: Vec<String>,
    pub(crate) deals: u64,
    pub(crate) deposits: u64,
    pub(crate) payouts: u64,
    pub(crate) orders: u64,
    pub(crate) comparisons: u64,
    pub(crate) waiting_for_proof: u64,
    pub(crate) unsettled: u64,
    pub(crate) double_payouts: u64,
    pub(crate) paid_on_paper: u64,
    pub(crate) repeated_ids: u64,
    pub(crate) credited_twice: u64,
    pub(crate) credited_from_nothing: u64,
    pub(crate) arrived_uncounted: u64,
    pub(crate) breaches: u64,
    pub(crate) imbalance: u64,
    pub(crate) unclaimed_effects: u64,
    pub(crate) untold: u64,
    pub(crate) broken_logs: u64,
    pub(crate) unreserved: u64,
    pub(crate) forbidden: u64,
    pub(crate) shortfalls: u64,
}

impl Findings {
    fn add(&mut self, other: &Self) {
        self.tally.add(&other.tally);
        for (name, count) in &other.injected {
            *self.injected.entry(name.clone()).or_default() += count;
        }
        for (name, count) in &other.ends {
            *self.ends.entry(name.clone()).or_default() += count;
        }
        let room = WORDS_MAX.saturating_sub(self.words.len());
        self.words.extend(other.words.iter().take(room).cloned());
        self.deals += other.deals;
        self.deposits += other.deposits;
        self.payouts += other.payouts;
        self.orders += other.orders;
        self.comparisons += other.comparisons;
        self.waiting_for_proof += other.waiting_for_proof;
        self.unsettled += other.unsettled;
        self.double_payouts += other.double_payouts;
        self.paid_on_paper += other.paid_on_paper;
        self.repeated_ids += other.repeated_ids;
        self.credited_twice += other.credited_twice;
        self.credited_from_nothing += other.credited_from_nothing;
        self.arrived_uncounted += other.arrived_uncounted;
        self.breaches += other.breaches;
        self.imbalance += other.imbalance;
        self.unclaimed_effects += other.unclaimed_effects;
        self.untold += other.untold;
        self.broken_logs += other.broken_logs;
        self.unreserved += other.unreserved;
        self.forbidden += other.forbidden;
        self.shortfalls += other.shortfalls;
    }
}

/// Something that must never be, and how often it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub what: &'static str,
    /// How often it was; 0 is right.
    pub count: u64,
}

/// What a drill found.
#[derive(Debug, Clone)]
pub struct Report {
    seed: u64,
    found: Findings,
}

impl Report {
    pub(crate) fn new(seed: u64) -> Self {
        let found = Findings::default();
        Self { seed, found }
    }

    pub(crate) fn add(&mut self, found: &Findings) {
        self.found.add(found);
    }

    /// How many journeys were played.
    pub fn journeys(&self) -> u64 {
        self.found.tally.journeys
    }

    /// Every invariant's figure, in the order of the invariants.
    pub fn figures(&self) -> Vec<Figure> {
        let found = &self.found;
        [
            ("deals with a broken invariant", found.breaches),
            ("ledgers out of balance", found.imbalance),
            ("double payouts", found.double_payouts),
            (
                "payouts that the ledger has and the chain has not",
                found.paid_on_paper,
            ),
            ("payout ids used twice", found.repeated_ids),
            ("deposits credited twice", found.credited_twice),
            (
                "deposits credited that never arrived",
                found.credited_from_nothing,
            ),
            (
                "deposits that arrived and count nowhere",
                found.arrived_uncounted,
            ),
            ("effects that nobody had claimed", found.unclaimed_effects),
            ("deals with events that nobody was told of", found.untold),
            ("event logs with a gap", found.broken_logs),
            ("payouts sent before they were reserved", found.unreserved),
            ("payouts sent while nothing may be sent", found.forbidden),
            ("comparisons in which money was missing", found.shortfalls),
            (
                "repeated commands that changed something",
                found.tally.repeats_that_changed,
            ),
            ("forged callbacks taken", found.tally.forged_taken),
            ("deals that did not come to rest", found.unsettled),
            ("journeys that were not finished", found.tally.unfinished),
        ]
        .map(|(what, count)| Figure { what, count })
        .to_vec()
    }

    /// What must never be, and was.
    pub fn breaches(&self) -> Vec<Figure> {
        let mut figures = self.figures();
        figures.retain(|figure| figure.count > 0);
        figures
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, tally) = (&self.found, &self.found.tally);
        writeln!(
            f,
            "Fire drill of {} journeys, seed {}.",
            tally.journeys, self.seed
        )?;
        writeln!(f, "\nWhat was done")?;
        for (what, count) in [
            ("deals", found.deals),
            ("deposits that count", found.deposits),
            ("payouts that left", found.payouts),
            ("commands carried out", tally.commands),
            ("commands refused by a deal's rules", tally.refusals),
            ("commands repeated under their key", tally.repeats),
            (
                "comparisons of what is owed and what is there",
                found.comparisons,
            ),
            (
                "payouts that left unrecorded, where only the chain proves it",
                found.waiting_for_proof,
            ),
        ] {
            writeln!(f, "  {count:>9}  {what}")?;
        }
        writeln!(f, "\nWhere deals ended")?;
        for (state, count) in &found.ends {
            writeln!(f, "  {count:>9}  {state}")?;
        }
        writeln!(f, "\nWhat went wrong on purpose")?;
        writeln!(
            f,
            "  {:>9}  crashes in the middle of something",
            tally.crashes
        )?;
        writeln!(f, "  {:>9}  forged callbacks", tally.forged)?;
        writeln!(f, "  {:>9}  payments dropped or replaced", tally.dropped)?;
        for (fault, count) in &found.injected {
            writeln!(f, "  {count:>9}  {fault}")?;
        }
        writeln!(f, "\nWhat must be 0")?;
        for Figure { what, count } in self.figures() {
            let mark = if count == 0 { ' ' } else { '!' };
            writeln!(f, "{mark} {count:>9}  {what}")?;
        }
        for word in &found.words {
            writeln!(f, "! {word}")?;
        }
        Ok(())
    }
}
