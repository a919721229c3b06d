//! Offers: making, changing, comparing, accepting.

mod accepting;
mod comparing;
mod crashing;
mod making;
mod racing;
