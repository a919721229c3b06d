//! Bytes of stored files on the local disk, and pictures made from them.
#![warn(missing_docs)]

mod disk;
mod pictures;

pub use disk::DiskBlobs;
pub use pictures::Pictures;
