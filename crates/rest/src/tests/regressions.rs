//! What went wrong in the system before this one, and cannot come back by this door. The list of all
//! of it, with where each is shown, is `docs/regressions.md`.

use axum::http::StatusCode;
use domain::deal::State;
use domain::ledger::Account;
use domain::{Role, Roles, User};
use serde_json::{Value, json};

use super::bank::{ADDRESS, Bank};
use crate::testing::{Door, PASSWORD};

/// Opens the buyer's dispute; gives the path of it.
async fn disputed(bank: &Bank) -> String {
    let claim = json!({
        "purchaseRequestId": bank.request,
        "category": "wrong_item",
        "reason": "Another camera came",
        "description": "The number is another one.",
    });
    let opened = bank.call(&bank.buyer, "POST", "/disputes", claim).await;
    let id = opened.json["data"]["id"].as_str();
    let id = id.unwrap_or_else(|| panic!("{opened:?}"));
    format!("/disputes/{id}")
}

async fn get(bank: &Bank, who: &User, path: &str) -> Value {
    let answer = bank.call(who, "GET", path, Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {answer:?}");
    answer.json["data"].clone()
}

#[tokio::test]
async fn opening_a_dispute_blocks_release() {
    let bank = Bank::shipped().await;
    disputed(&bank).await;
    let accepted = bank.step(&bank.buyer, "PATCH", "confirm-delivery", Value::Null);
    accepted.await.refused(StatusCode::CONFLICT, "WRONG_STATE");
    bank.settle().await;
    let deal = bank.expect(State::Disputed).await;
    assert!(deal.balance(Account::Released).is_zero() && deal.legs.is_empty());
}

#[tokio::test]
async fn only_a_drawn_resolver_may_rule_and_only_an_admin_has_one_drawn() {
    let bank = Bank::shipped().await;
    let path = disputed(&bank).await;
    let (resolve, assign) = (format!("{path}/resolve"), format!("{path}/assign"));
    let undrawn = bank.staff(Role::Resolver).await;
    let admin = bank.staff(Role::Admin).await;
    let ruling = json!({
        "outcome": "release", "buyerUnits": "0", "sellerUnits": "99000000", "reasoning": "Mine.",
    });
    for (who, status) in [
        (&bank.seller, StatusCode::FORBIDDEN),
        (&bank.buyer, StatusCode::FORBIDDEN),
        (&admin, StatusCode::FORBIDDEN),
        (&undrawn, StatusCode::NOT_FOUND),
    ] {
        let ruled = bank.call(who, "POST", &resolve, ruling.clone()).await;
        assert_eq!(ruled.status, status, "{ruled:?}");
    }
    for who in [&bank.seller, &bank.buyer, &undrawn] {
        let assigned = bank
            .call(who, "POST", &assign, json!({ "reason": "Me" }))
            .await;
        assigned.refused(StatusCode::FORBIDDEN, "FORBIDDEN");
    }
    bank.expect(State::Disputed).await;
}

#[tokio::test]
async fn only_the_buyer_confirms_a_delivery() {
    let bank = Bank::shipped().await;
    let stranger = bank.staff(Role::Buyer).await;
    let admin = bank.staff(Role::Admin).await;
    for (who, status) in [
        (&bank.seller, StatusCode::FORBIDDEN),
        (&admin, StatusCode::FORBIDDEN),
        (&stranger, StatusCode::NOT_FOUND),
    ] {
        let confirmed = bank
            .step(who, "PATCH", "confirm-delivery", Value::Null)
            .await;
        assert_eq!(confirmed.status, status, "{confirmed:?}");
    }
    bank.expect(State::InDelivery).await;
}

#[tokio::test]
async fn a_recipient_is_never_matched_by_prefix() {
    let bank = Bank::shipped().await;
    let same_begin_and_end = format!("{}{}{}", &ADDRESS[..12], "0".repeat(24), &ADDRESS[36..]);
    assert_ne!(same_begin_and_end, ADDRESS);
    for address in [same_begin_and_end.as_str(), &ADDRESS[..41], &ADDRESS[..10]] {
        let sent = json!({ "address": address });
        let named = bank.step(&bank.buyer, "PUT", "refund-address", sent).await;
        assert_eq!(
            named.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{address}: {named:?}"
        );
    }
    assert_eq!(bank.stored().await.refund_address, None);
}

#[tokio::test]
async fn a_payment_counts_by_what_arrived_and_not_by_being_one() {
    let bank = Bank::open().await;
    bank.pay("99.999999").await;
    let deal = bank.expect(State::Underpaid).await;
    assert_eq!(
        deal.missing().get(),
        1,
        "one millionth is missing, and it is missed"
    );
    let shipped = bank.step(
        &bank.seller,
        "PUT",
        "delivery",
        json!({ "carrier": "Post" }),
    );
    shipped.await.refused(StatusCode::CONFLICT, "WRONG_STATE");
}

#[test]
fn nobody_tells_us_that_they_paid() {
    let document = serde_json::to_value(crate::document()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut asked = Vec::new();
    let paths = document["paths"].as_object().unwrap();
    // What an admin says of an account is no payment.
    for (path, methods) in paths.iter().filter(|(path, _)| !path.starts_with("/user")) {
        for (method, about) in methods.as_object().unwrap() {
            let body = about.pointer("/requestBody/content/application~1json/schema/$ref");
            let name = body
                .and_then(Value::as_str)
                .and_then(|name| name.rsplit('/').next());
            let fields = name.and_then(|name| schemas[name]["properties"].as_object());
            let names = fields.into_iter().flat_map(|fields| fields.keys());
            asked.extend(names.map(|field| (format!("{method} {path}"), field.to_lowercase())));
        }
    }
    assert!(asked.len() > 20, "{asked:?}");
    for (endpoint, field) in asked {
        let is_claim = ["txhash", "transactionhash", "txid", "paid", "status"].contains(&&*field);
        assert!(!is_claim, "{endpoint} takes {field} on trust");
    }
}

#[tokio::test]
async fn no_payment_endpoint_is_open_to_strangers() {
    let door = Door::open();
    let document = serde_json::to_value(crate::document()).unwrap();
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, about) in methods.as_object().unwrap() {
            let is_public = about["x-policy"] == "public.read";
            if !path.starts_with("/payment") || is_public {
                continue;
            }
            let filled = path.replace("{id}", "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e");
            let sent = json!({ "dealId": "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e", "reason": "x" });
            let body = if about.get("requestBody").is_some() {
                sent
            } else {
                Value::Null
            };
            let answer = door
                .keyed(&method.to_uppercase(), &filled, "", "key", &body)
                .await;
            answer.refused(StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
            asked += 1;
        }
    }
    assert!(asked >= 14, "{asked}");
}

#[tokio::test]
async fn an_export_is_of_ones_own_payments() {
    let bank = Bank::funded().await;
    let stranger = bank.staff(Role::Buyer).await;
    let support = bank.staff(Role::Support).await;
    for (who, lines) in [
        (&bank.buyer, 2),
        (&bank.seller, 1),
        (&stranger, 1),
        (&support, 1),
    ] {
        let told = bank.call(who, "GET", "/payment/export", Value::Null).await;
        assert_eq!(told.text.lines().count(), lines, "{told:?}");
        let all = bank
            .call(who, "GET", "/payment/export?of=all", Value::Null)
            .await;
        all.refused(StatusCode::FORBIDDEN, "FORBIDDEN");
    }
}

#[tokio::test]
async fn notifications_are_the_callers_own_whatever_they_ask_for() {
    let bank = Bank::shipped().await;
    bank.settle().await;
    let own = get(&bank, &bank.buyer, "/notifications").await;
    let path = format!("/notifications?userId={}", bank.seller.id);
    assert_eq!(get(&bank, &bank.buyer, &path).await, own);
    let theirs = get(&bank, &bank.seller, "/notifications").await;
    let path = format!("/notifications/{}", theirs[0]["id"].as_str().unwrap());
    let read = bank.call(&bank.buyer, "GET", &path, Value::Null).await;
    assert_eq!(read.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_other_side_hears_of_a_dispute() {
    let bank = Bank::shipped().await;
    disputed(&bank).await;
    bank.settle().await;
    let heard = get(&bank, &bank.seller, "/notifications").await;
    let heard = heard.as_array().unwrap();
    assert!(
        heard.iter().any(|notice| notice["category"] == "dispute"),
        "{heard:?}"
    );
}

#[tokio::test]
async fn there_is_no_account_before_somebody_makes_one() {
    let door = Door::open();
    for email in ["admin@amn.example", "admin@example.com", "admin@admin.com"] {
        for password in ["admin", "password", "admin123", "Admin@123", "changeme12"] {
            let sent = json!({ "email": email, "password": password });
            let entered = door.post("/auth/login", &sent).await;
            assert_ne!(entered.status, StatusCode::OK, "{email} {password}");
        }
    }
    let page = services::paging::PageRequest::first(services::paging::Limit::MAX);
    for role in Role::ALL {
        let listed = door
            .services
            .store()
            .users()
            .list_with_role(role, page)
            .await;
        assert_eq!(listed.unwrap().items.len(), 0, "{role:?}");
    }
}

#[tokio::test]
async fn a_reset_keeps_to_the_rules_for_passwords() {
    let door = Door::open();
    let user = door.account(Roles::BUYER).await;
    let email = user.email.as_str();
    let asked = door
        .post("/auth/forgot-password", &json!({ "email": email }))
        .await;
    assert_eq!(asked.status, StatusCode::OK);
    let code = door.mailed_code().await;
    let reset = async |new: &str| {
        let sent = json!({ "email": email, "code": code, "newPassword": new });
        door.post("/auth/reset-password", &sent).await
    };
    for weak in ["", "short", "password123", "1234567890"] {
        let refused = reset(weak).await;
        assert_eq!(refused.fields(), ["newPassword"], "{weak}");
    }
    assert_eq!(
        reset("an entirely other phrase").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn signing_in_rightly_is_never_counted_against_anybody() {
    let door = Door::open();
    let user = door.account(Roles::BUYER).await;
    let tries = door.services.config().identity.network_tries;
    let sent = json!({ "email": user.email.as_str(), "password": PASSWORD });
    for _ in 0..tries + 5 {
        let entered = door.post("/auth/login", &sent).await;
        assert_eq!(entered.status, StatusCode::OK, "{entered:?}");
    }
}

#[tokio::test]
async fn a_path_takes_the_method_of_its_document_and_no_other() {
    let bank = Bank::shipped().await;
    for (method, step) in [
        ("PUT", "confirm-delivery"),
        ("POST", "confirm-delivery"),
        ("PATCH", "delivery"),
        ("POST", "delivery"),
        ("PATCH", "decline"),
    ] {
        let answer = bank.step(&bank.buyer, method, step, Value::Null).await;
        answer.refused(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED");
    }
}
