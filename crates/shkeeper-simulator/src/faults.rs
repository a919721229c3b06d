//! What can go wrong on purpose: rates drawn from the seed, and single faults armed by hand.

use serde::{Deserialize, Serialize};

/// How often things go wrong, each in parts of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FaultRates {
    /// A callback never arrives and never comes again: something on the way acknowledged it.
    pub(crate) lost: u16,
    /// A callback arrives twice.
    pub(crate) doubled: u16,
    /// A callback is held up until the next tick, with its old signature; a newly signed one goes
    /// out as well.
    pub(crate) delayed: u16,
    /// A callback is signed with another key.
    pub(crate) wrong_signature: u16,
    /// The callbacks of one round go out in another order.
    pub(crate) reordered: u16,
    /// A payout request fails before the wallet was asked.
    pub(crate) payout_error_before: u16,
    /// A payout request fails after the money left, and no record is written.
    pub(crate) payout_error_after: u16,
    /// The connection of a payout request breaks before the wallet was asked.
    pub(crate) payout_cut_before: u16,
    /// The connection of a payout request breaks after the money left, and no record is written.
    pub(crate) payout_cut_after: u16,
}

/// What goes wrong with one callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallbackFault {
    Lost,
    Doubled,
    Delayed,
    WrongSignature,
}

/// What goes wrong with one payout request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PayoutFault {
    /// A 500 before the wallet was asked: nothing left.
    ErrorBefore,
    /// A 500 after the money left; the record was never written.
    ErrorAfter,
    /// The connection breaks before the wallet was asked: nothing left.
    CutBefore,
    /// The connection breaks after the money left; the record was never written.
    CutAfter,
}

impl CallbackFault {
    /// What is counted.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Lost => "callbacks lost",
            Self::Doubled => "callbacks doubled",
            Self::Delayed => "callbacks delayed",
            Self::WrongSignature => "callbacks with a wrong signature",
        }
    }
}

impl PayoutFault {
    /// What is counted.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::ErrorBefore => "payouts refused by an error",
            Self::ErrorAfter => "payouts with an error after the money left",
            Self::CutBefore => "payouts cut off before the money left",
            Self::CutAfter => "payouts cut off after the money left",
        }
    }

    pub(crate) fn money_leaves(self) -> bool {
        matches!(self, Self::ErrorAfter | Self::CutAfter)
    }

    pub(crate) fn connection_breaks(self) -> bool {
        matches!(self, Self::CutBefore | Self::CutAfter)
    }
}

/// `SplitMix64`: small, seedable, good enough to shuffle troubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Whether something that happens `per_mille` times in a thousand happens now.
    pub(crate) fn happens(&mut self, per_mille: u16) -> bool {
        self.roll() % 1_000 < u64::from(per_mille)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let below = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
            let other = usize::try_from(self.roll() % below).unwrap_or(0);
            items.swap(last, other);
        }
    }

    pub(crate) fn callback_fault(&mut self, rates: FaultRates) -> Option<CallbackFault> {
        [
            (rates.lost, CallbackFault::Lost),
            (rates.delayed, CallbackFault::Delayed),
            (rates.doubled, CallbackFault::Doubled),
            (rates.wrong_signature, CallbackFault::WrongSignature),
        ]
        .into_iter()
        .find_map(|(rate, fault)| self.happens(rate).then_some(fault))
    }

    pub(crate) fn payout_fault(&mut self, rates: FaultRates) -> Option<PayoutFault> {
        [
            (rates.payout_error_before, PayoutFault::ErrorBefore),
            (rates.payout_error_after, PayoutFault::ErrorAfter),
            (rates.payout_cut_before, PayoutFault::CutBefore),
            (rates.payout_cut_after, PayoutFault::CutAfter),
        ]
        .into_iter()
        .find_map(|(rate, fault)| self.happens(rate).then_some(fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_brings_the_same_troubles() {
        let rates = FaultRates {
            lost: 200,
            doubled: 200,
            ..FaultRates::default()
        };
        let troubles = |seed| {
            let mut dice = Dice::new(seed);
            (0..64)
                .map(|_| dice.callback_fault(rates))
                .collect::<Vec<_>>()
        };
        assert_eq!(troubles(7), troubles(7));
        assert_ne!(troubles(7), troubles(8));
    }

    #[test]
    fn no_rate_is_no_trouble_and_a_full_rate_is_trouble_each_time() {
        let mut dice = Dice::new(1);
        for _ in 0..100 {
            assert_eq!(dice.callback_fault(FaultRates::default()), None);
            assert!(dice.happens(1_000));
        }
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<u32> = (0..50).collect();
        Dice::new(3).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
