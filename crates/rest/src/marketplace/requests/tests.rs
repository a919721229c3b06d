//! What buyers go through with their requests, as programs see it.

use axum::http::StatusCode;
use domain::Span;
use domain::role::{Role, Roles};
use serde_json::{Value, json};

use crate::testing::{Door, wanted};

const LIST: &str = "/marketplace/purchase-requests";

async fn buyer(door: &Door) -> String {
    door.stock_categories().await;
    door.active(Roles::BUYER).await
}

async fn drafted(door: &Door, token: &str) -> String {
    let drafted = door.keyed("POST", LIST, token, "draft", &wanted()).await;
    assert_eq!(drafted.status, StatusCode::OK, "{drafted:?}");
    drafted.json["data"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_is_written_published_found_and_called_off() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let id = drafted(&door, &sara).await;
    let one = format!("{LIST}/{id}");
    let draft = door.get(&one, &sara).await;
    assert_eq!(draft.json["data"]["status"], "draft");
    assert_eq!(draft.json["data"]["inspectionDays"], 3);
    assert_eq!(
        draft.json["data"]["deliveryInfo"]["address"]["country"],
        "IR"
    );
    assert_eq!(
        draft.headers["etag"],
        format!("\"{}\"", draft.json["data"]["version"])
    );

    let path = format!("{one}/publish");
    for _ in 0..2 {
        let published = door.keyed("POST", &path, &sara, "k", &Value::Null).await;
        assert_eq!(published.json["data"]["status"], "active", "{published:?}");
    }
    let found = door.get(&format!("{LIST}?q=camera&category=phones&type=physical_product&minBudget=100&currency=USDT&status=active"), "").await;
    assert_eq!(found.json["data"][0]["id"], id.as_str(), "{found:?}");
    let mine = door
        .get(&format!("{LIST}?mine=true&status=active"), &sara)
        .await;
    assert_eq!(mine.json["pagination"]["total"], 1, "{mine:?}");
    let seen = door.get(&one, "").await;
    let seen = &seen.json["data"];
    assert_eq!(seen["deliveryInfo"]["place"]["city"], "Tehran");
    assert!(seen["deliveryInfo"].get("address").is_none(), "{seen}");
    assert!(seen.get("preferredSellerIds").is_none(), "{seen}");

    let cancel = format!("{one}/cancel");
    for _ in 0..2 {
        let cancelled = door.keyed("POST", &cancel, &sara, "c", &Value::Null).await;
        assert_eq!(
            cancelled.json["data"]["status"], "cancelled",
            "{cancelled:?}"
        );
    }
    let gone = door.get(&one, "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_writes_one_request_and_no_other() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let first = drafted(&door, &sara).await;
    assert_eq!(drafted(&door, &sara).await, first);
    let mut other = wanted();
    other["title"] = json!("A tripod");
    let reused = door.keyed("POST", LIST, &sara, "draft", &other).await;
    reused.refused(StatusCode::CONFLICT, "IDEMPOTENCY_KEY_REUSED");
    let nima = door.active(Roles::BUYER).await;
    let of_nima = door.keyed("POST", LIST, &nima, "draft", &other).await;
    assert_ne!(of_nima.json["data"]["id"], first.as_str());
    let keyless = door.call("POST", LIST, &sara, &wanted()).await;
    keyless.refused(StatusCode::BAD_REQUEST, "IDEMPOTENCY_KEY_NEEDED");
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let empty = door.keyed("POST", LIST, &sara, "1", &json!({})).await;
    let expected = [
        "title",
        "description",
        "categoryId",
        "productType",
        "deliveryInfo",
        "budget",
    ];
    assert_eq!(empty.fields(), expected, "{empty:?}");
    let mut wrong = wanted();
    wrong["quantity"] = json!(0);
    wrong["tags"] = json!(["a", "", "x".repeat(31)]);
    wrong["budget"] = json!({ "min": "x", "max": "1.1234567", "currency": "BTC" });
    wrong["urgency"] = json!("now");
    wrong["offersUntil"] = json!("tomorrow");
    wrong["deliveryInfo"]["address"]["country"] = json!("XX");
    wrong["preferredSellerIds"] = json!(["me"]);
    let wrong = door.keyed("POST", LIST, &sara, "2", &wrong).await;
    assert_eq!(
        wrong.fields(),
        [
            "tags[1]",
            "tags[2]",
            "deliveryInfo.address.country",
            "budget.currency",
            "budget.max",
            "budget.min",
            "urgency",
            "offersUntil",
            "preferredSellerIds[0]",
        ]
    );
    let mut limits = wanted();
    limits["quantity"] = json!(0);
    limits["inspectionDays"] = json!(31);
    limits["evidence"] = json!([]);
    limits["productType"] = json!("digital_product");
    let limits = door.keyed("POST", LIST, &sara, "3", &limits).await;
    assert_eq!(
        limits.fields(),
        ["quantity", "inspectionDays", "evidence", "deliveryInfo"]
    );
    let nothing = door.get(&format!("{LIST}?mine=true"), &sara).await;
    assert_eq!(nothing.json["pagination"]["total"], 0);
}

#[tokio::test]
async fn a_change_names_what_it_was_decided_on() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let one = format!("{LIST}/{}", drafted(&door, &sara).await);
    let tag = door.get(&one, &sara).await.headers["etag"]
        .to_str()
        .unwrap()
        .to_owned();
    let patch = json!({ "title": "A tripod", "budget": { "min": "80" }, "tags": ["tripod"] });
    let changed = door.matched("PATCH", &one, &sara, &tag, &patch).await;
    let told = &changed.json["data"];
    assert_eq!(told["title"], "A tripod", "{changed:?}");
    assert_eq!(
        told["budget"],
        json!({ "min": "80", "max": "120.5", "currency": "USDT" })
    );
    let stale = door.matched("PATCH", &one, &sara, &tag, &patch).await;
    stale.refused(StatusCode::PRECONDITION_FAILED, "STALE");
    let again = door.call("PATCH", &one, &sara, &patch).await;
    assert_eq!(
        again.json["data"]["version"], told["version"],
        "nothing changed"
    );
    let cleared = json!({ "budget": { "min": null }, "title": null });
    let cleared = door.call("PATCH", &one, &sara, &cleared).await;
    assert_eq!(cleared.fields(), ["title"]);
}

#[tokio::test]
async fn a_published_request_is_changed_by_its_buyer_alone() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let one = format!("{LIST}/{}", door.published(&sara).await);
    let patch = json!({ "description": "Without a charger." });
    let changed = door.call("PATCH", &one, &sara, &patch).await;
    assert_eq!(
        changed.json["data"]["description"], "Without a charger.",
        "{changed:?}"
    );
    let nima = door.active(Roles::BUYER).await;
    let strange = door.call("PATCH", &one, &nima, &patch).await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    let strange = door.call("DELETE", &one, &nima, &Value::Null).await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    for _ in 0..2 {
        let deleted = door.call("DELETE", &one, &sara, &Value::Null).await;
        assert_eq!(deleted.status, StatusCode::OK, "{deleted:?}");
    }
    let patch = json!({ "description": "With two chargers." });
    let over = door.call("PATCH", &one, &sara, &patch).await;
    over.refused(StatusCode::CONFLICT, "REQUEST_NOT_OPEN");
}

#[tokio::test]
async fn a_draft_is_its_buyers_alone() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let one = format!("{LIST}/{}", drafted(&door, &sara).await);
    let nima = door.active(Roles::BUYER).await;
    for token in ["", &nima] {
        let strange = door.get(&one, token).await;
        strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_seller_finds_what_they_can_offer_on_and_nobody_elses_feed() {
    let door = Door::open();
    let sara = buyer(&door).await;
    let id = door.published(&sara).await;
    let (reza, reza_id) = door.active_with_id(Roles::NONE.with(Role::Seller)).await;
    let feed = door.get(&format!("{LIST}?sellerId={reza_id}"), &reza).await;
    assert_eq!(feed.json["data"][0]["id"], id.as_str(), "{feed:?}");
    assert_eq!(feed.json["data"][0]["hasOffer"], false);
    let (other, _) = door.active_with_id(Roles::NONE.with(Role::Seller)).await;
    let strange = door
        .get(&format!("{LIST}?sellerId={reza_id}"), &other)
        .await;
    strange.refused(StatusCode::FORBIDDEN, "FORBIDDEN");
}

#[tokio::test]
async fn a_filter_that_makes_no_sense_is_refused_by_its_name() {
    let door = Door::open();
    door.stock_categories().await;
    let asked = "status=x&category=x&type=x&urgency=x&mine=x&sellerId=x&minBudget=5";
    let wrong = door.get(&format!("{LIST}?{asked}"), "").await;
    let mut named = wrong.fields();
    named.sort_unstable();
    assert_eq!(
        named,
        [
            "category", "currency", "mine", "sellerId", "status", "type", "urgency"
        ]
    );
}

#[tokio::test]
async fn what_takes_no_offers_any_more_leaves_the_lists() {
    let door = Door::open();
    let sara = buyer(&door).await;
    door.published(&sara).await;
    door.clock.advance(Span::days(15));
    let system = services::Actor::System;
    door.services
        .tick_requests(&system, services::paging::Limit::MAX)
        .await
        .unwrap();
    let found = door.get(LIST, "").await;
    assert_eq!(found.json["data"], json!([]));
}
