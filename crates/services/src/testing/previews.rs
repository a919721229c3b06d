//! Previews that are not drawn.

use std::sync::Arc;

use async_trait::async_trait;

use crate::ports::Previews;

/// Instead of a picture gives a stamp with the number of bytes it would have drawn.
#[derive(Debug)]
pub struct StampPreviews;

#[async_trait]
impl Previews for StampPreviews {
    async fn preview(&self, bytes: Arc<[u8]>) -> Option<Vec<u8>> {
        Some(format!("a picture of {} bytes", bytes.len()).into_bytes())
    }
}
