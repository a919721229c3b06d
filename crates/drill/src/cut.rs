//! Cutting something off in the middle.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Goes on with `work` until it has waited for something more than `waits` times; then it is
/// dropped where it stands, as a killed process drops it. What it had asked of the disk or of the
/// network may still happen.
pub(crate) async fn cut_after<T>(waits: u32, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut left) = (pin!(work), waits);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left = left.saturating_sub(1);
            Poll::Pending
        }
    })
    .await
}
