//! What is taken as evidence, and what is not.

use domain::deal::{EVIDENCE_PER_SIDE_MAX, Party, Rejection};
use domain::digest::Digest;
use domain::id::FileId;
use domain::text::Block;
use domain::{Role, Span};
use services::deals::DealError;
use services::files::{AddEvidence, AddEvidenceError, BYTES_MAX, EvidenceFile, TakeInError};
use storage::{FilePurpose, Limit};

use super::{Desk, JPEG, PDF, brought, key, upload};
use crate::dealt::{Dealt, stored, usd};

#[tokio::test]
async fn a_deal_names_the_file_and_the_digest_of_the_bytes_that_came() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let add = AddEvidence {
        note: Some(Block::new("Sealed, with its label").unwrap()),
        ..brought(desk.deal, "parcel.jpg", JPEG)
    };
    desk.world.add_evidence(&seller, add).await.unwrap();

    let deal = stored(&desk.world, desk.deal).await;
    let [given] = deal.evidence.as_slice() else {
        panic!("one file was given");
    };
    assert_eq!(given.by, Party::Seller);
    assert_eq!(given.sha256, Digest::of(JPEG));
    assert_eq!(given.note, "Sealed, with its label");
    let record = desk
        .world
        .store()
        .files()
        .find(given.file)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.name, "parcel.jpg");
    assert_eq!(record.mime, "image/jpeg");
    assert_eq!(record.purpose, FilePurpose::Evidence);
    assert_eq!(record.attached_to, Some(format!("deal:{}", desk.deal)));
    assert!(deal.log_is_unbroken());
}

#[tokio::test]
async fn content_decides_what_is_taken_and_names_do_not() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    for bytes in [
        &b"MZ\x90\0\x03\0\0\0"[..],
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"#!/bin/sh\necho",
    ] {
        let refused = desk
            .world
            .add_evidence(&seller, brought(desk.deal, "photo.jpg", bytes))
            .await;
        let error = refused.unwrap_err();
        assert!(
            matches!(error, AddEvidenceError::File(TakeInError::WrongType)),
            "{error:?}"
        );
        assert_eq!(error.code(), "FILE_TYPE");
    }
    for (name, bytes) in [("photo.jpg", &b"a chat"[..]), ("invoice.exe", JPEG)] {
        desk.world
            .add_evidence(&seller, brought(desk.deal, name, bytes))
            .await
            .unwrap();
    }
    let names = names_of(&desk).await;
    assert_eq!(names, ["photo.jpg.txt", "invoice.exe.jpg"]);
}

#[tokio::test]
async fn hostile_names_lead_nowhere() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    for name in [
        "../../etc/passwd",
        "C:\\x\\\u{202e}gpj.exe",
        "a\"\r\nX: y",
        "",
        "CON.jpg",
    ] {
        desk.world
            .add_evidence(&seller, brought(desk.deal, name, JPEG))
            .await
            .unwrap();
    }
    let names = names_of(&desk).await;
    assert_eq!(
        names,
        [
            "passwd.jpg",
            "gpj.exe.jpg",
            "a X y.jpg",
            "file.jpg",
            "file.jpg"
        ]
    );
}

#[tokio::test]
async fn a_file_ends_at_ten_megabytes() {
    let desk = Desk::new().await;
    let buyer = desk.people.buyer.actor();
    let mut bytes = JPEG.to_vec();
    bytes.resize(BYTES_MAX, 0);
    let fits = brought(desk.deal, "big.jpg", &bytes);
    desk.world.add_evidence(&buyer, fits).await.unwrap();
    bytes.push(0);
    let error = desk
        .world
        .add_evidence(&buyer, brought(desk.deal, "big.jpg", &bytes))
        .await;
    assert_eq!(error.unwrap_err().code(), "FILE_TOO_LARGE");
    let error = desk
        .world
        .add_evidence(&buyer, brought(desk.deal, "none.jpg", b""))
        .await;
    assert_eq!(error.unwrap_err().code(), "FILE_EMPTY");
    assert_eq!(stored(&desk.world, desk.deal).await.evidence.len(), 1);
}

#[tokio::test]
async fn a_day_has_room_for_so_many_bytes_of_one_person() {
    let desk = Desk::new().await;
    let buyer = desk.people.buyer.actor();
    let mut bytes = PDF.to_vec();
    bytes.resize(BYTES_MAX, b' ');
    for _ in 0..30 {
        desk.world
            .add_evidence(&buyer, brought(desk.deal, "a.pdf", &bytes))
            .await
            .unwrap();
    }
    let error = desk
        .world
        .add_evidence(&buyer, brought(desk.deal, "a.pdf", PDF))
        .await;
    assert_eq!(error.unwrap_err().code(), "FILE_QUOTA");
    let seller = desk.people.seller.actor();
    desk.world
        .add_evidence(&seller, brought(desk.deal, "a.pdf", PDF))
        .await
        .unwrap();
    desk.world.advance(Span::hours(25));
    let later = desk
        .world
        .add_evidence(&buyer, brought(desk.deal, "a.pdf", PDF))
        .await;
    later.expect("the next day has room again");
}

#[tokio::test]
async fn sending_the_same_form_again_adds_nothing() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let add = AddEvidence {
        key: Some(key("form-1")),
        ..brought(desk.deal, "parcel.jpg", JPEG)
    };
    let first = desk.world.add_evidence(&seller, add.clone()).await.unwrap();
    desk.world.advance(Span::minutes(3));
    let again = desk.world.add_evidence(&seller, add.clone()).await.unwrap();
    assert!(again.events.is_empty(), "nothing happened the second time");
    assert_eq!(again.deal.evidence, first.deal.evidence);
    // The file and its preview, once.
    assert_eq!(desk.world.blobs.ids().len(), 2);

    let other = AddEvidence {
        file: EvidenceFile::Brought(upload("receipt.pdf", PDF)),
        ..add
    };
    let error = desk.world.add_evidence(&seller, other).await.unwrap_err();
    assert_eq!(error.code(), "IDEMPOTENCY_KEY_REUSED");
}

#[tokio::test]
async fn what_failed_half_way_is_finished_by_sending_it_again() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let add = AddEvidence {
        key: Some(key("form-1")),
        ..brought(desk.deal, "parcel.jpg", JPEG)
    };
    desk.world.blobs.set_full(true);
    let error = desk
        .world
        .add_evidence(&seller, add.clone())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "FILES_UNAVAILABLE");
    assert!(
        stored(&desk.world, desk.deal).await.evidence.is_empty(),
        "no evidence without bytes"
    );
    desk.world.blobs.set_full(false);
    desk.world.add_evidence(&seller, add).await.unwrap();
    let deal = stored(&desk.world, desk.deal).await;
    let opened = desk
        .world
        .open_file(&seller, deal.evidence[0].file)
        .await
        .unwrap();
    assert_eq!(opened.bytes, JPEG);
}

#[tokio::test]
async fn a_deal_that_takes_no_evidence_keeps_no_bytes() {
    let desk = Desk::new().await;
    let buyer = desk.people.buyer.actor();
    let unpaid = Dealt::open(&desk.world, &desk.people, 2, usd(100))
        .keep(&desk.world)
        .await;
    let refused = desk
        .world
        .add_evidence(&buyer, brought(unpaid, "a.jpg", JPEG))
        .await;
    let wrong_state = AddEvidenceError::Deal(DealError::Rejected(Rejection::WrongState));
    assert_eq!(refused.unwrap_err().code(), wrong_state.code());

    for number in 0..EVIDENCE_PER_SIDE_MAX {
        let name = format!("{number}.pdf");
        desk.world
            .add_evidence(&buyer, brought(desk.deal, &name, PDF))
            .await
            .unwrap();
    }
    let kept = desk.world.blobs.ids().len();
    let refused = desk
        .world
        .add_evidence(&buyer, brought(desk.deal, "one more.pdf", PDF))
        .await;
    assert_eq!(refused.unwrap_err().code(), "TOO_MUCH_EVIDENCE");
    assert_eq!(desk.world.blobs.ids().len(), kept);
}

#[tokio::test]
async fn a_stranger_learns_nothing_of_the_deal() {
    let desk = Desk::new().await;
    for (name, roles) in [
        ("omid", &[Role::Buyer][..]),
        ("ruth", &[Role::Buyer, Role::Resolver]),
    ] {
        let stranger = desk.world.person(name, roles).await;
        let refused = desk
            .world
            .add_evidence(&stranger.actor(), brought(desk.deal, "a.jpg", JPEG))
            .await;
        assert_eq!(refused.unwrap_err().code(), "DEAL_NOT_FOUND");
    }
    assert!(desk.world.blobs.ids().is_empty());
}

#[tokio::test]
async fn a_staged_file_waits_for_the_rest_of_its_form() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let file = upload("parcel.jpg", JPEG);
    let staged = desk
        .world
        .stage_evidence(&seller, desk.deal, file, Some(&key("form-1")))
        .await;
    let staged = staged.unwrap();
    assert!(stored(&desk.world, desk.deal).await.evidence.is_empty());
    let listed = desk
        .world
        .list_staged(&seller, desk.deal, &[staged.id])
        .await
        .unwrap();
    assert_eq!(listed, std::slice::from_ref(&staged));

    let use_it = |deal, file| AddEvidence {
        file: EvidenceFile::Staged(file),
        ..brought(deal, "", b"")
    };
    let buyer = desk.people.buyer.actor();
    let refused = desk
        .world
        .add_evidence(&buyer, use_it(desk.deal, staged.id))
        .await;
    assert_eq!(
        refused.unwrap_err().code(),
        "NO_SUCH_FILE",
        "it is another person's"
    );
    let other_deal = Dealt::funded(&desk.world, &desk.people, 2, usd(100))
        .keep(&desk.world)
        .await;
    let refused = desk
        .world
        .add_evidence(&seller, use_it(other_deal, staged.id))
        .await;
    assert_eq!(
        refused.unwrap_err().code(),
        "NO_SUCH_FILE",
        "it was brought for another deal"
    );
    let missing = FileId::derived(&[b"missing"]);
    let refused = desk
        .world
        .add_evidence(&seller, use_it(desk.deal, missing))
        .await;
    assert_eq!(refused.unwrap_err().code(), "NO_SUCH_FILE");

    desk.world
        .add_evidence(&seller, use_it(desk.deal, staged.id))
        .await
        .unwrap();
    let deal = stored(&desk.world, desk.deal).await;
    assert_eq!(deal.evidence[0].file, staged.id);
    assert_eq!(deal.evidence[0].sha256, Digest::of(JPEG));
}

#[tokio::test]
async fn a_staged_file_is_kept_for_a_day() {
    let desk = Desk::new().await;
    let seller = desk.people.seller.actor();
    let file = upload("parcel.jpg", JPEG);
    let staged = desk
        .world
        .stage_evidence(&seller, desk.deal, file, None)
        .await
        .unwrap();
    desk.world.advance(Span::hours(24));
    let listed = desk
        .world
        .list_staged(&seller, desk.deal, &[staged.id])
        .await
        .unwrap();
    assert_eq!(listed, []);
    let add = AddEvidence {
        file: EvidenceFile::Staged(staged.id),
        ..brought(desk.deal, "", b"")
    };
    let refused = desk.world.add_evidence(&seller, add).await;
    assert_eq!(refused.unwrap_err().code(), "NO_SUCH_FILE");
}

/// The names of the deal's files, in the order they were given.
async fn names_of(desk: &Desk) -> Vec<String> {
    let seller = desk.people.seller.actor();
    let listed = desk.world.list_evidence(&seller, desk.deal).await.unwrap();
    assert!(listed.len() <= Limit::MAX.get());
    listed.into_iter().map(|filed| filed.name).collect()
}
