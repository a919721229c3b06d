//! Bytes of stored files on the local disk, and pictures made from them.
#![warn(missing_docs)]

mod copies;
mod disk;
mod pictures;

pub use copies::{Carried, carry_file, copy_private, digest_of, look_at_file};
pub use disk::DiskBlobs;
pub use pictures::Pictures;
