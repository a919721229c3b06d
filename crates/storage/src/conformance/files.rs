//! Records of files, and when they go.

use std::sync::Arc;

use domain::digest::Digest;

use super::{id, noon_plus, read_all};
use crate::{FilePurpose, FileRecord, InsertError, Limit, Store};

fn file(number: u32) -> FileRecord {
    FileRecord {
        id: id!(FileId, number),
        owner: id!(UserId, 1),
        purpose: FilePurpose::Evidence,
        name: "receipt.pdf".into(),
        mime: "application/pdf".into(),
        size: 1_000,
        sha256: Digest::of(b"bytes"),
        preview: None,
        brought_for: Some("deal:1".into()),
        attached_to: None,
        created_at: noon_plus(number),
    }
}

pub(crate) async fn a_file_is_attached_once_and_by_its_owner(store: Arc<dyn Store>) {
    let files = store.files();
    let file = file(1);
    files.insert(&file).await.unwrap();
    let (owner, stranger) = (file.owner, id!(UserId, 2));
    let attach = async |by, to| files.attach(file.id, by, to).await.unwrap();
    assert!(!attach(stranger, "deal:1").await);
    assert!(attach(owner, "deal:1").await);
    assert!(attach(owner, "deal:1").await, "again is no harm");
    assert!(!attach(owner, "deal:2").await);
    let stored = files.find(file.id).await.unwrap().unwrap();
    assert_eq!(stored.attached_to.as_deref(), Some("deal:1"));
}

pub(crate) async fn a_file_that_nothing_refers_to_any_more_is_unattached(store: Arc<dyn Store>) {
    let files = store.files();
    let file = file(1);
    files.insert(&file).await.unwrap();
    files.attach(file.id, file.owner, "deal:1").await.unwrap();
    let attached = async || files.find(file.id).await.unwrap().unwrap().attached_to;
    let stranger = id!(UserId, 2);
    files.detach(file.id, stranger, "deal:1").await.unwrap();
    files.detach(file.id, file.owner, "deal:2").await.unwrap();
    assert_eq!(attached().await.as_deref(), Some("deal:1"));
    for _ in 0..2 {
        files.detach(file.id, file.owner, "deal:1").await.unwrap();
        assert_eq!(attached().await, None);
    }
    let left = files.list_unattached(noon_plus(3), Limit::MAX).await;
    assert_eq!(left.unwrap(), [file]);
}

pub(crate) async fn unattached_files_go_with_their_preview(store: Arc<dyn Store>) {
    let files = store.files();
    let mut picture = file(1);
    let mut preview = file(2);
    picture.preview = Some(preview.id);
    preview.attached_to = Some(format!("file:{}", picture.id));
    for file in [&picture, &preview, &file(3)] {
        files.insert(file).await.unwrap();
    }
    let left = files.list_unattached(noon_plus(3), Limit::MAX).await;
    assert_eq!(left.unwrap(), [picture.clone()]);
    let gone = files.remove_unattached(picture.id).await.unwrap();
    assert_eq!(gone, [picture.id, preview.id]);
    assert_eq!(files.find(picture.id).await.unwrap(), None);
    assert_eq!(files.find(preview.id).await.unwrap(), None);
}

pub(crate) async fn files_are_found_together(store: Arc<dyn Store>) {
    let files = store.files();
    for number in 1..=3 {
        files.insert(&file(number)).await.unwrap();
    }
    let (first, third, missing) = (file(1), file(3), id!(FileId, 9));
    let mut found = files
        .find_many(&[third.id, missing, first.id])
        .await
        .unwrap();
    found.sort_by_key(|file| file.created_at);
    assert_eq!(found, [first, third]);
    assert_eq!(files.find_many(&[]).await.unwrap(), []);
}

pub(crate) async fn an_attached_file_stays(store: Arc<dyn Store>) {
    let files = store.files();
    let file = file(1);
    files.insert(&file).await.unwrap();
    files.attach(file.id, file.owner, "deal:1").await.unwrap();
    assert!(files.remove_unattached(file.id).await.unwrap().is_empty());
    assert!(files.find(file.id).await.unwrap().is_some());
}

pub(crate) async fn what_a_person_brought_is_listed(store: Arc<dyn Store>) {
    let files = store.files();
    let drawn = FileRecord {
        purpose: FilePurpose::Preview,
        ..file(4)
    };
    let of_another = FileRecord {
        owner: id!(UserId, 2),
        ..file(5)
    };
    for file in [&file(3), &file(1), &file(2), &drawn, &of_another] {
        files.insert(file).await.unwrap();
    }
    let owner = file(1).owner;
    let brought = read_all(2, |page| files.list_of_owner(owner, page)).await;
    assert_eq!(brought, [file(1), file(2), file(3)]);
}

pub(crate) async fn bytes_are_counted_for_quotas(store: Arc<dyn Store>) {
    let files = store.files();
    for number in 0..5 {
        files.insert(&file(number)).await.unwrap();
    }
    let of = async |user, since| files.bytes_since(user, since).await.unwrap();
    assert_eq!(of(id!(UserId, 1), noon_plus(0)).await, 5_000);
    assert_eq!(of(id!(UserId, 1), noon_plus(3)).await, 2_000);
    assert_eq!(of(id!(UserId, 2), noon_plus(0)).await, 0);
}

pub(crate) async fn inserting_again_tells_same_from_different(store: Arc<dyn Store>) {
    let files = store.files();
    files.insert(&file(1)).await.unwrap();
    let again = files.insert(&file(1)).await;
    assert!(matches!(again, Err(InsertError::Exists { same: true })));
    let other = FileRecord { size: 2, ..file(1) };
    let other = files.insert(&other).await;
    assert!(matches!(other, Err(InsertError::Exists { same: false })));
}
