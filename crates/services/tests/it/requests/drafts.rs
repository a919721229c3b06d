//! Drafts, with an account and before there is one.

use domain::id::RequestId;
use domain::policy::Denied;
use domain::request::{Rejection, RequestStatus, Stage};
use domain::text::Line;
use domain::{Role, Span};
use services::config::RequestReview;
use services::requests::{ChangeRequestError, DraftPart, Guest, WriteDraft, WriteDraftError};
use services::{Actor, Failure, Secret};
use storage::{AuditFilter, Limit, OwnGroup, PageRequest};

use crate::market::{Market, category};

fn guest(market: &Market) -> Guest {
    Guest {
        secret: Secret::draw(market.random()),
        network: "198.51.100.7".into(),
    }
}

fn what(market: &Market) -> DraftPart {
    DraftPart::What(market.details("A camera").what)
}

#[tokio::test]
async fn a_form_sent_twice_begins_one_draft() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await.actor();
    let write = WriteDraft {
        draft: None,
        key: market.key(),
        part: what(&market),
    };
    let first = market
        .write_draft(&sara, None, write.clone())
        .await
        .unwrap();
    let second = market.write_draft(&sara, None, write).await.unwrap();
    assert_eq!(first.id, second.id);
    let page = PageRequest::first(Limit::MAX);
    let drafts = market
        .list_own_requests(&sara, Some(OwnGroup::Unpublished), page)
        .await
        .unwrap();
    assert_eq!(drafts.items.len(), 1);
}

#[tokio::test]
async fn nobody_learns_of_anothers_draft() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await.actor();
    let omid = market.buyer("omid").await.actor();
    let id = market.draft(&sara, market.details("A camera")).await;
    let not_found = |error: ChangeRequestError| matches!(error, ChangeRequestError::NotFound);
    for other in [&omid, &Actor::Visitor] {
        let guest = guest(&market);
        let read = market.read_draft(other, Some(&guest), id).await;
        assert!(not_found(read.unwrap_err()));
        let write = WriteDraft {
            draft: Some(id),
            key: market.key(),
            part: what(&market),
        };
        let written = market.write_draft(other, Some(&guest), write).await;
        let Err(WriteDraftError::Change(error)) = written else {
            panic!("another's draft was written")
        };
        assert!(not_found(error));
    }
    let once = market.once();
    assert!(not_found(
        market.publish_request(&omid, id, &once).await.unwrap_err()
    ));
    assert!(not_found(
        market.cancel_request(&omid, id, &once).await.unwrap_err()
    ));
    assert!(market.view_request(&omid, id).await.is_err());
}

#[tokio::test]
async fn a_draft_begun_without_an_account_is_kept_through_signing_up() {
    let market = Market::new().await;
    let guest = guest(&market);
    let write = WriteDraft {
        draft: None,
        key: market.key(),
        part: what(&market),
    };
    let draft = market
        .write_draft(&Actor::Visitor, Some(&guest), write)
        .await
        .unwrap();
    let read = market
        .read_draft(&Actor::Visitor, Some(&guest), draft.id)
        .await;
    assert_eq!(read.unwrap().draft().what, draft.draft().what);

    let published = market
        .publish_request(&Actor::Visitor, draft.id, &market.once())
        .await;
    assert!(matches!(
        published,
        Err(ChangeRequestError::Failed(Failure::Denied(
            Denied::SignInNeeded
        )))
    ));

    let sara = market.sign_up("sara").await;
    for _ in 0..2 {
        let claimed = market
            .claim_draft(&sara.actor(), &guest, draft.id)
            .await
            .unwrap();
        assert_eq!(claimed.buyer, sara.user.id);
    }
    let omid = market.sign_up("omid").await;
    let stolen = market.claim_draft(&omid.actor(), &guest, draft.id).await;
    assert!(matches!(stolen, Err(ChangeRequestError::NotFound)));
}

#[tokio::test]
async fn a_guests_draft_is_forgotten_after_seven_days() {
    let market = Market::new().await;
    let guest = guest(&market);
    let write = WriteDraft {
        draft: None,
        key: market.key(),
        part: what(&market),
    };
    let written = market
        .write_draft(&Actor::Visitor, Some(&guest), write)
        .await;
    let id = written.unwrap().id;
    market.advance(Span::days(7));
    market
        .store()
        .sweep(market.now(), Limit::MAX)
        .await
        .unwrap();
    let read = market.read_draft(&Actor::Visitor, Some(&guest), id).await;
    assert!(matches!(read, Err(ChangeRequestError::NotFound)));
}

#[tokio::test]
async fn a_category_that_is_closed_or_unknown_takes_no_request() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await.actor();
    let mut details = market.details("A camera");
    details.what.category = category("nowhere");
    let write = WriteDraft {
        draft: None,
        key: market.key(),
        part: DraftPart::What(details.what),
    };
    let refused = market.write_draft(&sara, None, write).await;
    assert!(matches!(
        refused,
        Err(WriteDraftError::Change(ChangeRequestError::Rejected(
            Rejection::NoSuchCategory
        )))
    ));

    let id = market.draft(&sara, market.details("A camera")).await;
    let categories = market.store().categories();
    let mut electronics = categories
        .find(category("electronics"))
        .await
        .unwrap()
        .unwrap();
    electronics.is_active = false;
    electronics.version += 1;
    categories.commit(&electronics, 1).await.unwrap();
    let refused = market.publish_request(&sara, id, &market.once()).await;
    assert!(matches!(
        refused,
        Err(ChangeRequestError::Rejected(Rejection::NoSuchCategory))
    ));
}

#[tokio::test]
async fn publishing_again_with_the_same_key_answers_and_changes_nothing() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await.actor();
    let id = market.draft(&sara, market.details("A camera")).await;
    let once = market.once();
    let first = market.publish_request(&sara, id, &once).await.unwrap();
    let second = market.publish_request(&sara, id, &once).await.unwrap();
    assert_eq!(first, second);
    let again = market.publish_request(&sara, id, &market.once()).await;
    assert!(matches!(
        again,
        Err(ChangeRequestError::Rejected(Rejection::NotADraft))
    ));
}

#[tokio::test]
async fn where_staff_look_first_a_request_is_seen_when_they_let_it() {
    let market =
        Market::with(|config| config.marketplace.request_review = RequestReview::Manual).await;
    let sara = market.buyer("sara").await.actor();
    let omid = market.buyer("omid").await.actor();
    let admin = market.person("ada", &[Role::Admin]).await.actor();
    let id = market.draft(&sara, market.details("A camera")).await;
    let held = market
        .publish_request(&sara, id, &market.once())
        .await
        .unwrap();
    assert_eq!(held.status(), RequestStatus::Pending);
    assert!(market.view_request(&omid, id).await.is_err());

    let denied = market.approve_request(&sara, id, &market.once()).await;
    assert!(matches!(
        denied,
        Err(ChangeRequestError::Failed(Failure::Denied(_)))
    ));
    let reason = Line::new("Say which model.").unwrap();
    let sent_back = market
        .send_request_back(&admin, id, reason, &market.once())
        .await
        .unwrap();
    assert_eq!(sent_back.stage, Stage::Draft);
    market.relay().await;
    market
        .publish_request(&sara, id, &market.once())
        .await
        .unwrap();
    market
        .approve_request(&admin, id, &market.once())
        .await
        .unwrap();
    assert!(market.view_request(&omid, id).await.is_ok());

    market.relay().await;
    market.relay().await;
    let filter = AuditFilter::To(format!("request:{id}"));
    let page = PageRequest::first(Limit::MAX);
    let log = market.store().audit().list(&filter, page).await.unwrap();
    let entries = log.items.iter().rev().map(|line| {
        let entry = &line.entry;
        (entry.action.as_str(), entry.reason.as_deref())
    });
    let entries: Vec<_> = entries.collect();
    let moderate = "request.moderate";
    assert_eq!(
        entries,
        [(moderate, Some("Say which model.")), (moderate, None)]
    );
}

#[tokio::test]
async fn a_person_keeps_fifty_drafts() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await.actor();
    let write = || WriteDraft {
        draft: None,
        key: market.key(),
        part: what(&market),
    };
    for _ in 0..50 {
        market.write_draft(&sara, None, write()).await.unwrap();
    }
    let refused = market.write_draft(&sara, None, write()).await;
    assert!(matches!(refused, Err(WriteDraftError::TooManyDrafts(50))));
    let unknown = RequestId::derived(&[b"unknown"]);
    let write = WriteDraft {
        draft: Some(unknown),
        ..write()
    };
    let refused = market.write_draft(&sara, None, write).await;
    assert!(matches!(
        refused,
        Err(WriteDraftError::Change(ChangeRequestError::NotFound))
    ));
}

#[tokio::test]
async fn strangers_of_one_network_begin_twenty_drafts_a_day() {
    let market = Market::new().await;
    let begin = async || {
        let write = WriteDraft {
            draft: None,
            key: market.key(),
            part: what(&market),
        };
        let guest = guest(&market);
        market
            .write_draft(&Actor::Visitor, Some(&guest), write)
            .await
    };
    for _ in 0..20 {
        begin().await.unwrap();
    }
    let Err(WriteDraftError::Throttled { until }) = begin().await else {
        panic!("the store would fill with what nobody signs for")
    };
    market.advance(until.since(market.now()));
    begin().await.unwrap();
}
