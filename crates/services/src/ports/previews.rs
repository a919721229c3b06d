//! Pictures that are safe to show, made from files that people brought: as a port.

use core::fmt;
use std::sync::Arc;

use async_trait::async_trait;

/// Makes pictures that are safe to show.
#[async_trait]
pub trait Previews: Send + Sync + fmt::Debug {
    /// A picture of an image file, drawn anew from its pixels as JPEG and no longer on any side than
    /// `side_max` pixels: nothing else that the file may carry comes along. None when the bytes are
    /// no picture of a kind that can be drawn, or one too large to be drawn safely.
    async fn preview(&self, bytes: Arc<[u8]>, side_max: u32) -> Option<Vec<u8>>;
}
