//! `GET /health` and `GET /api/health`: whether this process can do its work, and what of it waits.

use std::sync::Arc;

use app::web::Web;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::{Value, json};
use services::Services;
use services::solvency::PayoutsNow;

use crate::config::AppEnv;

#[derive(Debug, Clone)]
struct Health {
    env: AppEnv,
    web: Arc<Web>,
}

/// Both addresses: one for proxies, one for people who know the old interface.
pub fn routes(env: AppEnv, web: &Arc<Web>) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/api/health", get(health))
        .with_state(Health {
            env,
            web: Arc::clone(web),
        })
}

async fn health(State(health): State<Health>) -> Json<Value> {
    let services = &health.web.services;
    let now = services.now();
    let (payouts, reconciled_at, dead_letters) = match services.status().await {
        Ok(status) => (
            word_of(status.payouts),
            status.reconciled_at.map(written),
            Some(status.dead_letters),
        ),
        Err(_) => ("unknown", None, None),
    };
    let refused = services.refused_callbacks();
    Json(json!({
        "success": true,
        "message": "ready",
        "timestamp": written(now),
        "environment": health.env.name(),
        "version": env!("CARGO_PKG_VERSION"),
        "payouts": payouts,
        "reconciledAt": reconciled_at,
        "deadLetters": dead_letters,
        "refusedCallbacks": {
            "unsigned": refused.unsigned,
            "badSignature": refused.bad_signature,
            "stale": refused.stale,
        },
        "jobs": jobs(services),
    }))
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
