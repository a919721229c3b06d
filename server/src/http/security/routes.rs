//! The list of all routes, read from where they are written.

use std::fs;
use std::path::Path;

/// Every route: of pages, of `/api`, of files, of health.
pub(super) fn all_routes() -> Vec<String> {
    let mut routes = vec![
        "/health".to_owned(),
        "/pkg/{file}".to_owned(),
        "/favicon.svg".to_owned(),
        "/robots.txt".to_owned(),
        "/no-such-page/{id}".to_owned(),
        "/en/".to_owned(),
    ];
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src/pages");
    for source in sources(&pages) {
        routes.extend(routes_in(&source));
    }
    let public: Vec<String> = ["/", "/how-it-works", "/auth/sign-in", "/requests/{request}"]
        .iter()
        .flat_map(|route| ["/en", "/fa"].map(|language| format!("{language}{route}")))
        .map(|route| route.trim_end_matches('/').to_owned())
        .collect();
    routes.extend(public);
    let document = serde_json::to_value(rest::document()).unwrap();
    let paths = document["paths"].as_object().unwrap().keys().cloned();
    routes.extend(paths.map(|path| {
        if path.starts_with("/api") {
            path
        } else {
            format!("/api{path}")
        }
    }));
    routes.extend(["webhook", "payout-webhook"].map(|one| format!("/api/payment/shkeeper/{one}")));
    routes.sort();
    routes.dedup();
    routes
}

/// A path of this route with `nonsense` in the place of each parameter.
pub(super) fn fill(route: &str, nonsense: &str) -> String {
    let parts = route.split('/').map(|part| {
        if part.starts_with('{') {
            nonsense
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The sources that list routes.
fn sources(pages: &Path) -> Vec<String> {
    let beside = pages.with_extension("rs");
    let mut files = vec![beside];
    for entry in fs::read_dir(pages).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    let sources = files.iter().map(|file| fs::read_to_string(file).unwrap());
    sources
        .filter(|source| source.contains(".route("))
        .collect()
}

/// The routes in one source: literals that begin with a slash, and the tables of the two places
/// where routes are put together from a beginning and a word.
fn routes_in(source: &str) -> Vec<String> {
    let mut routes = Vec::new();
    let literals: Vec<&str> = source.split('"').skip(1).step_by(2).collect();
    for literal in &literals {
        let is_plain = !literal.contains([' ', '\n', ':']) && literal.len() < 80;
        if literal.starts_with('/') && is_plain && !literal.ends_with("/{id}/") {
            routes.push((*literal).to_owned());
        } else if let Some(step) = literal.strip_prefix("{wizard}") {
            routes.push(format!("/requests/new{step}"));
        }
    }
    if source.contains("concat!(\"/deals/{id}/\", $path)") {
        let steps = source
            .lines()
            .filter_map(|line| line.trim().split_once("\" => "));
        routes
            .extend(steps.filter_map(|(step, _)| {
                Some(format!("/deals/{{id}}/{}", step.strip_prefix('"')?))
            }));
    }
    assert!(
        routes.len() >= source.matches(".route(").count().saturating_sub(1),
        "every route of a source is found in it"
    );
    routes
}
