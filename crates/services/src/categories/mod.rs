//! Categories of goods.

mod read_catalogue;
