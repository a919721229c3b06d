//! Categories of goods.

mod read_catalogue;
mod write_category;

pub use write_category::{EditCategory, NewCategory, WriteCategoryError};
