//! `GET /health`: this process answers. `GET /api/health`: whether it can do its work, with 503 when
//! it cannot. Both tell what of the work waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::{Value, json};
use services::Services;
use services::solvency::{PayoutsNow, Status};

use crate::config::AppEnv;

/// Whether the process was told to stop: then it is not ready any more, whatever the store says.
#[derive(Debug, Clone, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// From now on the process is not ready.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Debug, Clone)]
struct Health {
    env: AppEnv,
    services: Arc<Services>,
    stopping: Stopping,
}

/// Liveness for whoever restarts the process, readiness for whoever sends people to it.
pub fn routes(env: AppEnv, services: &Arc<Services>, stopping: &Stopping) -> Router {
    Router::new()
        .route("/health", get(alive))
        .route("/api/health", get(ready))
        .with_state(Health {
            env,
            services: Arc::clone(services),
            stopping: stopping.clone(),
        })
}

async fn alive(State(health): State<Health>) -> Json<Value> {
    let status = health.services.status().await.ok();
    Json(health.told(true, "ready", status))
}

async fn ready(State(health): State<Health>) -> (StatusCode, Json<Value>) {
    if health.stopping.has_begun() {
        let told = health.told(false, "stopping", None);
        return (StatusCode::SERVICE_UNAVAILABLE, Json(told));
    }
    // A read is not enough: a full disk still reads.
    let writes = health.services.store().check().await;
    let status = match writes {
        Ok(()) => health.services.status().await,
        Err(error) => Err(error),
    };
    match status {
        Ok(status) => (
            StatusCode::OK,
            Json(health.told(true, "ready", Some(status))),
        ),
        Err(error) => {
            tracing::error!(%error, "not ready: the store does not answer");
            let told = health.told(false, "the store does not answer", None);
            (StatusCode::SERVICE_UNAVAILABLE, Json(told))
        }
    }
}

impl Health {
    fn told(&self, success: bool, message: &str, status: Option<Status>) -> Value {
        let refused = self.services.refused_callbacks();
        let payouts = status.map_or("unknown", |status| word_of(status.payouts));
        json!({
            "success": success,
            "message": message,
            "timestamp": written(self.services.now()),
            "environment": self.env.name(),
            "version": env!("CARGO_PKG_VERSION"),
            "payouts": payouts,
            "reconciledAt": status.and_then(|status| status.reconciled_at).map(written),
            "deadLetters": status.map(|status| status.dead_letters),
            "refusedCallbacks": {
                "unsigned": refused.unsigned,
                "badSignature": refused.bad_signature,
                "stale": refused.stale,
            },
            "jobs": jobs(&self.services),
        })
    }
}

/// What each job of this process did since it started.
fn jobs(services: &Services) -> Value {
    let counts = services.job_counts().into_iter().map(|count| {
        let said = json!({
            "runs": count.runs,
            "done": count.done,
            "failed": count.failed,
            "lastAt": count.last_at.map(written),
        });
        (count.job.name().to_owned(), said)
    });
    Value::Object(counts.collect())
}

const fn word_of(payouts: PayoutsNow) -> &'static str {
    match payouts {
        PayoutsNow::Running => "running",
        PayoutsNow::Stopped { .. } => "stopped",
    }
}

fn written(at: domain::Timestamp) -> String {
    Timestamp::from_millisecond(at.unix_ms())
        .unwrap_or_default()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::testing::{House, get};

    fn routes_of(house: &House, stopping: &Stopping) -> Router {
        routes(AppEnv::Production, &house.services, stopping)
    }

    #[tokio::test]
    async fn a_process_with_its_store_is_ready() {
        let house = House::open();
        let router = routes_of(&house, &Stopping::default());
        for path in ["/health", "/api/health"] {
            assert_eq!(get(&router, path).await, StatusCode::OK, "{path}");
        }
    }

    #[tokio::test]
    async fn without_its_store_a_process_is_alive_and_not_ready() {
        let house = House::open();
        let router = routes_of(&house, &Stopping::default());
        house.services.store().close().await;
        assert_eq!(get(&router, "/health").await, StatusCode::OK);
        let answer = get(&router, "/api/health").await;
        assert_eq!(answer, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn a_process_that_was_told_to_stop_is_not_ready() {
        let house = House::open();
        let stopping = Stopping::default();
        let router = routes_of(&house, &stopping);
        stopping.begin();
        let answer = get(&router, "/api/health").await;
        assert_eq!(answer, StatusCode::SERVICE_UNAVAILABLE);
    }
}
