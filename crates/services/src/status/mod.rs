//! How the place is doing, for everybody to see.

mod view_status;

pub use storage::Gap;
pub use view_status::{Health, Part, PartStatus, Status};
