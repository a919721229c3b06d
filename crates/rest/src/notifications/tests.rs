//! What people are told, as programs see it.

use axum::http::StatusCode;
use domain::role::Roles;
use serde_json::{Value, json};
use services::Actor;
use services::notifications::{Message, Notice};

use crate::testing::Door;

const LIST: &str = "/notifications";

#[tokio::test]
async fn one_reads_marks_and_removes_what_one_was_told() {
    let door = Door::open();
    let (sara, id) = door.active_with_id(Roles::BUYER).await;
    for number in 0..3 {
        let notice = Notice {
            to: id.parse().unwrap(),
            event_key: format!("test:{number}"),
            message: Message::DealExpired {
                title: "A used camera".to_owned(),
            },
            related: None,
            action_path: None,
        };
        door.services.notify(&Actor::System, &notice).await.unwrap();
    }
    let list = door.get(LIST, &sara).await;
    assert_eq!(list.json["data"].as_array().unwrap().len(), 3, "{list:?}");
    let one = list.json["data"][0]["id"].as_str().unwrap();
    let one = format!("{LIST}/{one}");
    for _ in 0..2 {
        let read = door
            .call("PATCH", &format!("{one}/read"), &sara, &Value::Null)
            .await;
        assert_eq!(read.json["data"]["isRead"], true, "{read:?}");
    }
    let unread = door.get("/notifications/unread-count", &sara).await;
    assert_eq!(unread.json["data"]["count"], 2);
    let unread = door.get("/notifications?unread=true&limit=1", &sara).await;
    assert_eq!(unread.json["pagination"]["hasMore"], true, "{unread:?}");

    let (nima, _) = door.active_with_id(Roles::BUYER).await;
    for (method, path) in [
        ("GET", one.clone()),
        ("PATCH", format!("{one}/read")),
        ("DELETE", one.clone()),
    ] {
        let strange = door.call(method, &path, &nima, &Value::Null).await;
        strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    }

    let marked = door
        .call("PATCH", "/notifications/mark-all-read", &sara, &Value::Null)
        .await;
    assert_eq!(marked.json["data"], json!({ "marked": 2 }));
    let removed = door.call("DELETE", &one, &sara, &Value::Null).await;
    assert_eq!(removed.status, StatusCode::OK, "{removed:?}");
    door.get(&one, &sara)
        .await
        .refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    let wrong = door.get("/notifications?unread=yes", &sara).await;
    assert_eq!(wrong.fields(), ["unread"]);
}
