//! Browsing, searching, the feed.

use domain::Network;
use domain::request::Urgency;
use services::Actor;
use storage::{Browse, Limit, Page, PageRequest};

use crate::market::{Market, category};

fn first_page() -> PageRequest {
    PageRequest::first(Limit::MAX)
}

async fn titles(market: &Market, browse: Browse) -> Vec<String> {
    let found = market
        .browse_requests(&Actor::Visitor, &browse, first_page())
        .await;
    let Page { items, .. } = found.unwrap();
    items
        .into_iter()
        .filter_map(|card| card.request.title)
        .map(|title| title.to_string())
        .collect()
}

#[tokio::test]
async fn visitors_find_open_requests_by_word_category_and_urgency() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    market.request(&sara, "دوربین عکاسی").await;
    market.request(&sara, "Leica camera").await;
    market
        .draft(&sara.actor(), market.details("Unpublished"))
        .await;
    let all = titles(&market, Browse::default()).await;
    assert_eq!(all.len(), 2, "{all:?}");
    for question in ["دوربين", "LEICA", "leic cam"] {
        let browse = Browse {
            question: question.into(),
            ..Browse::default()
        };
        assert_eq!(titles(&market, browse).await.len(), 1, "{question}");
    }
    let in_category = |slug| Browse {
        category: Some(category(slug)),
        ..Browse::default()
    };
    assert_eq!(titles(&market, in_category("electronics")).await.len(), 2);
    assert_eq!(titles(&market, in_category("services")).await.len(), 0);
    let urgent = Browse {
        urgency: Some(Urgency::Urgent),
        ..Browse::default()
    };
    assert_eq!(titles(&market, urgent).await.len(), 0);
}

#[tokio::test]
async fn a_card_tells_the_place_and_the_buyers_deals() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    market.request(&sara, "A camera").await;
    let found = market
        .browse_requests(&Actor::Visitor, &Browse::default(), first_page())
        .await
        .unwrap();
    let card = &found.items[0];
    let place = card.request.place.as_ref().unwrap();
    assert_eq!(
        (place.city.as_str(), place.country.code()),
        ("Tabriz", "IR")
    );
    let buyer = card.buyer.as_ref().unwrap();
    assert_eq!((buyer.name.as_str(), buyer.deals), ("sara", 0));
}

#[tokio::test]
async fn invitations_stand_in_the_feed_of_the_invited_alone() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let lale = market.seller("lale").await;
    market.request_for(&sara, "For Omid", &omid).await;
    let open = market.request(&sara, "For everybody").await;
    market.offer(&lale, open, "100").await;

    let browse = Browse::default();
    assert_eq!(titles(&market, browse.clone()).await, ["For everybody"]);
    let feed = market
        .read_feed(&omid.actor(), &browse, first_page())
        .await
        .unwrap();
    assert_eq!(feed.invitations.len(), 1);
    assert_eq!((feed.open_offers, feed.open_offers_max), (0, Some(5)));
    let feed = market
        .read_feed(&lale.actor(), &browse, first_page())
        .await
        .unwrap();
    assert_eq!(feed.invitations.len(), 0);
    assert!(feed.open.items[0].has_offer);
    assert_eq!(feed.open_offers, 1);
    assert!(
        market
            .read_feed(&sara.actor(), &browse, first_page())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_invited_hear_of_it() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    market.request_for(&sara, "For Omid", &omid).await;
    assert_eq!(market.heard(&omid).await, ["A buyer asks you"]);
    assert_eq!(market.relay().await, 0, "told once");
}

#[tokio::test]
async fn a_seller_without_an_address_on_a_network_is_told_so_by_the_form() {
    let market = Market::new().await;
    let sara = market.buyer("sara").await;
    let omid = market.seller("omid").await;
    let id = market.request(&sara, "A camera").await;
    let form = market.offer_form(&omid.actor(), id).await.unwrap();
    let ready: Vec<Network> = form
        .networks
        .iter()
        .filter(|(_, has_address)| *has_address)
        .map(|(network, _)| *network)
        .collect();
    assert_eq!(ready, [Network::Bsc, Network::Polygon]);
    assert_eq!(form.may, Ok(()));
}
