//! Requests that no browser of ours sends: whatever comes, no route breaks. It reaches every parser
//! of what comes from outside: paths, queries, headers, cookies, forms, files, JSON, callbacks.
//!
//! A short run here; a long one by
//! `FUZZ_REQUESTS=1000000 FUZZ_SEED=7 cargo test -p server --features app/ssr fuzz`.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, header};
use services::ports::Random;
use services::testing::SeededRandom;

use super::asking::Site;
use super::routes::{all_routes, fill};

const REQUESTS: u64 = 3_000;
const SEED: u64 = 20_261_128;

const WORDS: [&str; 40] = [
    "key",
    "email",
    "password",
    "next",
    "theme",
    "code",
    "title",
    "price",
    "amount",
    "id",
    "k",
    "dark",
    "en-US,fa;q=0.9",
    "fa",
    "everybody@example.com",
    "100",
    "۱۰۰",
    "-1",
    "1e9",
    "0x",
    "01937265-5a10-7cc4-9d2e-3f1a2b3c4d5e",
    "null",
    "true",
    "[]",
    "{}",
    "\"",
    "\\u0000",
    "ﷺ",
    "\u{202e}",
    "../",
    "%2e%2e%2f",
    "%0d%0a",
    "%ff",
    "%",
    ";",
    ",",
    "q=",
    "Bearer ",
    "eyJhbGciOiJIUzI1NiJ9.e30.",
    "form-data; name=\"files\"; filename=\"a.jpg\"",
];

/// Choices that a seed brings back.
struct Chance(SeededRandom);

impl Chance {
    fn below(&self, bound: usize) -> usize {
        let random: &dyn Random = &self.0;
        usize::try_from(random.below(u32::try_from(bound.max(1)).unwrap())).unwrap()
    }

    fn one<'a, T: ?Sized>(&self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Some words, a few bytes of them changed.
    fn bytes(&self, words: usize, between: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for _ in 0..self.below(words) {
            bytes.extend(self.one(&WORDS).bytes());
            bytes.extend(self.one(between).bytes());
        }
        for _ in 0..self.below(3) {
            if !bytes.is_empty() {
                let place = self.below(bytes.len());
                bytes[place] = u8::try_from(self.below(256)).unwrap();
            }
        }
        bytes
    }

    fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_bytes(&self.bytes(6, &["", ";", ",", "=", " "])).ok()
    }
}

/// A type of content, and something that looks like it.
fn body(chance: &Chance) -> (&'static str, Vec<u8>) {
    match chance.below(5) {
        0 => (
            "application/json",
            chance.bytes(12, &["\":\"", "\",\"", "{", "}", "[", ":", ","]),
        ),
        1 => {
            let mut parts = Vec::new();
            for _ in 0..chance.below(4) {
                parts.extend(b"--x\r\nContent-Disposition: ");
                parts.extend(chance.bytes(4, &["; ", "\r\n\r\n", "\r\n", "\""]));
                parts.extend(b"\r\n");
            }
            parts.extend(chance.one(&["--x--\r\n", "--x", ""]).bytes());
            ("multipart/form-data; boundary=x", parts)
        }
        2 => ("text/plain", chance.bytes(5, &[" "])),
        _ => (
            "application/x-www-form-urlencoded",
            chance.bytes(20, &["=", "&", "=k&", "+"]),
        ),
    }
}

fn request(chance: &Chance, routes: &[String]) -> Option<Request<Body>> {
    let route = &routes[chance.below(routes.len())];
    let mut piece = String::new();
    for byte in chance.bytes(3, &["", "-", "."]) {
        write!(piece, "%{byte:02x}").unwrap();
    }
    let id = chance.one(&["01937265-5a10-7cc4-9d2e-3f1a2b3c4d5e", piece.as_str(), "x"]);
    let mut path = fill(route, id);
    if chance.below(2) == 0 {
        let query = chance.bytes(10, &["=", "&", "+"]);
        let query: String = query
            .iter()
            .map(|byte| match byte {
                b'=' | b'&' | b'+' | b'%' => char::from(*byte).to_string(),
                byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect();
        path = format!("{path}?{query}");
    }
    let method = [
        Method::GET,
        Method::POST,
        Method::POST,
        Method::PUT,
        Method::DELETE,
    ][chance.below(5)]
    .clone();
    let (kind, body) = body(chance);
    let mut request = Request::builder().method(method).uri(path);
    request = request
        .header(header::CONTENT_TYPE, kind)
        .header(header::ORIGIN, "https://amn.example");
    for name in [
        header::COOKIE,
        header::ACCEPT_LANGUAGE,
        header::AUTHORIZATION,
        header::REFERER,
        header::RANGE,
        header::IF_NONE_MATCH,
    ] {
        if chance.below(4) == 0
            && let Some(value) = chance.header()
        {
            request = request.header(name, value);
        }
    }
    request.body(Body::from(body)).ok()
}

fn number(name: &str, usual: u64) -> u64 {
    let found = std::env::vars().find(|(known, _)| known == name);
    found
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(usual)
}

#[tokio::test]
async fn whatever_is_sent_no_route_breaks() {
    let seed = number("FUZZ_SEED", SEED);
    let chance = Chance(SeededRandom::new(seed));
    let mut site = Site::open().await;
    let mut routes = all_routes();
    // These answer with any status on purpose.
    routes.retain(|route| !route.starts_with("/dev/status"));
    let mut sent = 0;
    for number in 0..number("FUZZ_REQUESTS", REQUESTS) {
        if number % 100 == 0 {
            site.sign_in().await;
        }
        let Some(request) = request(&chance, &routes) else {
            continue;
        };
        let told = format!(
            "request {number} of seed {seed}: {} {}",
            request.method(),
            request.uri()
        );
        let by_everybody = chance.below(2) == 0;
        let answer = site.ask(request, &told, by_everybody).await;
        assert!(
            !answer.status.is_server_error(),
            "{told}: {}",
            answer.status
        );
        sent += 1;
    }
    assert!(sent > 0);
}
