//! Previews that are not drawn.

use std::sync::Arc;

use async_trait::async_trait;

use crate::ports::Previews;

/// Instead of a picture gives a stamp with the number of bytes it would have drawn. What says that
/// it is [`BROKEN`](Self::BROKEN) cannot be drawn.
#[derive(Debug)]
pub struct StampPreviews;

impl StampPreviews {
    /// At the end of a file that only begins like a picture.
    pub const BROKEN: &[u8] = b"broken";
}

#[async_trait]
impl Previews for StampPreviews {
    async fn preview(&self, bytes: Arc<[u8]>, _side_max: u32) -> Option<Vec<u8>> {
        if bytes.ends_with(Self::BROKEN) {
            return None;
        }
        Some(format!("a picture of {} bytes", bytes.len()).into_bytes())
    }
}
