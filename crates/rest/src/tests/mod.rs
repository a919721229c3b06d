//! What holds of every endpoint.

mod bank;
mod deals;
mod disputes;
mod names;
mod payments;
mod policy;
mod regressions;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::testing::Door;

#[tokio::test]
async fn what_is_not_there_or_not_so_is_a_problem_and_never_a_page() {
    let door = Door::open();
    let nowhere = door.call("GET", "/no/such/thing", "", &Value::Null).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(nowhere.json["code"], "NOT_FOUND");
    assert_eq!(nowhere.json["instance"], "/api/no/such/thing");
    let wrong = door.call("GET", "/auth/login", "", &Value::Null).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(wrong.json["code"], "METHOD_NOT_ALLOWED");
    assert_eq!(wrong.headers["allow"], "POST");
}

#[tokio::test]
async fn a_body_is_refused_by_its_kind_its_size_and_its_form() {
    let door = Door::open();
    let send = async |kind: &str, body: String| {
        let request = Request::post("/api/auth/login").header("content-type", kind);
        door.send(request.body(Body::from(body)).unwrap()).await
    };
    let json = "application/json";
    for (kind, body, status, code) in [
        ("text/plain", "{}".to_owned(), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (json, "x".repeat(1_000_001), 413, "PAYLOAD_TOO_LARGE"),
        (json, "{".to_owned(), 400, "MALFORMED_JSON"),
        (
            json,
            r#"{"email":"","password":""} x"#.to_owned(),
            400,
            "MALFORMED_JSON",
        ),
        (json, r#"{"email":1}"#.to_owned(), 422, "VALIDATION_FAILED"),
        (
            "Application/JSON; charset=utf-8",
            "{}".to_owned(),
            422,
            "VALIDATION_FAILED",
        ),
    ] {
        let answer = send(kind, body).await;
        assert_eq!(answer.status.as_u16(), status, "{answer:?}");
        assert_eq!(answer.json["code"], code);
    }
    let wrong = send(json, r#"{"email":1,"password":""}"#.to_owned()).await;
    assert_eq!(wrong.json["errors"][0]["field"], "email");
    let missing = send(json, r#"{"email":""}"#.to_owned()).await;
    assert_eq!(missing.json["errors"][0]["field"], "password");
    let secret = send(json, r#"{"email":"a@b.c","password":12345678}"#.to_owned()).await;
    assert!(!secret.json.to_string().contains("12345678"), "{secret:?}");
}

#[tokio::test]
async fn a_call_keeps_the_name_it_was_given_or_gets_one() {
    let door = Door::open();
    let named = async |name: &str| {
        let request = Request::get("/api/nowhere").header("x-request-id", name);
        door.send(request.body(Body::empty()).unwrap()).await
    };
    let kept = named("order-7").await;
    assert_eq!(kept.headers["x-request-id"], "order-7");
    assert_eq!(kept.json["requestId"], "order-7");
    for wrong in ["", "a b", &"x".repeat(65)] {
        let fresh = named(wrong).await;
        let name = fresh.headers["x-request-id"].to_str().unwrap();
        assert_eq!(name.len(), 32, "{wrong}");
        assert_eq!(fresh.json["requestId"], name);
    }
}

#[tokio::test]
async fn a_token_that_opens_nothing_is_refused_but_never_stands_in_the_way_in() {
    let door = Door::open();
    let answer = door.call("GET", "/auth/sessions", "x", &Value::Null).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
    let request = Request::post("/api/auth/logout").header("authorization", "Basic c2FyYTp4");
    let answer = door.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let sent = json!({ "email": "sara@example.com" });
    let answer = door.call("POST", "/auth/forgot-password", "x", &sent).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem() {
    let door = Door::open();
    for path in ["/api", "/api/", "/api/auth/sessions/%FF"] {
        let request = Request::delete(path).body(Body::empty()).unwrap();
        let answer = door.send(request).await;
        assert!(answer.status.is_client_error(), "{path}: {answer:?}");
        let kind = &answer.headers["content-type"];
        assert_eq!(kind, "application/problem+json", "{path}");
        assert_eq!(answer.json["instance"], path);
    }
}

#[test]
fn every_endpoint_is_described_with_its_refusals() {
    let document = serde_json::to_value(crate::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 10);
    for (path, methods) in paths {
        for (method, about) in methods.as_object().unwrap() {
            let name = format!("{method} {path}");
            assert!(about["summary"].is_string(), "{name} has no summary");
            assert!(about["tags"][0].is_string(), "{name} has no tag");
            let answers = about["responses"].as_object().unwrap();
            let success = answers.keys().any(|status| status.starts_with('2'));
            assert!(success, "{name} has no success");
            assert!(
                answers.keys().any(|status| status.starts_with('4')),
                "{name}"
            );
            let mut expected = vec!["503"];
            if about.get("security").is_some() {
                expected.push("401");
            }
            if about.get("requestBody").is_some() {
                expected.extend(["400", "413", "415", "422"]);
            }
            for status in expected {
                assert!(answers.contains_key(status), "{name} is silent on {status}");
            }
        }
    }
    assert_eq!(document["servers"][0]["url"], "/api");
    assert!(document["components"]["securitySchemes"]["bearer"].is_object());
}

#[tokio::test]
async fn the_document_is_there_to_be_read() {
    let door = Door::open();
    let answer = door.call("GET", "/openapi.json", "", &Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.json,
        serde_json::to_value(crate::document()).unwrap()
    );
}

#[tokio::test]
async fn people_read_the_document_on_a_page_without_a_script() {
    let door = Door::open();
    let request = Request::get("/api/docs").body(Body::empty()).unwrap();
    let answer = door.send(request).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"));
    assert!(!answer.text.contains("<script"));
    let document = serde_json::to_value(crate::document()).unwrap();
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(
            answer.text.contains(&format!("<code>{path}</code>")),
            "{path}"
        );
    }
    let style = Request::get("/api/docs.css").body(Body::empty()).unwrap();
    assert_eq!(
        door.send(style).await.headers["content-type"],
        "text/css; charset=utf-8"
    );
}
