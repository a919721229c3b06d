//! What people go through with their accounts, as programs see it.

use axum::http::StatusCode;
use domain::role::{Role, Roles};
use serde_json::{Value, json};

use crate::testing::{ADDRESS, Door, PASSWORD};

const ADDRESSES: &str = "/user/payout-addresses";

#[tokio::test]
async fn a_profile_is_changed_as_a_whole_by_the_version_that_was_read() {
    let door = Door::open();
    let sara = door.active(Roles::BUYER).await;
    let read = door.get("/user/profile", &sara).await;
    let tag = read.headers["etag"].to_str().unwrap();
    let change = json!({ "firstName": "Sara", "bio": "I restore cameras.", "isPublic": true });
    let changed = door
        .matched("PUT", "/user/profile", &sara, tag, &change)
        .await;
    assert_eq!(changed.json["data"]["firstName"], "Sara", "{changed:?}");
    assert_eq!(changed.json["data"]["profile"]["bio"], "I restore cameras.");
    let stale = door
        .matched("PUT", "/user/profile", &sara, tag, &change)
        .await;
    stale.refused(StatusCode::PRECONDITION_FAILED, "STALE");
    let wrong = json!({ "phone": "call me", "website": "http://x", "isPublic": true });
    let wrong = door.call("PUT", "/user/profile", &sara, &wrong).await;
    assert_eq!(wrong.fields(), ["phone", "website"]);
}

#[tokio::test]
async fn strangers_see_the_name_and_what_somebody_shows() {
    let door = Door::open();
    let (sara, id) = door.active_with_id(Roles::BUYER).await;
    let path = format!("/users/profile/{id}");
    for (is_public, bio) in [(true, json!("I restore cameras.")), (false, Value::Null)] {
        let change = json!({ "firstName": "Sara", "bio": "I restore cameras.",
            "phone": "+982112345678", "isPublic": is_public });
        door.call("PUT", "/user/profile", &sara, &change).await;
        let shown = door.get(&path, "").await;
        assert_eq!(shown.json["data"]["name"], "Sara", "{shown:?}");
        assert_eq!(shown.json["data"]["bio"], bio);
        assert!(!shown.json.to_string().contains("2112345678"), "{shown:?}");
    }
    let nobody = door
        .get("/users/profile/0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e", "")
        .await;
    nobody.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
}

#[tokio::test]
async fn preferences_change_one_by_one_and_go_back_by_null() {
    let door = Door::open();
    let sara = door.active(Roles::BUYER).await;
    let path = "/user/preferences";
    let change = json!({ "theme": "dark", "timeZone": "Asia/Tehran",
        "notifications": { "offer": { "inApp": true, "email": false } } });
    let changed = door.call("PATCH", path, &sara, &change).await;
    let told = &changed.json["data"];
    assert_eq!(told["theme"], "dark", "{changed:?}");
    assert_eq!(told["notifications"]["offer"]["email"], false);
    assert_eq!(told["notifications"]["payment"]["email"], true);
    let back = door
        .call("PATCH", path, &sara, &json!({ "theme": null }))
        .await;
    assert_eq!(back.json["data"]["theme"], Value::Null);
    assert_eq!(back.json["data"]["timeZone"], "Asia/Tehran");
    let wrong = json!({ "language": "xx", "theme": "pink", "notifications": {
        "rain": { "inApp": true, "email": true } } });
    let wrong = door.call("PATCH", path, &sara, &wrong).await;
    assert_eq!(wrong.fields(), ["language", "theme", "notifications.rain"]);
    let nowhere = door
        .call(
            "PATCH",
            path,
            &sara,
            &json!({ "timeZone": "Asia/Atlantis" }),
        )
        .await;
    assert_eq!(nowhere.fields(), ["timeZone"]);
}

#[tokio::test]
async fn a_payout_address_is_confirmed_by_its_code_and_is_its_owners_alone() {
    let door = Door::open();
    let sara = door.active(Roles::BUYER).await;
    let new = json!({ "network": "bsc", "address": ADDRESS, "password": PASSWORD });
    let added = door.call("POST", ADDRESSES, &sara, &new).await;
    let id = added.json["data"]["id"].as_str().unwrap();
    let one = format!("{ADDRESSES}/{id}");
    let confirm = format!("{one}/confirm");
    let code = json!({ "code": door.mailed_code().await });
    let nima = door.active(Roles::BUYER).await;
    for path in [&confirm, &format!("{one}/resend-code")] {
        let strange = door.call("POST", path, &nima, &code).await;
        strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    }
    let strange = door.call("DELETE", &one, &nima, &Value::Null).await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");

    let confirmed = door.call("POST", &confirm, &sara, &code).await;
    assert_eq!(confirmed.json["data"]["state"], "waiting", "{confirmed:?}");
    let spent = door.call("POST", &confirm, &sara, &code).await;
    spent.refused(StatusCode::CONFLICT, "CODE_SPENT");
    let again = door.call("POST", ADDRESSES, &sara, &new).await;
    assert_eq!(
        again.json["errors"][0]["code"], "ADDRESS_KNOWN",
        "{again:?}"
    );
    let left = door.call("DELETE", &one, &sara, &Value::Null).await;
    assert_eq!(left.json["data"], json!([]));
}

#[tokio::test]
async fn an_address_is_added_by_whoever_knows_the_password() {
    let door = Door::open();
    let sara = door.active(Roles::BUYER).await;
    let new = |address: &str, password: &str| json!({ "network": "bsc", "address": address, "password": password });
    let wrong = door
        .call("POST", ADDRESSES, &sara, &new(ADDRESS, "not this one"))
        .await;
    assert_eq!(wrong.fields(), ["password"]);
    let mistyped = ADDRESS.replace('E', "e");
    let wrong = door
        .call("POST", ADDRESSES, &sara, &new(&mistyped, PASSWORD))
        .await;
    assert_eq!(
        wrong.json["errors"][0]["code"], "WRONG_CHECKSUM",
        "{wrong:?}"
    );
}

#[tokio::test]
async fn a_closed_account_is_gone_with_what_it_had_on_the_market() {
    let door = Door::open();
    door.stock_categories().await;
    let (sara, id) = door.active_with_id(Roles::BUYER).await;
    let request = door.published(&sara).await;
    let wrong = json!({ "password": "not this one" });
    let wrong = door.call("DELETE", "/auth/account", &sara, &wrong).await;
    assert_eq!(wrong.fields(), ["password"]);
    let right = json!({ "password": PASSWORD });
    let closed = door.call("DELETE", "/auth/account", &sara, &right).await;
    assert_eq!(closed.status, StatusCode::OK, "{closed:?}");
    let over = door.get("/user/profile", &sara).await;
    over.refused(StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
    let reza = door.active(Roles::NONE.with(Role::Seller)).await;
    for path in [
        format!("/users/profile/{id}"),
        format!("/marketplace/purchase-requests/{request}"),
    ] {
        let gone = door.get(&path, &reza).await;
        gone.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    }
}
