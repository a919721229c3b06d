//! What staff find, read and decide from their desks.

mod audit;
mod categories;
mod finding;
mod people;
