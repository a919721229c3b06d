//! Whole requests, as programs write and change them.

use std::sync::Arc;

use domain::policy::Action;
use domain::request::{Details, Draft, Rejection};
use domain::text::Line;
use services::Failure;
use services::identity::SignedIn;
use services::requests::{AmendRequest, ChangeRequestError, Once, WriteDraftError};

use crate::market::Market;

fn parts(details: Details) -> Draft {
    Draft {
        what: Some(details.what),
        delivery: Some(details.delivery),
        conditions: Some(details.conditions),
    }
}

fn called(details: &Details, title: &str) -> Details {
    let mut changed = details.clone();
    changed.what.title = Line::new(title).unwrap();
    changed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_copies_at_once_one_writes_the_request() {
    let market = Arc::new(Market::new().await);
    let sara = market.buyer("sara").await;
    let key = market.key();
    let mut copies = Vec::new();
    for _ in 0..20 {
        let (market, actor, key) = (Arc::clone(&market), sara.actor(), key.clone());
        copies.push(tokio::spawn(async move {
            let once = Once::new(key, "test", &"A camera");
            let details = market.details("A camera");
            market.draft_request(&actor, details, &once).await
        }));
    }
    let mut written = Vec::new();
    for copy in copies {
        written.push(copy.await.unwrap().unwrap().id);
    }
    written.dedup();
    assert_eq!(written.len(), 1);
    let counted = market.count_own_requests_in(&sara.actor(), None).await;
    assert_eq!(counted.unwrap(), 1);
}

#[tokio::test]
async fn a_key_belongs_to_its_person_and_to_one_body() {
    let market = Market::new().await;
    let (sara, omid) = (market.buyer("sara").await, market.buyer("omid").await);
    let key = market.key();
    let draft = async |who: &SignedIn, title: &str| {
        let once = Once::new(key.clone(), "test", &title);
        let details = market.details(title);
        market.draft_request(&who.actor(), details, &once).await
    };
    let first = draft(&sara, "A camera").await.unwrap();
    assert_eq!(draft(&sara, "A camera").await.unwrap().id, first.id);
    let reused = draft(&sara, "A lens").await;
    assert!(matches!(
        reused,
        Err(WriteDraftError::Change(ChangeRequestError::KeyReused))
    ));
    assert_ne!(draft(&omid, "A lens").await.unwrap().id, first.id);
}

#[tokio::test]
async fn a_program_fills_nobodys_list_with_drafts() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    for _ in 0..50 {
        let details = market.details("A camera");
        let once = market.once();
        market
            .draft_request(&sara.actor(), details, &once)
            .await
            .unwrap();
    }
    let details = market.details("A camera");
    let (actor, once) = (sara.actor(), market.once());
    let one_more = market.draft_request(&actor, details, &once).await;
    assert!(matches!(one_more, Err(WriteDraftError::TooManyDrafts(50))));
}

#[tokio::test]
async fn a_change_is_made_to_the_version_that_was_read_and_once() {
    let market = Market::new().await;
    let (sara, omid) = (market.buyer("sara").await, market.buyer("omid").await);
    let details = market.details("A camera");
    for id in [
        market.draft(&sara.actor(), details.clone()).await,
        market.publish(&sara, details.clone()).await,
    ] {
        let read = market.read_own_request(&sara.actor(), id).await.unwrap();
        let amend = |version, title: &str| AmendRequest {
            id,
            version,
            parts: parts(called(&details, title)),
        };
        let change = async |who: &SignedIn, version, title: &str| {
            market
                .amend_request(&who.actor(), amend(version, title))
                .await
        };
        let amended = change(&sara, read.version, "A lens").await.unwrap();
        let late = change(&sara, read.version, "A bag").await;
        assert!(matches!(
            late,
            Err(ChangeRequestError::Rejected(Rejection::RequestChanged))
        ));
        let again = change(&sara, amended.version, "A lens").await;
        assert_eq!(again.unwrap().version, amended.version);
        let strange = change(&omid, amended.version, "A bag").await;
        assert!(matches!(strange, Err(ChangeRequestError::NotFound)));
    }
}

#[tokio::test]
async fn an_offer_is_found_by_those_it_is_between() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let (omid, lale) = (market.seller("omid").await, market.seller("lale").await);
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let find = async |who: &SignedIn| {
        let then = Action::ReadOwnOffers;
        market.request_of_offer(&who.actor(), then, offer).await
    };
    assert_eq!(find(&sara).await.unwrap(), id);
    assert_eq!(find(&omid).await.unwrap(), id);
    assert!(matches!(
        find(&lale).await,
        Err(ChangeRequestError::NotFound)
    ));
    market
        .withdraw_offer(&omid.actor(), id, offer, &market.once())
        .await
        .unwrap();
    assert_eq!(find(&omid).await.unwrap(), id, "also when it has ended");
    let (actor, then) = (sara.actor(), Action::MakeOffer);
    let may_not = market.request_of_offer(&actor, then, offer).await;
    assert!(matches!(
        may_not,
        Err(ChangeRequestError::Failed(Failure::Denied(_)))
    ));
}
