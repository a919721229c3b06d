//! Nobody learns from a page or from `/api` whether an address has an account: the same status, the
//! same words, the same way on, the same number of passwords hashed.

use axum::body::Body;
use axum::http::{Request, header};

use super::asking::{KNOWN, Site};

const UNKNOWN: &str = "nobody-here@example.com";

/// What a stranger can tell apart: the answer without the address they typed and without what is
/// drawn anew each time, and the work that was done for it.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    status: u16,
    location: Vec<String>,
    cookies: Vec<String>,
    words: String,
    hashes: u64,
}

async fn told(site: &Site, request: Request<Body>, email: &str) -> Told {
    let before = site.house.services.password_hashes_computed();
    let (answer, body) = site.send(request, email).await;
    let names = |cookie: &&str| cookie.split('=').next().unwrap_or_default().to_owned();
    Told {
        status: answer.status.as_u16(),
        location: answer
            .all("location")
            .iter()
            .map(ToString::to_string)
            .collect(),
        cookies: answer.all("set-cookie").iter().map(names).collect(),
        words: without_what_changes(&body, email),
        hashes: site.house.services.password_hashes_computed() - before,
    }
}

/// Keys of forms, names of requests and moments differ from one answer to the next.
fn without_what_changes(body: &str, email: &str) -> String {
    let body = body
        .replace(email, "EMAIL")
        .replace(&email.replace('@', "%40"), "EMAIL");
    let mut words = String::new();
    for word in body.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
        let plain = word.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let is_drawn = plain.len() >= 16 && plain.bytes().all(|byte| byte.is_ascii_hexdigit());
        words.push_str(if is_drawn { "DRAWN" } else { word });
    }
    words
}

async fn form_tells_the_same(path: &str, rest: &str, hashes: u64) {
    let site = Site::open().await;
    let mut heard = Vec::new();
    for email in [KNOWN, UNKNOWN] {
        let form = format!("key=k&email={}{rest}", email.replace('@', "%40"));
        let request = Site::form(path, &form, "https://amn.example");
        heard.push(told(&site, request, email).await);
    }
    assert_eq!(heard[0], heard[1], "{path}");
    assert_ne!(heard[0].status, 404, "{path}");
    assert_eq!(heard[0].hashes, hashes, "{path}");
}

async fn call(site: &Site, path: &str, json: &str, email: &str) -> Told {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json.to_owned()))
        .unwrap();
    let mut answer = told(site, request, email).await;
    // Tokens and the name of the request are drawn; the rest is compared.
    let parts = answer.words.split('"');
    let kept: Vec<&str> = parts
        .filter(|part| part.len() < 30 && !part.contains('-'))
        .collect();
    answer.words = kept.join("\"");
    answer
}

async fn call_tells_the_same(path: &str, rest: &str, hashes: u64) {
    let site = Site::open().await;
    let mut heard = Vec::new();
    for email in [KNOWN, UNKNOWN] {
        let json = format!("{{\"email\":\"{email}\"{rest}}}");
        heard.push(call(&site, path, &json, email).await);
    }
    assert_eq!(heard[0], heard[1], "{path}");
    assert_ne!(heard[0].status, 404, "{path}");
    assert_eq!(heard[0].hashes, hashes, "{path}");
}

#[tokio::test]
async fn the_page_to_sign_in_tells_nobody_who_has_an_account() {
    form_tells_the_same("/auth/sign-in", "&password=not+the+right+one", 1).await;
}

#[tokio::test]
async fn the_page_to_sign_up_tells_nobody_who_has_an_account() {
    form_tells_the_same(
        "/auth/sign-up",
        "&password=tall+ships+sail+at+dawn&first_name=S",
        1,
    )
    .await;
}

#[tokio::test]
async fn the_page_for_a_new_password_tells_nobody_who_has_an_account() {
    form_tells_the_same("/auth/reset", "", 0).await;
}

#[tokio::test]
async fn api_login_tells_nobody_who_has_an_account() {
    call_tells_the_same("/api/auth/login", ",\"password\":\"not the right one\"", 1).await;
}

#[tokio::test]
async fn api_register_tells_nobody_who_has_an_account() {
    let rest = ",\"password\":\"tall ships sail at dawn\",\"firstName\":\"S\",\"lastName\":\"R\"";
    call_tells_the_same("/api/auth/register", rest, 1).await;
}

#[tokio::test]
async fn api_forgot_password_tells_nobody_who_has_an_account() {
    call_tells_the_same("/api/auth/forgot-password", "", 0).await;
}

#[tokio::test]
async fn api_resend_verification_tells_nobody_who_has_an_account() {
    let site = Site::open().await;
    let mut heard = Vec::new();
    for email in [KNOWN, UNKNOWN] {
        let json = format!(
            "{{\"email\":\"{email}\",\"password\":\"tall ships sail at dawn\",\
             \"firstName\":\"S\",\"lastName\":\"R\"}}"
        );
        let request = Request::post("/api/auth/register")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(json))
            .unwrap();
        let (_, registered) = site.send(request, email).await;
        let registered: serde_json::Value = serde_json::from_str(&registered).unwrap();
        let token = registered["data"]["signUpToken"].as_str().unwrap();
        let json = format!("{{\"signUpToken\":\"{token}\"}}");
        let answer = call(&site, "/api/auth/resend-verification", &json, email).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        heard.push(answer);
    }
    assert_eq!(heard[0], heard[1]);
}
