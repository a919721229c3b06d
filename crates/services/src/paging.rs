//! How lists are read page by page, for the doors: they know nothing else of the store.

pub use storage::{Cursor, InvalidCursor, Limit, Page, PageRequest};
