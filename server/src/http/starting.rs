//! What is answered before the store is open and brought up to date: 503, and nothing else.

use axum::Router;
use axum::http::{StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::serve::Fault;

/// Answers on a listener until [`Starting::end`].
#[derive(Debug)]
pub struct Starting {
    done: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Starting {
    /// Begins to answer.
    pub fn begin(listener: TcpListener) -> Self {
        let (done, ended) = oneshot::channel();
        let serving = axum::serve(listener, routes()).with_graceful_shutdown(async {
            // Also when whoever started it has failed.
            drop(ended.await);
        });
        Self {
            done,
            serving: tokio::spawn(serving.into_future()),
        }
    }

    /// Finishes what is being answered, and leaves the listener to others.
    pub async fn end(self) -> Result<(), Fault> {
        drop(self.done);
        Ok(self.serving.await??)
    }
}

fn routes() -> Router {
    Router::new().fallback(|| async {
        let again = [(header::RETRY_AFTER, "1"), (header::CONNECTION, "close")];
        (StatusCode::SERVICE_UNAVAILABLE, again, "starting\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::testing::get;

    #[tokio::test]
    async fn a_process_that_is_starting_is_not_ready() {
        for path in ["/", "/health", "/api/health"] {
            let answer = get(&routes(), path).await;
            assert_eq!(answer, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        }
    }
}
