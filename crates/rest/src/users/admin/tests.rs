//! What staff do with accounts, as programs see it.

use axum::http::StatusCode;
use domain::role::{Role, Roles};
use serde_json::{Value, json};

use crate::testing::Door;

async fn admin(door: &Door) -> String {
    door.active(Roles::NONE.with(Role::Admin)).await
}

#[tokio::test]
async fn staff_find_accounts_and_see_no_mailbox() {
    let door = Door::open();
    let user = door.account(Roles::BUYER).await;
    let admin = admin(&door).await;
    let path = format!("/user/admin/list?q={}", user.email.as_str());
    let found = door.get(&path, &admin).await;
    assert_eq!(
        found.json["data"][0]["id"],
        user.id.to_string(),
        "{found:?}"
    );
    let told = found.json.to_string();
    assert!(!told.contains(user.email.as_str()), "{told}");
    let narrowed = door
        .get("/user/admin/list?role=buyer&status=active", &admin)
        .await;
    assert_eq!(
        narrowed.json["data"].as_array().unwrap().len(),
        1,
        "{narrowed:?}"
    );
    let wrong = door
        .get(
            "/user/admin/list?role=king&status=x&sellerStatus=x&proposed=x",
            &admin,
        )
        .await;
    assert_eq!(
        wrong.fields(),
        ["role", "status", "sellerStatus", "proposed"]
    );
    let one = format!("/users/admin/{}/dependencies", user.id);
    let hanging = door.get(&one, &admin).await;
    assert_eq!(hanging.json["data"]["moneyInPlay"], false, "{hanging:?}");
    let nobody = "/users/admin/0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e";
    door.get(nobody, &admin)
        .await
        .refused(StatusCode::NOT_FOUND, "NOT_FOUND");
}

#[tokio::test]
async fn an_account_is_suspended_and_back_however_often_that_is_asked() {
    let door = Door::open();
    let (sara, id) = door.active_with_id(Roles::BUYER).await;
    let admin = admin(&door).await;
    let one = format!("/users/admin/{id}");
    let path = format!("{one}/status");
    for status in ["suspended", "suspended", "active", "active"] {
        let sent = json!({ "status": status, "reason": "For a test." });
        let decided = door.call("PATCH", &path, &admin, &sent).await;
        assert_eq!(decided.json["data"]["status"], status, "{decided:?}");
        let profile = json!({ "isPublic": true });
        let works = door.call("PUT", "/user/profile", &sara, &profile).await;
        assert_eq!(
            works.status == StatusCode::OK,
            status == "active",
            "{works:?}"
        );
    }
    let tag = door.get(&one, &admin).await.headers["etag"]
        .to_str()
        .unwrap()
        .to_owned();
    let sent = json!({ "status": "suspended", "reason": "For a test." });
    door.matched("PATCH", &path, &admin, &tag, &sent).await;
    let stale = door.matched("PATCH", &path, &admin, &tag, &sent).await;
    stale.refused(StatusCode::PRECONDITION_FAILED, "STALE");
    let wrong = door
        .call(
            "PATCH",
            &path,
            &admin,
            &json!({ "status": "x", "reason": "" }),
        )
        .await;
    assert_eq!(wrong.fields(), ["reason", "status"]);
}

#[tokio::test]
async fn roles_of_staff_take_two_admins() {
    let door = Door::open();
    let (_, id) = door.active_with_id(Roles::BUYER).await;
    let path = format!("/users/admin/{id}/role");
    let sent = json!({ "roles": ["buyer", "support"], "reason": "Joins the desk." });
    let first = admin(&door).await;
    let asked = door.call("PATCH", &path, &first, &sent).await;
    assert_eq!(asked.json["data"]["roles"], json!(["buyer"]), "{asked:?}");
    assert_eq!(
        asked.json["data"]["proposedRoles"]["roles"],
        json!(["buyer", "support"])
    );
    let again = door.call("PATCH", &path, &first, &sent).await;
    again.refused(StatusCode::FORBIDDEN, "OTHER_KEY");
    let second = admin(&door).await;
    for _ in 0..2 {
        let given = door.call("PATCH", &path, &second, &sent).await;
        assert_eq!(
            given.json["data"]["roles"],
            json!(["buyer", "support"]),
            "{given:?}"
        );
    }
    let wrong = json!({ "roles": ["king"], "reason": "x" });
    let wrong = door.call("PATCH", &path, &second, &wrong).await;
    assert_eq!(wrong.fields(), ["roles[0]"]);
}

#[tokio::test]
async fn an_application_to_sell_is_decided_once() {
    let door = Door::open();
    let (sara, id) = door.active_with_id(Roles::BUYER).await;
    let admin = admin(&door).await;
    let path = format!("/users/admin/{id}/seller-status");
    let approve = json!({ "sellerStatus": "approved" });
    let none = door.call("PATCH", &path, &admin, &approve).await;
    none.refused(StatusCode::CONFLICT, "NO_APPLICATION");
    for _ in 0..2 {
        let asked = door
            .call("POST", "/user/seller-application", &sara, &Value::Null)
            .await;
        assert_eq!(asked.json["data"]["sellerStatus"], "pending", "{asked:?}");
    }
    for _ in 0..2 {
        let approved = door.call("PATCH", &path, &admin, &approve).await;
        assert_eq!(
            approved.json["data"]["sellerStatus"], "approved",
            "{approved:?}"
        );
    }
    let reject = json!({ "sellerStatus": "rejected" });
    let late = door.call("PATCH", &path, &admin, &reject).await;
    late.refused(StatusCode::CONFLICT, "NO_APPLICATION");
}
