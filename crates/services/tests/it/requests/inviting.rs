//! Sellers whom a buyer names.

use domain::Role;
use domain::request::Rejection;
use services::Actor;
use services::requests::{Browse, ChangeRequestError, ViewRequestError};
use storage::{Limit, PageRequest};

use crate::market::Market;

fn is_hidden<T: core::fmt::Debug>(read: Result<T, ViewRequestError>) -> bool {
    matches!(read, Err(ViewRequestError::NotFound))
}

#[tokio::test]
async fn a_request_with_an_invitation_is_there_for_the_invited_alone() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let id = market.request_for(&sara, "For Omid", &omid).await;
    market.view_request(&omid.actor(), id).await.unwrap();
    for stranger in [lale.actor(), Actor::Visitor] {
        assert!(is_hidden(market.view_request(&stranger, id).await));
    }
    let form = market.offer_form(&lale.actor(), id).await;
    assert!(matches!(form, Err(ChangeRequestError::NotFound)));
    market.offer(&omid, id, "100").await;
}

#[tokio::test]
async fn whoever_is_invited_later_hears_of_it_once_and_others_lose_sight_of_it() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let id = market.request(&sara, "A camera").await;
    for _ in 0..2 {
        market
            .invite_seller(&sara.actor(), None, id, omid.user.id)
            .await
            .unwrap();
    }
    assert_eq!(market.heard(&omid).await, ["A buyer asks you"]);
    assert!(is_hidden(market.view_request(&lale.actor(), id).await));
    let page = PageRequest::first(Limit::MAX);
    let found = market
        .browse_requests(&Actor::Visitor, &Browse::default(), page)
        .await;
    assert!(found.unwrap().items.is_empty());
}

#[tokio::test]
async fn an_invitation_taken_back_hides_the_request_unless_there_is_an_offer() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let id = market.request_for(&sara, "For two", &omid).await;
    let actor = sara.actor();
    market
        .invite_seller(&actor, None, id, lale.user.id)
        .await
        .unwrap();
    market.offer(&lale, id, "100").await;
    for seller in [&omid, &lale] {
        let last = market
            .uninvite_seller(&actor, None, id, seller.user.id, false)
            .await;
        if seller.user.id == lale.user.id {
            let code = last.unwrap_err().code();
            assert_eq!(code, Rejection::LastInvited.code());
        }
    }
    assert!(is_hidden(market.view_request(&omid.actor(), id).await));
    market.view_request(&lale.actor(), id).await.unwrap();
    market
        .uninvite_seller(&actor, None, id, lale.user.id, true)
        .await
        .unwrap();
    market.view_request(&omid.actor(), id).await.unwrap();
}

#[tokio::test]
async fn only_those_who_sell_are_invited_and_only_to_ones_own_request() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let buyer = market.buyer("reza").await;
    let id = market.request(&sara, "A camera").await;
    let refused = market
        .invite_seller(&sara.actor(), None, id, buyer.user.id)
        .await;
    assert_eq!(refused.unwrap_err().code(), Rejection::NoSuchSeller.code());
    for stranger in [buyer.actor(), omid.actor()] {
        let refused = market
            .invite_seller(&stranger, None, id, omid.user.id)
            .await;
        assert_eq!(refused.unwrap_err().code(), "REQUEST_NOT_FOUND");
    }
}

#[tokio::test]
async fn sellers_are_found_by_the_beginnings_of_their_names_in_any_case() {
    let market = Market::new().await;
    for name in ["Kaveh", "Kamran", "Leyla"] {
        market.person(name, &[Role::Buyer, Role::Seller]).await;
    }
    market.buyer("kambiz").await;
    let found = async |name: &str| {
        let page = PageRequest::first(Limit::MAX);
        let found = market.list_sellers(&Actor::Visitor, name, page).await;
        let items = found.unwrap().items;
        items.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    assert_eq!(found("ka").await, ["Kamran", "Kaveh"]);
    assert_eq!(found("KAMR").await, ["Kamran"]);
    assert_eq!(found("leyla").await, ["Leyla"]);
    assert_eq!(found("nobody").await, Vec::<String>::new());
    assert_eq!(found("").await.len(), 3);
    let first = market
        .list_sellers(&Actor::Visitor, "", PageRequest::first(Limit::new(2)))
        .await
        .unwrap();
    let rest = PageRequest::after(first.next.unwrap(), Limit::new(2));
    let rest = market
        .list_sellers(&Actor::Visitor, "", rest)
        .await
        .unwrap();
    assert_eq!((first.items.len(), rest.items.len()), (2, 1));
    assert_eq!(rest.next, None);
}
