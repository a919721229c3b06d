//! The OpenAPI document: what is said of the whole.

use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathItem,
    Ref, RefOr, ResponseBuilder, ServerBuilder,
};
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::problem::ProblemBody;

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
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(
        "__Host-session",
        "The browser's session; it counts only in what our own pages send.",
    ));
    let mut components = described.components.clone().unwrap_or_default();
    let mut schemas = vec![(ProblemBody::name().into_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
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

/// What an endpoint does not say itself because it holds of all, and that every refusal is a
/// problem.
fn describe_what_all_can_answer(about: &mut Operation) {
    let mut common = vec![
        ("409", "`CONTENDED`: others are changing it; try again"),
        ("500", "`INTERNAL`: a fault of ours"),
        ("503", "`STORE_UNAVAILABLE`: try again after `Retry-After`"),
    ];
    if about.security.is_some() {
        common.push((
            "401",
            "`SIGN_IN_NEEDED`: a token or a session is missing or over",
        ));
    }
    let malformed = what_can_be_malformed(about);
    if !malformed.is_empty() {
        common.push(("400", &malformed));
    }
    if about.request_body.is_some() {
        common.extend([
            ("413", "`PAYLOAD_TOO_LARGE`: more than one megabyte"),
            ("415", "`UNSUPPORTED_MEDIA_TYPE`: send JSON"),
        ]);
    }
    if about.request_body.is_some() || takes(about, ParameterIn::Query, None) {
        let words = "`VALIDATION_FAILED`: `errors` names the fields";
        common.push(("422", words));
    }
    let answers = &mut about.responses.responses;
    for (status, words) in common {
        let answer = ResponseBuilder::new().description(words).build();
        answers.entry(status.to_owned()).or_insert(answer.into());
    }
    for (status, answer) in answers {
        if let (false, RefOr::T(answer)) = (status.starts_with('2'), answer) {
            let schema = Ref::from_schema_name("Problem");
            let content: RefOr<Content> =
                RefOr::T(ContentBuilder::new().schema(Some(schema)).build());
            answer
                .content
                .insert("application/problem+json".to_owned(), content);
        }
    }
}

/// What of a call can be unreadable, apart from its meaning.
fn what_can_be_malformed(about: &Operation) -> String {
    let takes = |header: &'static str| takes(about, ParameterIn::Header, Some(header));
    let told = [
        (
            about.request_body.is_some(),
            "`MALFORMED_JSON`, `UNREADABLE_BODY`",
        ),
        (
            takes("Idempotency-Key"),
            "`IDEMPOTENCY_KEY_NEEDED`, `INVALID_IDEMPOTENCY_KEY`",
        ),
        (takes("If-Match"), "`INVALID_IF_MATCH`"),
    ];
    let told = told.into_iter().filter(|(can_be, _)| *can_be);
    told.map(|(_, words)| words).collect::<Vec<_>>().join(", ")
}

/// Whether a call has such a parameter; without a name, any there.
fn takes(about: &Operation, place: ParameterIn, name: Option<&str>) -> bool {
    let mut parameters = about.parameters.iter().flatten();
    parameters.any(|one| match one {
        RefOr::T(one) => one.parameter_in == place && name.is_none_or(|name| one.name == name),
        RefOr::Ref(_) => false,
    })
}
