//! Pictures and documents that are shown with requests and offers.

use domain::id::{FileId, RequestId};
use domain::policy::Denied;
use domain::request::Rejection;
use domain::{Role, Span};
use services::files::{AttachError, OpenFileError, ShownWith, TakeInError};
use services::identity::SignedIn;
use services::requests::Browse;
use services::testing::StampPreviews;
use services::{Actor, Failure};
use storage::{Limit, PageRequest};

use super::{JPEG, PDF, key, upload};
use crate::market::Market;

/// A buyer's request on a market, and somebody who sells.
struct Stall {
    market: Market,
    buyer: SignedIn,
    seller: SignedIn,
    request: RequestId,
}

impl Stall {
    async fn open() -> Self {
        let market = Market::new().await;
        let buyer = market.buyer("bahar").await;
        let seller = market.seller("sara").await;
        let request = market.request(&buyer, "A camera").await;
        Self {
            market,
            buyer,
            seller,
            request,
        }
    }

    /// Keeps a file and shows it.
    async fn show(&self, by: &SignedIn, with: ShownWith, bytes: &[u8]) -> FileId {
        let staged = self
            .market
            .stage_attachment(&by.actor(), with, upload("photo.png", bytes), None)
            .await
            .unwrap();
        self.market
            .attach_files(&by.actor(), with, &[staged.id])
            .await
            .unwrap();
        staged.id
    }

    async fn refused(&self, bytes: &[u8]) -> AttachError {
        let with = ShownWith::Request(self.request);
        let buyer = self.buyer.actor();
        let upload = upload("photo.jpg", bytes);
        let kept = self.market.stage_attachment(&buyer, with, upload, None);
        kept.await.unwrap_err()
    }

    async fn opens(&self, actor: &Actor, file: FileId) -> bool {
        match self.market.open_file(actor, file).await {
            Ok(_) => true,
            Err(
                OpenFileError::NotFound
                | OpenFileError::Failed(Failure::Denied(Denied::SignInNeeded)),
            ) => false,
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn sweep_later(&self) {
        self.market.advance(Span::days(2));
        self.market
            .sweep_files(&Actor::System, Limit::MAX)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_picture_is_drawn_anew_and_what_came_is_not_kept() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let file = stall.show(&stall.buyer, with, png).await;
    let opened = stall.market.open_file(&Actor::Visitor, file).await.unwrap();
    assert!(opened.is_drawn());
    assert_eq!(opened.name, "photo.jpg", "the name says what it has become");
    assert_ne!(opened.bytes, png);
    let picture = stall.market.open_preview(&Actor::Visitor, file).await;
    assert!(picture.is_ok(), "lists have a small one");
}

#[tokio::test]
async fn pictures_and_pdf_documents_are_shown_and_nothing_else() {
    let stall = Stall::open().await;
    let mut broken = JPEG.to_vec();
    broken.extend_from_slice(StampPreviews::BROKEN);
    for (bytes, code) in [
        (&b"a chat"[..], "FILE_TYPE"),
        (b"GIF89a", "FILE_TYPE"),
        (b"PK\x03\x04\x14\0\0\0", "FILE_TYPE"),
        (b"<svg onload='alert(1)'/>", "FILE_TYPE"),
        (b"", "FILE_EMPTY"),
        (&broken, "FILE_UNREADABLE"),
    ] {
        assert_eq!(stall.refused(bytes).await.code(), code);
    }
    assert!(stall.market.blobs.ids().is_empty(), "nothing of it is kept");
    let with = ShownWith::Request(stall.request);
    let document = stall.show(&stall.buyer, with, PDF).await;
    let opened = stall.market.open_file(&Actor::Visitor, document).await;
    let opened = opened.unwrap();
    assert!(!opened.is_drawn(), "it is saved, not shown");
    assert_eq!(opened.bytes, PDF);
}

#[tokio::test]
async fn lists_show_the_first_picture_also_when_a_document_came_first() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let picture_in_list = async || {
        let page = PageRequest::first(Limit::MAX);
        let found = stall
            .market
            .browse_requests(&Actor::Visitor, &Browse::default(), page)
            .await;
        found.unwrap().items.remove(0).picture
    };
    stall.show(&stall.buyer, with, PDF).await;
    assert_eq!(picture_in_list().await, None);
    let picture = stall.show(&stall.buyer, with, JPEG).await;
    assert_eq!(picture_in_list().await, Some(picture));
}

#[tokio::test]
async fn whoever_may_see_the_request_sees_its_files_and_nobody_else() {
    let stall = Stall::open().await;
    let draft = stall
        .market
        .draft(&stall.buyer.actor(), stall.market.details("A lens"))
        .await;
    let file = stall
        .show(&stall.buyer, ShownWith::Request(draft), JPEG)
        .await;
    assert!(stall.opens(&stall.buyer.actor(), file).await);
    for stranger in [Actor::Visitor, stall.seller.actor()] {
        assert!(!stall.opens(&stranger, file).await, "it is a draft");
    }
    let once = stall.market.once();
    stall
        .market
        .publish_request(&stall.buyer.actor(), draft, &once)
        .await
        .unwrap();
    for anybody in [Actor::Visitor, stall.seller.actor()] {
        assert!(stall.opens(&anybody, file).await, "it is published");
    }
    let once = stall.market.once();
    stall
        .market
        .cancel_request(&stall.buyer.actor(), draft, &once)
        .await
        .unwrap();
    assert!(!stall.opens(&Actor::Visitor, file).await);
}

#[tokio::test]
async fn a_file_that_is_only_kept_is_its_owners() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let buyer = stall.buyer.actor();
    let kept = stall
        .market
        .stage_attachment(&buyer, with, upload("a.jpg", JPEG), None)
        .await
        .unwrap();
    assert!(stall.opens(&buyer, kept.id).await);
    assert!(!stall.opens(&stall.seller.actor(), kept.id).await);
    assert!(!stall.opens(&Actor::Visitor, kept.id).await);
    stall.sweep_later().await;
    assert!(stall.market.blobs.ids().is_empty());
}

#[tokio::test]
async fn nobody_shows_files_of_others_or_of_another_request() {
    let stall = Stall::open().await;
    let other = stall.market.buyer("omid").await;
    let others = stall.market.request(&other, "A desk").await;
    let file = stall.show(&other, ShownWith::Request(others), JPEG).await;
    let own = stall.market.request(&stall.buyer, "A chair").await;
    let elsewhere = stall
        .show(&stall.buyer, ShownWith::Request(own), JPEG)
        .await;
    let with = ShownWith::Request(stall.request);
    for wrong in [file, elsewhere, FileId::derived(&[b"missing"])] {
        let refused = stall
            .market
            .attach_files(&stall.buyer.actor(), with, &[wrong])
            .await;
        assert_eq!(refused.unwrap_err().code(), "NO_SUCH_FILE");
    }
    let upload = upload("a.jpg", JPEG);
    let refused = stall
        .market
        .stage_attachment(&other.actor(), with, upload, None)
        .await;
    assert_eq!(refused.unwrap_err().code(), "REQUEST_NOT_FOUND");
}

#[tokio::test]
async fn the_same_form_sent_again_shows_one_file() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let buyer = stall.buyer.actor();
    let mut kept = Vec::new();
    for _ in 0..2 {
        let upload = upload("a.jpg", JPEG);
        let staged = stall
            .market
            .stage_attachment(&buyer, with, upload, Some(&key("form")))
            .await
            .unwrap();
        kept.push(staged.id);
        stall
            .market
            .attach_files(&buyer, with, &kept)
            .await
            .unwrap();
    }
    let (shown, room) = stall.market.list_attachments(&buyer, with).await.unwrap();
    assert_eq!((shown.len(), room), (1, 9));
}

#[tokio::test]
async fn a_request_takes_ten_files() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    for number in 0..10_u8 {
        stall
            .show(&stall.buyer, with, &[JPEG, &[number; 3]].concat())
            .await;
    }
    let refused = stall.refused(JPEG).await;
    assert_eq!(refused.code(), Rejection::TooManyAttachments.code());
    assert_eq!(
        stall.refused(b"a chat").await.code(),
        refused.code(),
        "the request is asked first"
    );
}

#[tokio::test]
async fn what_is_taken_away_is_shown_no_more_and_removed() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let stays = stall.show(&stall.buyer, with, PDF).await;
    let goes = stall.show(&stall.buyer, with, JPEG).await;
    for _ in 0..2 {
        stall
            .market
            .detach_file(&stall.buyer.actor(), with, goes)
            .await
            .unwrap();
    }
    assert!(!stall.opens(&Actor::Visitor, goes).await);
    stall.sweep_later().await;
    assert_eq!(stall.market.blobs.ids(), [stays]);
}

#[tokio::test]
async fn a_file_stays_even_when_a_crash_kept_it_from_being_noted() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let file = stall.show(&stall.buyer, with, PDF).await;
    let subject = format!("request:{}", stall.request);
    let owner = stall.buyer.user.id;
    let files = stall.market.store().files();
    files.detach(file, owner, &subject).await.unwrap();
    stall.sweep_later().await;
    let record = files.find(file).await.unwrap().unwrap();
    assert_eq!(record.attached_to, Some(subject));
}

#[tokio::test]
async fn files_of_an_offer_are_for_its_two_people_and_go_with_it() {
    let stall = Stall::open().await;
    let offer = stall
        .market
        .offer(&stall.seller, stall.request, "120")
        .await;
    let with = ShownWith::Offer(stall.request, offer);
    let file = stall.show(&stall.seller, with, PDF).await;
    let rival = stall.market.seller("reza").await;
    let admin = stall.market.person("ada", &[Role::Admin]).await;
    for (actor, sees) in [
        (stall.buyer.actor(), true),
        (stall.seller.actor(), true),
        (admin.actor(), true),
        (rival.actor(), false),
        (Actor::Visitor, false),
    ] {
        assert_eq!(stall.opens(&actor, file).await, sees, "{actor:?}");
    }
    let compared = stall
        .market
        .compare_offers(&stall.buyer.actor(), stall.request)
        .await
        .unwrap();
    assert_eq!(compared.offers[0].files[0].id, file);
    let refused = stall
        .market
        .attach_files(&rival.actor(), with, &[file])
        .await;
    assert_eq!(refused.unwrap_err().code(), "REQUEST_NOT_FOUND");

    let (actor, once) = (stall.seller.actor(), stall.market.once());
    let withdrawn = stall
        .market
        .withdraw_offer(&actor, stall.request, offer, &once);
    withdrawn.await.unwrap();
    stall.market.relay().await;
    assert!(!stall.opens(&stall.buyer.actor(), file).await);
    stall.sweep_later().await;
    assert!(stall.market.blobs.ids().is_empty());
}

#[tokio::test]
async fn a_person_has_so_much_room_in_a_day() {
    let stall = Stall::open().await;
    let with = ShownWith::Request(stall.request);
    let mut large = PDF.to_vec();
    large.resize(services::files::BYTES_MAX, b' ');
    for _ in 0..30 {
        let upload = upload("a.pdf", &large);
        stall
            .market
            .stage_attachment(&stall.buyer.actor(), with, upload, None)
            .await
            .unwrap();
    }
    let refused = stall.refused(PDF).await;
    assert!(matches!(
        refused,
        AttachError::File(TakeInError::QuotaUsedUp)
    ));
}
