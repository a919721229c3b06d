//! `GET /health` and `GET /api/health`: whether this process can do its work.

use std::sync::Arc;

use app::web::Web;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::{Value, json};

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
    let now = health.web.services.now().unix_ms();
    Json(json!({
        "success": true,
        "message": "ready",
        "timestamp": Timestamp::from_millisecond(now).unwrap_or_default().to_string(),
        "environment": health.env.name(),
        "version": env!("CARGO_PKG_VERSION"),
    }))
}
