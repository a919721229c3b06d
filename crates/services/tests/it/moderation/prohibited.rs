//! What may not be traded here.

use domain::Role;
use domain::prohibited::{DOUBTFUL, REFUSED};
use domain::request::{Rejection, RequestStatus};
use domain::text::Line;
use services::Actor;
use services::config::ProhibitedWords;
use services::offers::MakeOffer;
use services::requests::{DraftPart, EditRequest, WriteDraft};
use storage::search::words;
use storage::{Limit, PageRequest};

use crate::market::{Market, proposal};

#[test]
fn the_list_is_written_as_searches_fold_words() {
    for phrase in REFUSED.iter().chain(DOUBTFUL) {
        let folded: Vec<String> = words(phrase).collect();
        assert_eq!(folded.join(" "), *phrase);
    }
    let own = ProhibitedWords::phrases("Caviar,  Sturgeon-EGGS ،كاويار, ");
    assert_eq!(own, ["caviar", "sturgeon eggs", "کاویار"]);
}

#[tokio::test]
async fn what_names_forbidden_goods_is_not_even_written() {
    let market = Market::new().await;
    let buyer = market.buyer("bahar").await;
    for title in ["Cocaine, pure", "هروئین", "ASSAULT-RIFLE"] {
        let write = WriteDraft {
            draft: None,
            key: market.key(),
            part: DraftPart::What(market.details(title).what),
        };
        let refused = market.write_draft(&buyer.actor(), None, write).await;
        let text = format!("{:?}", refused.unwrap_err());
        assert!(text.contains("Prohibited"), "{title}: {text}");
    }
}

#[tokio::test]
async fn doubtful_words_are_looked_at_before_anybody_sees_them() {
    let market = Market::new().await;
    let buyer = market.buyer("bahar").await;
    let admin = market.person("ada", &[Role::Admin]).await;
    let id = market.request(&buyer, "A glue gun").await;
    assert!(market.view_request(&Actor::Visitor, id).await.is_err());
    let page = PageRequest::first(Limit::MAX);
    let waiting = market.list_requests_in_review(&admin.actor(), page).await;
    assert_eq!(waiting.unwrap().items[0].request.id, id);
    let once = market.once();
    market
        .approve_request(&admin.actor(), id, &once)
        .await
        .unwrap();
    market.view_request(&Actor::Visitor, id).await.unwrap();
}

#[tokio::test]
async fn a_change_cannot_bring_forbidden_goods_in_and_doubtful_ones_are_reported() {
    let market = Market::new().await;
    let buyer = market.buyer("bahar").await;
    let admin = market.person("ada", &[Role::Admin]).await;
    let id = market.request(&buyer, "A camera").await;
    let actor = buyer.actor();
    let read = market.read_draft(&actor, None, id).await.unwrap();
    let before = read.details().unwrap().clone();
    let edit = |title: &str| {
        let mut details = before.clone();
        details.what.title = Line::new(title).unwrap();
        EditRequest {
            id,
            seen: domain::digest::Digest::of_value(&before),
            details,
        }
    };
    let refused = market
        .edit_request(&actor, edit("Fake passport"), &market.once())
        .await;
    assert_eq!(refused.unwrap_err().code(), Rejection::Prohibited.code());
    let edited = market
        .edit_request(&actor, edit("A passport cover"), &market.once())
        .await
        .unwrap();
    assert_eq!(edited.status(), RequestStatus::Active);
    let page = PageRequest::first(Limit::MAX);
    let reports = market.list_reports(&admin.actor(), page).await.unwrap();
    assert_eq!(reports.items[0].reporter, None, "nobody reported it");
}

#[tokio::test]
async fn offers_are_held_to_the_same_list_and_so_are_the_operators_own_words() {
    let market = Market::with(|config| {
        config.prohibited.refused = ProhibitedWords::phrases("Canon AE-1");
    })
    .await;
    let (buyer, seller) = (market.buyer("bahar").await, market.seller("sara").await);
    let request = market.request(&buyer, "A camera").await;
    let make = MakeOffer {
        request,
        proposal: proposal("100"),
    };
    let refused = market
        .make_offer(&seller.actor(), make, &market.once())
        .await;
    assert_eq!(refused.unwrap_err().code(), Rejection::Prohibited.code());
}
