//! What every route promises to strangers: each is asked for with nonsense, by a visitor and by
//! somebody with every role, and every answer is looked at.
//!
//! The routes are those written in the sources of the pages and in the document of `/api`, so a new
//! one is looked at by itself.

mod asking;
mod enumeration;
mod fuzz;
mod routes;

use std::sync::OnceLock;

use axum::http::{HeaderMap, StatusCode};

use self::asking::Site;
use self::routes::{all_routes, fill};

/// An answer, and what it answered.
#[derive(Debug)]
struct Answered {
    asked: String,
    by_everybody: bool,
    status: StatusCode,
    headers: HeaderMap,
}

impl Answered {
    fn all(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).iter();
        values.map(|value| value.to_str().unwrap_or("?")).collect()
    }

    #[track_caller]
    fn one(&self, name: &str) -> &str {
        match self.all(name).as_slice() {
            [value] => value,
            other => panic!("{}: {name} is {other:?}", self.asked),
        }
    }
}

/// What stands in the place of an id, or where a text may be typed. A line break, a way out of a
/// folder, another site, a byte that is no text, nothing that is known.
const NONSENSE: [&str; 5] = [
    "01937265-5a10-7cc4-9d2e-3f1a2b3c4d5e",
    "%0d%0aset-cookie:%20stolen=1%0d%0ax-injected:%20yes",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2f%2fevil.example",
    "%ff%00",
];

/// Everything that was answered, asked once for all tests.
fn answers() -> &'static [Answered] {
    static ANSWERS: OnceLock<Vec<Answered>> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(walk())
    })
}

async fn walk() -> Vec<Answered> {
    let mut site = Site::open().await;
    let mut answers = Vec::new();
    for route in all_routes() {
        let paths = NONSENSE.map(|nonsense| fill(&route, nonsense));
        for by_everybody in [false, true] {
            site.sign_in().await;
            for path in &paths {
                answers.push(site.get(path, by_everybody).await);
            }
            for (path, nonsense) in paths.iter().zip(NONSENSE) {
                answers.push(site.post(path, nonsense, by_everybody).await);
            }
        }
    }
    answers
}

/// Pages that show a status on purpose.
fn is_meant_to_fail(answer: &Answered) -> bool {
    answer.asked.contains("/dev/status/")
}

#[test]
fn every_route_is_asked_and_none_breaks_on_nonsense() {
    let routes = all_routes();
    for known in [
        "/",
        "/fa/auth/sign-in",
        "/deals/{id}/ship",
        "/api/auth/login",
        "/health",
    ] {
        assert!(routes.iter().any(|route| route == known), "{known}");
    }
    assert!(answers().len() > 1_500, "{}", answers().len());
    let opened = |path: &str| {
        let told = |answer: &&Answered| answer.asked.starts_with(&format!("GET {path} "));
        let mut statuses: Vec<_> = answers()
            .iter()
            .filter(told)
            .map(|one| one.status)
            .collect();
        statuses.dedup();
        statuses
    };
    // A visitor is sent to sign in, and whoever has every role sees the page.
    assert!(opened("/admin/solvency").contains(&StatusCode::OK));
    assert!(opened("/admin/solvency").contains(&StatusCode::SEE_OTHER));
    for answer in answers() {
        let broke = answer.status.is_server_error() && !is_meant_to_fail(answer);
        assert!(!broke, "{}: {}", answer.asked, answer.status);
    }
}

#[test]
fn every_answer_carries_the_security_headers() {
    for answer in answers() {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin-allow-popups"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.one(name), value, "{}", answer.asked);
        }
        assert!(
            answer
                .one("strict-transport-security")
                .contains("max-age=63072000")
        );
        assert!(answer.one("permissions-policy").contains("camera=()"));
        let policy = answer.one("content-security-policy");
        for must in ["frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(must), "{}: {policy}", answer.asked);
        }
        for never in ["unsafe-inline", "'unsafe-eval'", " *"] {
            assert!(!policy.contains(never), "{}: {policy}", answer.asked);
        }
        let script = policy.split(';').find(|rule| rule.contains("script-src"));
        let is_strict = script.is_none_or(|rule| {
            rule.contains("'none'") || rule.contains("'nonce-") || rule.contains("'strict-dynamic'")
        });
        assert!(is_strict, "{}: {policy}", answer.asked);
    }
}

#[test]
fn every_cookie_is_hidden_from_scripts_and_bound_to_this_host() {
    let mut seen = 0;
    for answer in answers() {
        for cookie in answer.all("set-cookie") {
            seen += 1;
            let told = format!("{}: {cookie}", answer.asked);
            for must in ["; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                assert!(cookie.contains(must), "{told}");
            }
            assert!(!cookie.contains("Domain="), "{told}");
            // What is no secret is a choice of language or theme.
            let is_choice = cookie.starts_with("lang=") || cookie.starts_with("theme=");
            assert!(is_choice || cookie.starts_with("__Host-"), "{told}");
        }
    }
    assert!(seen > 0, "some routes set cookies");
}

#[test]
fn nothing_typed_becomes_a_header() {
    for answer in answers() {
        assert!(
            !answer.headers.contains_key("x-injected"),
            "{}",
            answer.asked
        );
        let stolen = answer
            .all("set-cookie")
            .iter()
            .any(|cookie| cookie.contains("stolen"));
        assert!(!stolen, "{}", answer.asked);
    }
}

#[test]
fn no_path_and_no_form_leads_to_another_site() {
    let mut redirects = 0;
    for answer in answers() {
        for to in answer.all("location") {
            redirects += 1;
            let is_ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
            assert!(is_ours, "{}: {to}", answer.asked);
        }
    }
    assert!(redirects > 0, "some routes lead on");
}

#[test]
fn what_somebody_may_see_is_kept_by_no_proxy() {
    for answer in answers() {
        let is_page = answer
            .all("content-type")
            .iter()
            .any(|kind| kind.contains("html"));
        if answer.by_everybody && is_page {
            let kept = answer.all("cache-control").join(",");
            let is_private = kept.contains("no-store") || kept.contains("private");
            assert!(is_private, "{}: {kept:?}", answer.asked);
        }
    }
}

#[tokio::test]
async fn files_outside_of_the_built_site_are_not_served() {
    let site = Site::open().await;
    for path in [
        "/pkg/../secret.txt",
        "/pkg/%2e%2e/secret.txt",
        "/pkg/..%2fsecret.txt",
        "/pkg/%2e%2e%2fsecret.txt",
        "/pkg//etc/passwd",
        "/pkg/%5c..%5csecret.txt",
        "/pkg/secret.txt%00.css",
    ] {
        let answer = site.get(path, false).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
    let served = site.get("/pkg/main.css", false).await;
    assert_eq!(served.status, StatusCode::OK);
}

#[tokio::test]
async fn another_sites_form_changes_nothing_at_any_route() {
    let site = Site::open().await;
    for route in all_routes()
        .iter()
        .filter(|route| !route.starts_with("/api/"))
    {
        let path = fill(route, NONSENSE[0]);
        let answer = site.post_from_elsewhere(&path).await;
        let is_refused = answer.status.is_client_error();
        assert!(is_refused, "{path}: {}", answer.status);
    }
}
