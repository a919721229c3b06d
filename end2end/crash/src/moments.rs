//! Random moments that a seed brings back.

/// A xorshift generator: good enough to choose moments, and the same everywhere.
#[derive(Debug)]
pub struct Moments(u64);

impl Moments {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from `least` on and below `most`.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let span = most.saturating_sub(least).max(1);
        least.saturating_add(self.0.checked_rem(span).unwrap_or(0))
    }
}
