//! The OpenAPI document: what is said of the whole.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, ServerBuilder};

/// The document with its title, its server and how callers show who they are.
pub fn about(described: OpenApi) -> OpenApi {
    let info = InfoBuilder::new()
        .title("Amn")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Escrow for deals between strangers, paid in crypto. Successes are \
             `{\"success\":true,\"data\":…}`; refusals are problems (RFC 9457) with a stable `code`.",
        ))
        .build();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The access token of `/auth/login`."))
        .build();
    let mut components = described.components.clone().unwrap_or_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    OpenApiBuilder::from(described)
        .info(info)
        .servers(Some([ServerBuilder::new().url("/api").build()]))
        .components(Some(ComponentsBuilder::from(components).build()))
        .build()
}
