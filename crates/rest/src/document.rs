//! The OpenAPI document: what is said of the whole.

use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, Ref,
    ResponseBuilder, ServerBuilder,
};

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
    let mut described = described;
    for item in described.paths.paths.values_mut() {
        for about in operations(item) {
            describe_what_all_can_answer(about);
        }
    }
    OpenApiBuilder::from(described)
        .info(info)
        .servers(Some([ServerBuilder::new().url("/api").build()]))
        .components(Some(ComponentsBuilder::from(components).build()))
        .build()
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let methods = [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.patch,
        &mut item.delete,
    ];
    methods.into_iter().filter_map(Option::as_mut)
}

/// What an endpoint does not say itself because it holds of all.
fn describe_what_all_can_answer(about: &mut Operation) {
    let mut common = vec![
        ("409", "`CONTENDED`: others are changing it; try again"),
        ("500", "`INTERNAL`: a fault of ours"),
        ("503", "`STORE_UNAVAILABLE`: try again after `Retry-After`"),
    ];
    if about.request_body.is_some() {
        common.extend([
            ("400", "`MALFORMED_JSON`, `UNREADABLE_BODY`"),
            ("413", "`PAYLOAD_TOO_LARGE`: more than one megabyte"),
            ("415", "`UNSUPPORTED_MEDIA_TYPE`: send JSON"),
            ("422", "`VALIDATION_FAILED`: `errors` names the fields"),
        ]);
    }
    for (status, words) in common {
        let schema = Ref::from_schema_name("Problem");
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let answer = ResponseBuilder::new()
            .description(words)
            .content("application/problem+json", content)
            .build();
        let answers = &mut about.responses.responses;
        answers.entry(status.to_owned()).or_insert(answer.into());
    }
}
