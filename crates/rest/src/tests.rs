//! What holds of every endpoint.

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
        (json, r#"{"email":1}"#.to_owned(), 400, "MALFORMED_JSON"),
    ] {
        let answer = send(kind, body).await;
        assert_eq!(answer.status.as_u16(), status, "{answer:?}");
        assert_eq!(answer.json["code"], code);
    }
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
async fn a_token_that_opens_nothing_is_refused_even_where_none_is_needed() {
    let door = Door::open();
    let sent = json!({ "email": "sara@example.com" });
    let answer = door.call("POST", "/auth/forgot-password", "x", &sent).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let request = Request::post("/api/auth/logout").header("authorization", "Basic c2FyYTp4");
    let answer = door.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
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
            assert!(answers.contains_key("200"), "{name} has no success");
            assert!(
                answers.keys().any(|status| status.starts_with('4')),
                "{name}"
            );
            let needs_token = about.get("security").is_some();
            assert_eq!(
                needs_token,
                answers.contains_key("401")
                    && path != "/auth/login"
                    && path != "/auth/refresh-token",
                "{name}"
            );
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
