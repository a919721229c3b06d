//! Everything the process answers over HTTP.

mod client_address;
mod headers;
pub mod health;
#[cfg(test)]
mod old_addresses;
#[cfg(test)]
mod security;
#[cfg(test)]
mod shared_pages;
mod site;
pub mod starting;
#[cfg(test)]
pub mod testing;
mod webhooks;

use std::sync::Arc;

use app::web::Web;
use axum::{Router, middleware};
use tower_http::trace::TraceLayer;

use self::health::Stopping;
use crate::config::Config;

/// All routes: pages, the files they use, health.
pub fn router(config: &Config, web: &Arc<Web>, stopping: &Stopping) -> Router {
    health::routes(config.env, &web.services, stopping)
        .merge(webhooks::routes(Arc::clone(&web.services)))
        .merge(site::routes(&config.site_dir))
        .merge(rest::router(Arc::clone(&web.services)))
        .merge(app::pages::router(Arc::clone(web)))
        .layer(middleware::from_fn_with_state(
            headers::Secure(web.is_secure()),
            headers::security,
        ))
        .layer(middleware::from_fn_with_state(
            config.trusted_proxies.clone(),
            client_address::find,
        ))
        .layer(TraceLayer::new_for_http())
}
