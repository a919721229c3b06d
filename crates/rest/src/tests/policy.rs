//! Every endpoint names its line of the policy table, and keeps to it for every role.

use axum::body::Body;
use axum::http::{Request, header};
use domain::policy::{Action, Who, may};
use domain::role::{Role, Roles};
use domain::{SellerStatus, UserStatus};
use serde_json::Value;

use crate::example::example;
use crate::testing::Door;

/// Answers that mean: you may not.
const REFUSALS: [&str; 5] = [
    "SIGN_IN_NEEDED",
    "FORBIDDEN",
    "ACCOUNT_SUSPENDED",
    "SELLER_NOT_APPROVED",
    "ACCOUNT_DELETED",
];

struct Endpoint {
    name: String,
    method: String,
    path: String,
    action: Action,
    headers: Vec<(String, String)>,
    body: Option<Value>,
}

/// Everything that the document tells, with its examples filled in.
fn endpoints() -> Vec<Endpoint> {
    let document = serde_json::to_value(crate::document()).unwrap();
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            all.push(endpoint(&document, path, method, about));
        }
    }
    all
}

fn endpoint(document: &Value, path: &str, method: &str, about: &Value) -> Endpoint {
    let name = format!("{method} {path}");
    let code = about["x-policy"].as_str();
    let code = code.unwrap_or_else(|| panic!("{name} names no line of the policy table"));
    let action = Action::ALL.iter().find(|action| action.code() == code);
    let mut filled = path.to_owned();
    let mut headers = Vec::new();
    for parameter in about["parameters"].as_array().into_iter().flatten() {
        let field = parameter["name"].as_str().unwrap();
        let given = parameter
            .get("example")
            .or(parameter["schema"].get("example"));
        let given = given.and_then(Value::as_str).unwrap_or("");
        match parameter["in"].as_str().unwrap() {
            "path" => {
                assert!(!given.is_empty(), "{name}: {field} has no example");
                filled = filled.replace(&format!("{{{field}}}"), given);
            }
            "header" => headers.push((field.to_owned(), given.to_owned())),
            _ => {}
        }
    }
    let body = about.pointer("/requestBody/content/application~1json/schema");
    let body = body
        .map(|schema| example(document, schema).unwrap_or_else(|why| panic!("{name} takes {why}")));
    Endpoint {
        action: *action.unwrap_or_else(|| panic!("{name}: there is no {code}")),
        method: method.to_uppercase(),
        path: filled,
        name,
        headers,
        body,
    }
}

impl Endpoint {
    async fn call(&self, door: &Door, token: &str) -> Value {
        let mut request = Request::builder()
            .method(self.method.as_str())
            .uri(format!("/api{}", self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = self
            .body
            .as_ref()
            .map_or_else(Body::empty, |body| Body::from(body.to_string()));
        if self.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let answer = door.send(request.body(body).unwrap()).await;
        assert_ne!(answer.status.as_u16(), 500, "{}: {answer:?}", self.name);
        answer.json
    }
}

/// An account of each kind; the last one is suspended.
fn people() -> Vec<(Roles, UserStatus)> {
    let mut people: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| (Roles::NONE.with(role), UserStatus::Active))
        .collect();
    people.push((Roles::NONE.with(Role::Buyer), UserStatus::Suspended));
    people
}

#[tokio::test]
async fn every_endpoint_keeps_to_its_line_of_the_policy_table() {
    let door = Door::open();
    let mut tokens = Vec::new();
    for endpoint in endpoints() {
        let answer = endpoint.call(&door, "").await;
        judge(&endpoint, Who::Visitor, &answer);
        for (at, (roles, status)) in people().into_iter().enumerate() {
            if tokens.len() <= at {
                tokens.push(door.person(roles, status).await);
            }
            let who = Who::Person {
                roles,
                // A seller whose account the operator opened may sell.
                seller_status: if roles.has(Role::Seller) {
                    SellerStatus::Approved
                } else {
                    SellerStatus::None
                },
                status,
            };
            let answer = endpoint.call(&door, &tokens[at]).await;
            judge(&endpoint, who, &answer);
        }
        if changes_identity(endpoint.action) {
            // The next calls come from people who are still signed in.
            tokens.clear();
        }
    }
}

/// After such an endpoint its caller may be signed out, or gone.
const fn changes_identity(action: Action) -> bool {
    matches!(
        action,
        Action::EndOwnSession | Action::ChangePassword | Action::CloseAccount
    )
}

fn judge(endpoint: &Endpoint, who: Who, answer: &Value) {
    let code = answer["code"].as_str().unwrap_or_default();
    let name = &endpoint.name;
    match may(who, endpoint.action) {
        Ok(()) => {
            assert!(
                !REFUSALS.contains(&code),
                "{name} refuses {who:?}: {answer}"
            );
            let wrong = answer["errors"][0]["code"].as_str();
            assert_ne!(wrong, Some("INVALID"), "{name}: its example: {answer}");
        }
        Err(denied) => assert_eq!(code, denied.code(), "{name} by {who:?}: {answer}"),
    }
}

#[test]
fn every_endpoint_has_an_example_of_what_it_takes_and_answers() {
    let document = serde_json::to_value(crate::document()).unwrap();
    let mut missing = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            let answers = about["responses"].as_object().unwrap();
            let successes = answers.iter().filter(|(status, _)| status.starts_with('2'));
            let whole = successes.map(|(_, success)| success);
            for told in whole.chain(about.get("requestBody")) {
                let schema = told.pointer("/content/application~1json/schema");
                let found = schema.map(|schema| example(&document, schema));
                if let Some(Err(why)) = found {
                    missing.push(format!("{method} {path}: {why}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
