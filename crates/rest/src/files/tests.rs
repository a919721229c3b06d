//! Files that people show with requests and offers, as programs see it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::role::Roles;
use serde_json::{Value, json};

use crate::testing::{Answer, Door};

const PDF: &[u8] = b"%PDF-1.7\nwhat is wanted";

/// Sends files of this form part, for a request or an offer.
async fn upload(
    door: &Door,
    path: &str,
    token: &str,
    key: &str,
    (field, id): (&str, &str),
    files: &[(&str, &[u8])],
) -> Answer {
    let part = if path.ends_with("files") {
        "files"
    } else {
        "file"
    };
    let mut body = Vec::new();
    body.extend(
        format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{id}\r\n").bytes(),
    );
    for (name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let request = Request::post(format!("/api{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", key)
        .header("content-type", "multipart/form-data; boundary=x");
    door.send(request.body(Body::from(body)).unwrap()).await
}

async fn with_request(door: &Door) -> (String, String) {
    door.stock_categories().await;
    let sara = door.active(Roles::BUYER).await;
    let id = door.published(&sara).await;
    (sara, id)
}

#[tokio::test]
async fn a_file_is_shown_with_a_request_once_opened_and_taken_away() {
    let door = Door::open();
    let (sara, id) = with_request(&door).await;
    let with = ("purchaseRequestId", id.as_str());
    let send = async |key: &str, bytes: &[u8]| {
        upload(
            &door,
            "/files/upload/file",
            &sara,
            key,
            with,
            &[("../what.PDF", bytes)],
        )
        .await
    };
    let first = send("k", PDF).await;
    let told = &first.json["data"];
    assert_eq!(told["filename"], "what.pdf", "{first:?}");
    assert_eq!(told["mimeType"], "application/pdf");
    assert_eq!(send("k", PDF).await.json, first.json);
    let reused = send("k", b"%PDF-1.7\nanother").await;
    reused.refused(StatusCode::CONFLICT, "IDEMPOTENCY_KEY_REUSED");

    let request = format!("/marketplace/purchase-requests/{id}");
    let seen = door.get(&request, "").await;
    assert_eq!(seen.json["data"]["attachments"], json!([told["id"]]));
    let file = format!("/files/{}", told["id"].as_str().unwrap());
    let opened = door.get(&file, "").await;
    assert_eq!(opened.status, StatusCode::OK);
    assert_eq!(opened.headers["x-content-type-options"], "nosniff");
    assert_eq!(opened.headers["content-type"], "application/pdf");
    let disposition = opened.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"what.pdf\""));
    let policy = opened.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("sandbox"), "{policy}");

    let one = format!("{request}/attachments/{}", told["id"].as_str().unwrap());
    let nima = door.active(Roles::BUYER).await;
    let strange = door.call("DELETE", &one, &nima, &Value::Null).await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    for _ in 0..2 {
        let removed = door.call("DELETE", &one, &sara, &Value::Null).await;
        assert_eq!(removed.status, StatusCode::OK, "{removed:?}");
    }
    door.get(&file, &nima)
        .await
        .refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    door.get(&file, "")
        .await
        .refused(StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
}

#[tokio::test]
async fn several_files_come_together_or_not_at_all() {
    let door = Door::open();
    let (sara, id) = with_request(&door).await;
    let path = "/files/upload/files";
    let with = ("purchaseRequestId", id.as_str());
    let two = [("a.pdf", PDF), ("b.html", b"<html>".as_slice())];
    let wrong = upload(&door, path, &sara, "1", with, &two).await;
    assert_eq!(wrong.json["errors"][0]["code"], "FILE_TYPE", "{wrong:?}");
    let seen = door
        .get(&format!("/marketplace/purchase-requests/{id}"), &sara)
        .await;
    assert_eq!(seen.json["data"]["attachments"], json!([]));
    let two = [("a.pdf", PDF), ("b.pdf", b"%PDF-1.7\nb".as_slice())];
    let both = upload(&door, path, &sara, "2", with, &two).await;
    assert_eq!(both.json["data"].as_array().unwrap().len(), 2, "{both:?}");
    let six = [("a.pdf", PDF); 6];
    let many = upload(&door, path, &sara, "3", with, &six).await;
    assert_eq!(many.json["errors"][0]["code"], "TOO_MANY_FILES");
}

#[tokio::test]
async fn nobody_adds_to_what_is_not_theirs_and_a_large_file_is_refused() {
    let door = Door::open();
    let (sara, id) = with_request(&door).await;
    let path = "/files/upload/file";
    let with = ("purchaseRequestId", id.as_str());
    let nima = door.active(Roles::BUYER).await;
    let strange = upload(&door, path, &nima, "1", with, &[("a.pdf", PDF)]).await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    let mut large = PDF.to_vec();
    large.resize(services::files::BYTES_MAX + 1, b'x');
    let large = upload(&door, path, &sara, "2", with, &[("a.pdf", &large)]).await;
    assert_eq!(
        large.json["errors"][0]["code"], "FILE_TOO_LARGE",
        "{large:?}"
    );
    let nothing = upload(&door, path, &sara, "3", ("other", "x"), &[]).await;
    assert_eq!(nothing.fields(), ["purchaseRequestId"]);
    let json = door.keyed("POST", path, &sara, "4", &json!({})).await;
    json.refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE");
}

#[tokio::test]
async fn a_picture_in_a_profile_is_drawn_anew_and_shown_while_the_profile_is_public() {
    let door = Door::open();
    let (sara, id) = door.active_with_id(Roles::BUYER).await;
    let path = "/files/upload/avatar";
    let none = ("other", "x");
    let document = upload(&door, path, &sara, "1", none, &[("a.pdf", PDF)]).await;
    assert_eq!(document.fields(), ["file"], "{document:?}");
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let shown = upload(&door, path, &sara, "2", none, &[("me.png", png)]).await;
    let picture = &shown.json["data"]["id"];
    assert_eq!(shown.json["data"]["mimeType"], "image/jpeg", "{shown:?}");
    let again = upload(&door, path, &sara, "2", none, &[("me.png", png)]).await;
    assert_eq!(again.json, shown.json);
    let profile = format!("/users/profile/{id}");
    let seen = door.get(&profile, "").await;
    assert_eq!(&seen.json["data"]["avatarId"], picture);
    let file = format!("/files/{}", picture.as_str().unwrap());
    let opened = door.get(&file, "").await;
    assert_eq!(
        opened.headers["content-disposition"], "inline",
        "{opened:?}"
    );

    let hidden = json!({ "isPublic": false });
    door.call("PUT", "/user/profile", &sara, &hidden).await;
    door.get(&file, "")
        .await
        .refused(StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED");
    assert_eq!(door.get(&file, &sara).await.status, StatusCode::OK);
    for _ in 0..2 {
        let gone = door
            .call("DELETE", "/user/profile/avatar", &sara, &Value::Null)
            .await;
        assert_eq!(gone.status, StatusCode::OK, "{gone:?}");
    }
    let own = door.get("/user/profile", &sara).await;
    assert_eq!(own.json["data"]["profile"]["avatarId"], Value::Null);
}
