//! Making, revising and withdrawing.

use domain::policy::Denied;
use domain::request::Rejection;
use domain::text::Line;
use domain::{Network, Role, Span};
use services::config::SellerApproval;
use services::offers::{CounterOffer, MakeOffer, ReviseOffer};
use services::requests::{ChangeRequestError, Once};
use services::{Actor, Failure};
use storage::{Limit, OfferStanding, PageRequest};

use crate::market::{Market, accept, proposal};

fn rejection<T: core::fmt::Debug>(result: Result<T, ChangeRequestError>) -> Rejection {
    match result.unwrap_err() {
        ChangeRequestError::Rejected(rejection) => rejection,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_offer_sent_twice_is_made_once_and_its_buyer_told_once() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    market.relay().await;
    let make = MakeOffer {
        request: id,
        proposal: proposal("100"),
    };
    let once = Once::new(market.key(), "offer", &make.proposal);
    let first = market
        .make_offer(&omid.actor(), make.clone(), &once)
        .await
        .unwrap();
    let second = market.make_offer(&omid.actor(), make, &once).await.unwrap();
    assert_eq!(first, second);
    market.relay().await;
    market.relay().await;
    let mail = market.only_mail().await;
    assert_eq!(mail.subject, "New offer");
    assert!(mail.text.contains("100.00"), "{}", mail.text);
}

#[tokio::test]
async fn only_approved_sellers_with_an_address_offer() {
    let market = Market::with(|config| {
        config.identity.seller_approval = SellerApproval::Manual;
    })
    .await;
    let sara = market.buyer("sara").await;
    let id = market.request(&sara, "A camera").await;
    let make = || MakeOffer {
        request: id,
        proposal: proposal("100"),
    };
    let denied = |actor: Actor| {
        let (market, make) = (&market, make());
        async move {
            let refused = market.make_offer(&actor, make, &market.once()).await;
            match refused.unwrap_err() {
                ChangeRequestError::Failed(Failure::Denied(denied)) => denied,
                other => panic!("{other:?}"),
            }
        }
    };
    assert_eq!(denied(Actor::Visitor).await, Denied::SignInNeeded);
    assert_eq!(denied(sara.actor()).await, Denied::Forbidden);

    let omid = market.person("omid", &[Role::Buyer, Role::Seller]).await;
    let refused = market
        .make_offer(&omid.actor(), make(), &market.once())
        .await;
    assert_eq!(rejection(refused), Rejection::NoPayoutAddress(Network::Bsc));
}

#[tokio::test]
async fn a_new_seller_has_five_open_offers_on_all_requests_together() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let mut offers = Vec::new();
    for number in 0..5 {
        let id = market.request(&sara, &format!("Camera {number}")).await;
        offers.push((id, market.offer(&omid, id, "100").await));
    }
    let sixth = market.request(&sara, "Camera 6").await;
    let make = || MakeOffer {
        request: sixth,
        proposal: proposal("100"),
    };
    let refused = market
        .make_offer(&omid.actor(), make(), &market.once())
        .await;
    assert_eq!(rejection(refused), Rejection::NewSellerLimit);
    let (request, offer) = offers[0];
    market
        .withdraw_offer(&omid.actor(), request, offer, &market.once())
        .await
        .unwrap();
    market
        .make_offer(&omid.actor(), make(), &market.once())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_accepted_offer_leaves_a_new_seller_room_for_another() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let mut last = None;
    for number in 0..5 {
        let id = market.request(&sara, &format!("Camera {number}")).await;
        last = Some((id, market.offer(&omid, id, "100").await));
    }
    let (request, offer) = last.unwrap();
    let shown = market.terms(&sara, request, offer).await;
    market
        .accept_offer(&sara.actor(), accept(&shown), &market.once())
        .await
        .unwrap();
    let sixth = market.request(&sara, "Camera 6").await;
    market.offer(&omid, sixth, "100").await;
}

#[tokio::test]
async fn a_preview_says_what_the_seller_receives_on_each_network() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let previewed = market
        .preview_offer(&omid.actor(), id, &proposal("1240"))
        .await
        .unwrap();
    let receives: Vec<String> = previewed
        .iter()
        .map(|one| one.receives.to_grouped(one.asset.decimals()))
        .collect();
    assert_eq!(receives, ["1,227.30", "1,227.50"]);
    for one in previewed {
        let sum = one
            .receives
            .checked_add(one.fee)
            .unwrap()
            .checked_add(one.network_fee);
        assert_eq!(sum, Some(one.price), "the lines of the statement add up");
    }
}

#[tokio::test]
async fn a_wish_is_heard_and_a_revision_answers_it() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    market.relay().await;
    market.mails().await;
    let wish = CounterOffer {
        request: id,
        offer,
        version: 1,
        price: proposal("80").price,
        delivery: None,
        note: None,
    };
    market
        .counter_offer(&sara.actor(), wish, &market.once())
        .await
        .unwrap();
    market.relay().await;
    assert_eq!(
        market.only_mail().await.subject,
        "The buyer answered your offer"
    );
    let revise = ReviseOffer {
        request: id,
        offer,
        version: 1,
        proposal: proposal("85"),
    };
    market
        .revise_offer(&omid.actor(), revise.clone(), &market.once())
        .await
        .unwrap();
    market.relay().await;
    assert_eq!(market.only_mail().await.subject, "Offer changed");
    let stale = market
        .revise_offer(&omid.actor(), revise, &market.once())
        .await;
    assert_eq!(rejection(stale), Rejection::OfferChanged);
}

#[tokio::test]
async fn a_suspended_seller_can_withdraw_but_not_offer() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let admin = market.person("ada", &[Role::Admin]).await;
    let id = market.request(&sara, "A camera").await;
    let offer = market.offer(&omid, id, "100").await;
    let reason = Line::new("Sold the same camera twice").unwrap();
    market
        .suspend_user(&admin.actor(), omid.user.id, reason)
        .await
        .unwrap();
    let suspended = market.find("omid").await.unwrap();
    let session = omid.session.id;
    let actor = Actor::Person(services::Person::new(&suspended, session));
    let make = MakeOffer {
        request: id,
        proposal: proposal("90"),
    };
    let refused = market.make_offer(&actor, make, &market.once()).await;
    assert!(matches!(
        refused,
        Err(ChangeRequestError::Failed(Failure::Denied(
            Denied::Suspended
        )))
    ));
    market
        .withdraw_offer(&actor, id, offer, &market.once())
        .await
        .unwrap();
}

#[tokio::test]
async fn sellers_find_their_own_offers_with_how_they_stand() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    let first = market.request(&sara, "A camera").await;
    market.advance(Span::minutes(1));
    let second = market.request(&sara, "A lens").await;
    let withdrawn = market.offer(&omid, first, "100").await;
    market.offer(&omid, second, "50").await;
    market.offer(&lale, second, "40").await;
    market
        .withdraw_offer(&omid.actor(), first, withdrawn, &market.once())
        .await
        .unwrap();
    let page = PageRequest::first(Limit::MAX);
    let all = market
        .list_own_offers(&omid.actor(), false, page)
        .await
        .unwrap();
    let standings: Vec<OfferStanding> = all
        .items
        .iter()
        .flat_map(|one| one.offers.iter().map(|offer| offer.standing))
        .collect();
    assert_eq!(standings.len(), 2);
    assert_eq!(standings[0], OfferStanding::Pending);
    let live = market
        .list_own_offers(&omid.actor(), true, page)
        .await
        .unwrap();
    assert_eq!(live.items.len(), 1);
    assert!(
        live.items[0]
            .offers
            .iter()
            .all(|offer| offer.seller == omid.user.id)
    );
}
