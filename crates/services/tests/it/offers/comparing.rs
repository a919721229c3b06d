//! The buyer looks at offers.

use domain::Network;
use domain::deal::{Command, State};
use domain::digest::Digest;
use domain::request::Rejection;
use services::offers::{Hindrance, ShowTermsError};
use services::requests::{ChangeRequestError, EditRequest};

use crate::dealt::{Dealt, People, usd};
use crate::market::Market;

#[tokio::test]
async fn offers_are_compared_cheapest_first_without_their_sellers_notes() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let id = market.request(&sara, "A camera").await;
    for (name, price) in [("omid", "100"), ("lale", "90.5"), ("reza", "95")] {
        let seller = market.seller(name).await;
        market.offer(&seller, id, price).await;
    }
    let compared = market.compare_offers(&sara.actor(), id).await.unwrap();
    let names: Vec<&str> = compared
        .offers
        .iter()
        .filter_map(|one| one.seller.as_ref())
        .map(|seller| seller.name.as_str())
        .collect();
    assert_eq!(names, ["lale", "reza", "omid"]);
    for one in &compared.offers {
        assert_eq!(one.offer.proposal.notes, None);
        assert_eq!(one.hindrance, None);
        let seller = one.seller.as_ref().unwrap();
        assert!(seller.is_new() && seller.dispute_free_percent().is_none());
    }
}

#[tokio::test]
async fn a_sellers_record_counts_what_was_paid_and_is_over() {
    let market = Market::new().await;
    let (sara, omid) = (market.buyer("sara").await, market.seller("omid").await);
    let id = market.request(&sara, "A camera").await;
    market.offer(&omid, id, "100").await;
    let people = People {
        buyer: market.buyer("bahar").await,
        seller: omid,
    };
    for number in 1..=4 {
        let mut dealt = Dealt::funded(&market, &people, number, usd(100));
        dealt.ship();
        if number == 4 {
            dealt.dispute().buyer(Command::WithdrawDispute);
        }
        dealt.buyer(Command::Accept).pay_seller();
        assert_eq!(dealt.deal.state, State::Released);
        dealt.keep_untold(&market).await;
    }
    let mut called_off = Dealt::open(&market, &people, 5, usd(100));
    called_off.buyer(Command::Cancel);
    called_off.keep_untold(&market).await;
    Dealt::funded(&market, &people, 6, usd(100))
        .keep_untold(&market)
        .await;

    let compared = market.compare_offers(&sara.actor(), id).await.unwrap();
    let seller = compared.offers[0].seller.as_ref().unwrap();
    assert_eq!((seller.deals, seller.without_dispute), (4, 3));
    assert_eq!(seller.dispute_free_percent(), Some(75));
}

#[tokio::test]
async fn nobody_else_compares() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let refused = market.compare_offers(&omid.actor(), id).await;
    assert!(matches!(refused, Err(ChangeRequestError::NotFound)));
    let refused = market
        .show_terms(&omid.actor(), id, offer, Network::Polygon)
        .await;
    assert!(matches!(
        refused,
        Err(ShowTermsError::Change(ChangeRequestError::NotFound))
    ));
}

#[tokio::test]
async fn an_offer_on_an_earlier_edition_is_marked_and_cannot_be_accepted() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    market.offer(&omid, id, "100").await;
    let seen = market.details("A camera");
    let mut details = seen.clone();
    details.conditions.inspection_days = 7;
    let edit = EditRequest {
        id,
        seen: Digest::of_value(&seen),
        details,
    };
    market
        .edit_request(&sara.actor(), edit, &market.once())
        .await
        .unwrap();
    let compared = market.compare_offers(&sara.actor(), id).await.unwrap();
    assert_eq!(compared.offers[0].hindrance, Some(Hindrance::Outdated));
}

#[tokio::test]
async fn terms_are_shown_for_networks_that_the_offer_names() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let shown = market.terms(&sara, id, offer).await;
    assert_eq!(shown.hash, shown.terms.hash());
    assert_eq!(shown.offer.proposal.notes, None);
    let tron = market
        .show_terms(&sara.actor(), id, offer, Network::Tron)
        .await;
    assert!(matches!(tron, Err(ShowTermsError::SellerUnavailable)));
    let unknown = domain::id::OfferId::derived(&[b"unknown"]);
    let gone = market
        .show_terms(&sara.actor(), id, unknown, Network::Polygon)
        .await;
    assert!(matches!(
        gone,
        Err(ShowTermsError::Change(ChangeRequestError::Rejected(
            Rejection::NoSuchOffer
        )))
    ));
}
