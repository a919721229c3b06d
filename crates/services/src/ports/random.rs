//! Randomness, as a port.

use core::fmt;

/// Draws bytes that nobody can foresee: from the operating system's generator in production, from
/// a seed in tests.
pub trait Random: Send + Sync + fmt::Debug {
    /// Fills all of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Random + '_ {
    /// An array of random bytes; ten of them make a fresh id.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number below `bound`, each as likely as any other.
    pub fn below(&self, bound: u32) -> u32 {
        assert!(bound > 0, "nothing is below zero");
        // The largest multiple of `bound`: what lies above would favour small numbers.
        let fair = u32::MAX - u32::MAX % bound;
        // Each round succeeds with more than one half, so the bound is never met by chance.
        for _ in 0..256 {
            let drawn = u32::from_le_bytes(self.bytes());
            if drawn < fair {
                return drawn % bound;
            }
        }
        unreachable!("a generator that draws only from the unfair rest is broken")
    }

    /// Six decimal digits, as mailed to people.
    pub fn six_digits(&self) -> String {
        format!("{:06}", self.below(1_000_000))
    }
}
