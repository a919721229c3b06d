//! The files for browsers, built and compressed beforehand.

use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// Named by their content, so they never change.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// Files that browsers and robots ask for by a name of their own choosing.
const WELL_KNOWN: [&str; 2] = ["favicon.svg", "robots.txt"];

/// `/pkg` for the built files, and the few with names that others chose.
pub fn routes(site_dir: &Path) -> Router {
    let built = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            FOR_EVER,
        ))
        .service(
            ServeDir::new(site_dir.join("pkg"))
                .precompressed_br()
                .precompressed_gzip(),
        );
    let mut routes = Router::new().nest_service("/pkg", built);
    for name in WELL_KNOWN {
        let file = ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::if_not_present(
                header::CACHE_CONTROL,
                FOR_A_DAY,
            ))
            .service(ServeFile::new(site_dir.join("public").join(name)).precompressed_br());
        routes = routes.route_service(&format!("/{name}"), file);
    }
    routes
}
