//! The books of all deals, computed anew: what an operator wants to know of a restored store, and
//! whoever has let it storm.

mod figures;
mod recompute;

pub use figures::{AssetBooks, Books, Fault};
pub use recompute::recompute;
