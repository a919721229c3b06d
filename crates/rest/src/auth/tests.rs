//! What programs go through to get in, stay in and leave.

use axum::http::StatusCode;
use domain::Span;
use domain::role::Roles;
use serde_json::{Value, json};

use crate::testing::{Answer, Door, PASSWORD};

async fn registered(door: &Door) -> Value {
    let sent = json!({ "email": "Sara@Example.com", "password": PASSWORD, "firstName": "Sara" });
    let asked = door.post("/auth/register", &sent).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let token = &asked.json["data"]["signUpToken"];
    let code = door.mailed_code().await;
    let sent = json!({ "signUpToken": token, "code": code });
    let opened = door.post("/auth/verify-email-code", &sent).await;
    assert_eq!(opened.status, StatusCode::OK, "{opened:?}");
    opened.json["data"].clone()
}

fn text<'v>(data: &'v Value, path: &str) -> &'v str {
    data.pointer(path).and_then(Value::as_str).unwrap()
}

fn refused(answer: &Answer, status: StatusCode, code: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.json["code"], code, "{answer:?}");
    assert_eq!(answer.headers["content-type"], "application/problem+json");
}

#[tokio::test]
async fn somebody_registers_is_let_in_refreshes_and_leaves() {
    let door = Door::open();
    let entered = registered(&door).await;
    assert_eq!(entered["user"]["email"], "sara@example.com");
    assert_eq!(entered["user"]["roles"], json!(["buyer"]));
    assert_eq!(entered["tokens"]["expiresIn"], 900);
    let access = text(&entered, "/tokens/accessToken");
    let sessions = door
        .call("GET", "/auth/sessions", access, &Value::Null)
        .await;
    assert_eq!(sessions.json["data"][0]["isCurrent"], true);

    let sent = json!({ "refreshToken": entered["tokens"]["refreshToken"] });
    let next = door.post("/auth/refresh-token", &sent).await;
    let next = text(&next.json, "/data/tokens/accessToken").to_owned();
    let left = door.call("POST", "/auth/logout", &next, &Value::Null).await;
    assert_eq!(left.json, json!({ "success": true, "data": {} }));
    for token in [access, &next] {
        let over = door
            .call("GET", "/auth/sessions", token, &Value::Null)
            .await;
        refused(&over, StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
    }
}

#[tokio::test]
async fn an_old_refresh_token_ends_its_session() {
    let door = Door::open();
    let entered = registered(&door).await;
    let sent = json!({ "refreshToken": entered["tokens"]["refreshToken"] });
    let next = door.post("/auth/refresh-token", &sent).await;
    door.clock.advance(Span::seconds(11));
    let reused = door.post("/auth/refresh-token", &sent).await;
    refused(&reused, StatusCode::UNAUTHORIZED, "TOKEN_REUSED");
    let sent = json!({ "refreshToken": next.json["data"]["tokens"]["refreshToken"] });
    let over = door.post("/auth/refresh-token", &sent).await;
    refused(&over, StatusCode::UNAUTHORIZED, "TOKEN_OVER");
    let forged = json!({ "refreshToken": "x" });
    let over = door.post("/auth/refresh-token", &forged).await;
    refused(&over, StatusCode::UNAUTHORIZED, "TOKEN_OVER");
}

#[tokio::test]
async fn five_wrong_passwords_lock_and_the_answer_says_how_long() {
    let door = Door::open();
    registered(&door).await;
    let wrong = json!({ "email": "sara@example.com", "password": "surely not this one" });
    for _ in 0..5 {
        let answer = door.post("/auth/login", &wrong).await;
        refused(&answer, StatusCode::UNAUTHORIZED, "WRONG_CREDENTIALS");
    }
    let right = json!({ "email": "sara@example.com", "password": PASSWORD });
    let locked = door.post("/auth/login", &right).await;
    refused(&locked, StatusCode::LOCKED, "LOCKED");
    assert_eq!(locked.headers["retry-after"], "900");
    door.clock.advance(Span::minutes(15));
    let entered = door.post("/auth/login", &right).await;
    assert_eq!(entered.status, StatusCode::OK, "{entered:?}");
}

#[tokio::test]
async fn nobody_learns_from_an_answer_whether_an_address_has_an_account() {
    let door = Door::open();
    registered(&door).await;
    for path in ["/auth/register", "/auth/forgot-password"] {
        let mut answers = Vec::new();
        for email in ["sara@example.com", "nobody@example.com"] {
            let sent = json!({ "email": email, "password": PASSWORD });
            let mut answer = door.post(path, &sent).await;
            if let Some(token) = answer.json.pointer_mut("/data/signUpToken") {
                *token = Value::Null;
            }
            answers.push((answer.status, answer.json));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_the_mailed_code() {
    let door = Door::open();
    let entered = registered(&door).await;
    let asked = json!({ "email": "sara@example.com" });
    door.post("/auth/forgot-password", &asked).await;
    let code = door.mailed_code().await;
    let reset = |code: &str, new: &str| json!({ "email": "sara@example.com", "code": code, "newPassword": new });
    let weak = door
        .post("/auth/reset-password", &reset(&code, "short"))
        .await;
    refused(&weak, StatusCode::UNPROCESSABLE_ENTITY, "VALIDATION_FAILED");
    assert_eq!(weak.json["errors"][0]["code"], "PASSWORD_TOO_SHORT");
    let done = door
        .post(
            "/auth/reset-password",
            &reset(&code, "an entirely other phrase"),
        )
        .await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    let access = text(&entered, "/tokens/accessToken");
    let over = door
        .call("GET", "/auth/sessions", access, &Value::Null)
        .await;
    refused(&over, StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
}

#[tokio::test]
async fn another_password_begins_a_new_session_and_ends_all_others() {
    let door = Door::open();
    let entered = registered(&door).await;
    let access = text(&entered, "/tokens/accessToken");
    let change = |current: &str| json!({ "currentPassword": current, "newPassword": "an entirely other phrase" });
    let wrong = change("surely not this one");
    let wrong = door
        .call("POST", "/auth/change-password", access, &wrong)
        .await;
    refused(
        &wrong,
        StatusCode::UNPROCESSABLE_ENTITY,
        "VALIDATION_FAILED",
    );
    assert_eq!(wrong.json["errors"][0]["field"], "currentPassword");
    let changed = change(PASSWORD);
    let changed = door
        .call("POST", "/auth/change-password", access, &changed)
        .await;
    let next = text(&changed.json, "/data/tokens/accessToken");
    let over = door
        .call("GET", "/auth/sessions", access, &Value::Null)
        .await;
    refused(&over, StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
    let sessions = door.call("GET", "/auth/sessions", next, &Value::Null).await;
    assert_eq!(sessions.json["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn one_ends_ones_other_sessions_and_nobody_elses() {
    let door = Door::open();
    let entered = registered(&door).await;
    let access = text(&entered, "/tokens/accessToken");
    let right = json!({ "email": "sara@example.com", "password": PASSWORD });
    let other = door.post("/auth/login", &right).await;
    let other = text(&other.json, "/data/tokens/accessToken").to_owned();
    let sessions = door
        .call("GET", "/auth/sessions", access, &Value::Null)
        .await;
    let id = text(&sessions.json, "/data/1/id").to_owned();
    let path = format!("/auth/sessions/{id}");
    let ended = door.call("DELETE", &path, access, &Value::Null).await;
    assert_eq!(ended.status, StatusCode::OK);
    let over = door
        .call("GET", "/auth/sessions", &other, &Value::Null)
        .await;
    refused(&over, StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
    for gone in [path.as_str(), "/auth/sessions/not-an-id"] {
        let gone = door.call("DELETE", gone, access, &Value::Null).await;
        refused(&gone, StatusCode::NOT_FOUND, "NOT_FOUND");
    }
    let everywhere = door
        .call("POST", "/auth/logout-all", access, &Value::Null)
        .await;
    assert_eq!(everywhere.status, StatusCode::OK);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_body_is_said_at_once() {
    let door = Door::open();
    let sent = json!({ "email": "nobody", "password": PASSWORD, "firstName": "admin 7" });
    let answer = door.post("/auth/register", &sent).await;
    refused(
        &answer,
        StatusCode::UNPROCESSABLE_ENTITY,
        "VALIDATION_FAILED",
    );
    let fields: Vec<&str> = answer.json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["email", "firstName"]);
}

#[tokio::test]
async fn a_limit_says_how_many_tries_there_were_and_when_they_begin_anew() {
    let door = Door::open();
    let sent = json!({ "email": "sara@example.com", "password": PASSWORD });
    for _ in 0..5 {
        door.post("/auth/register", &sent).await;
    }
    let limited = door.post("/auth/register", &sent).await;
    refused(&limited, StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS");
    for (header, value) in [
        ("retry-after", "86400"),
        ("ratelimit-limit", "5"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "86400"),
    ] {
        assert_eq!(limited.headers[header], value, "{header}");
    }
}

#[tokio::test]
async fn the_session_of_a_browser_counts_in_what_our_own_pages_send() {
    let door = Door::open();
    let sara = door.account(Roles::BUYER).await;
    let nima = door.active(Roles::BUYER).await;
    let cookie = door.browser_cookie(&sara).await;
    let bearer = format!("Bearer {nima}");
    let ours = ("sec-fetch-site", "same-origin");
    let names = |answer: &Answer| answer.json["data"]["email"].clone();
    for headers in [&[ours][..], &[("origin", "https://amn.example")]] {
        let own = door.with_headers("/user/profile", &cookie, headers).await;
        assert_eq!(names(&own), sara.email.as_str(), "{own:?}");
    }
    for headers in [
        &[][..],
        &[("sec-fetch-site", "cross-site")],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://amn.example"),
        ],
        &[("origin", "https://evil.example")],
        // A token that opens nothing is refused, whatever else comes with it.
        &[ours, ("authorization", "Bearer x")],
    ] {
        let strange = door.with_headers("/user/profile", &cookie, headers).await;
        refused(&strange, StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
    }
    let headers = [ours, ("authorization", bearer.as_str())];
    let token_first = door.with_headers("/user/profile", &cookie, &headers).await;
    assert_eq!(token_first.status, StatusCode::OK);
    assert_ne!(names(&token_first), sara.email.as_str());
}

#[tokio::test]
async fn the_oldest_of_too_many_sessions_ends() {
    let door = Door::open();
    let sara = door.account(Roles::BUYER).await;
    let first = door.sign_in(&sara).await;
    for _ in 0..49 {
        door.clock.advance(Span::seconds(1));
        door.sign_in(&sara).await;
    }
    let sessions = door.get("/auth/sessions", &first).await;
    assert_eq!(sessions.json["data"].as_array().unwrap().len(), 50);
    door.clock.advance(Span::seconds(1));
    door.sign_in(&sara).await;
    let over = door.get("/auth/sessions", &first).await;
    refused(&over, StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
}
