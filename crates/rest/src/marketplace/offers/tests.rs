//! What sellers and buyers go through with offers, as programs see it.

use axum::http::StatusCode;
use domain::role::{Role, Roles};
use serde_json::{Value, json};

use crate::testing::{Answer, Door};

fn offer() -> Value {
    json!({
        "title": "Leica M6",
        "description": "Serviced last year.",
        "price": { "amount": "110.5", "currency": "USDT" },
        "deliveryTime": { "amount": 10, "unit": "days" },
        "networks": ["bsc"],
        "notes": "Costs me 90",
    })
}

/// A buyer's request, and a seller who can be paid.
struct Market {
    door: Door,
    sara: String,
    reza: String,
    request: String,
}

impl Market {
    async fn open() -> Self {
        let door = Door::open();
        door.stock_categories().await;
        let reza = door.seller().await;
        let sara = door.active(Roles::BUYER).await;
        let id = door.published(&sara).await;
        let request = format!("/marketplace/purchase-requests/{id}");
        Self {
            door,
            sara,
            reza,
            request,
        }
    }

    /// The path of Reza's offer.
    async fn offered(&self) -> String {
        let made = self.offer("offer", &offer()).await;
        assert_eq!(made.status, StatusCode::OK, "{made:?}");
        let id = made.json["data"]["id"].as_str().unwrap();
        format!("/marketplace/offers/{id}")
    }

    async fn offer(&self, key: &str, body: &Value) -> Answer {
        let path = format!("{}/offers", self.request);
        self.door.keyed("POST", &path, &self.reza, key, body).await
    }

    async fn offers_seen_by(&self, token: &str) -> Value {
        let path = format!("{}/offers", self.request);
        self.door.get(&path, token).await.json["data"].clone()
    }

    /// What Sara accepts with, as of the terms that stand now.
    async fn choice(&self, offer: &str) -> Value {
        let id = offer.rsplit('/').next().unwrap();
        let path = format!("{}/offers/{id}/terms?network=bsc", self.request);
        let terms = self.door.get(&path, &self.sara).await;
        let terms = &terms.json["data"];
        assert_eq!(terms["price"]["units"], "110500000000000000000", "{terms}");
        json!({
            "offerId": id,
            "offerVersion": terms["offerVersion"],
            "termsHash": terms["termsHash"],
            "network": "bsc",
            "token": "USDT",
        })
    }

    async fn select(&self, key: &str, choice: &Value) -> Answer {
        let path = format!("{}/select-offer", self.request);
        self.door
            .keyed("POST", &path, &self.sara, key, choice)
            .await
    }
}

#[tokio::test]
async fn an_offer_is_made_once_and_its_notes_are_its_sellers_own() {
    let market = Market::open().await;
    let path = market.offered().await;
    assert_eq!(market.offered().await, path);
    let own = market.offers_seen_by(&market.reza).await;
    assert_eq!(own[0]["notes"], "Costs me 90", "{own}");
    let compared = market.offers_seen_by(&market.sara).await;
    assert_eq!(compared[0]["price"]["amount"], "110.5", "{compared}");
    assert_eq!(compared[0]["seller"]["isNew"], true);
    assert!(compared[0].get("notes").is_none(), "{compared}");
    let rival = market.door.active(Roles::NONE.with(Role::Seller)).await;
    assert_eq!(market.offers_seen_by(&rival).await, json!([]));

    let mut other = offer();
    other["title"] = json!("Leica M7");
    let reused = market.offer("offer", &other).await;
    reused.refused(StatusCode::CONFLICT, "IDEMPOTENCY_KEY_REUSED");
    let second = market.offer("second", &other).await;
    second.refused(StatusCode::CONFLICT, "OFFER_EXISTS");
    let mine = market
        .door
        .get("/marketplace/offers?live=true", &market.reza)
        .await;
    assert_eq!(
        mine.json["data"][0]["offers"][0]["status"], "pending",
        "{mine:?}"
    );
}

#[tokio::test]
async fn all_that_is_wrong_with_an_offer_is_said_at_once() {
    let market = Market::open().await;
    let empty = market.offer("1", &json!({})).await;
    let expected = [
        "title",
        "description",
        "price.amount",
        "price.currency",
        "deliveryTime.unit",
    ];
    assert_eq!(empty.fields(), expected);
    let mut unpayable = offer();
    unpayable["networks"] = json!(["tron"]);
    let unpayable = market.offer("2", &unpayable).await;
    assert_eq!(unpayable.fields(), ["networks"]);
    assert_eq!(unpayable.json["errors"][0]["code"], "NO_PAYOUT_ADDRESS");
}

#[tokio::test]
async fn a_revision_names_the_version_it_was_decided_on() {
    let market = Market::open().await;
    let (door, path) = (&market.door, market.offered().await);
    let change = json!({ "price": { "amount": "100" } });
    let revised = door
        .matched("PATCH", &path, &market.reza, "\"1\"", &change)
        .await;
    assert_eq!(revised.json["data"]["version"], 2, "{revised:?}");
    assert_eq!(revised.json["data"]["price"]["amount"], "100");
    assert_eq!(
        revised.json["data"]["revisions"][0]["price"]["amount"],
        "110.5"
    );
    let stale = door
        .matched("PATCH", &path, &market.reza, "\"1\"", &change)
        .await;
    stale.refused(StatusCode::PRECONDITION_FAILED, "STALE");
    let again = door.call("PATCH", &path, &market.reza, &change).await;
    assert_eq!(again.json["data"]["version"], 2, "nothing changed");
    let rival = door.active(Roles::NONE.with(Role::Seller)).await;
    let strange = door.call("PATCH", &path, &rival, &change).await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
}

#[tokio::test]
async fn an_outdated_offer_is_confirmed_by_sending_nothing_new() {
    let market = Market::open().await;
    let (door, path) = (&market.door, market.offered().await);
    let change = json!({ "description": "Without a charger." });
    door.call("PATCH", &market.request, &market.sara, &change)
        .await;
    let compared = market.offers_seen_by(&market.sara).await;
    assert_eq!(compared[0]["hindrance"], "outdated", "{compared}");
    let confirmed = door.call("PATCH", &path, &market.reza, &json!({})).await;
    assert_eq!(confirmed.json["data"]["isOutdated"], false, "{confirmed:?}");
}

#[tokio::test]
async fn a_withdrawn_offer_stays_withdrawn() {
    let market = Market::open().await;
    let (door, path) = (&market.door, market.offered().await);
    let choice = market.choice(&path).await;
    let withdraw = format!("{path}/withdraw");
    let strange = door
        .keyed("POST", &withdraw, &market.sara, "w", &Value::Null)
        .await;
    strange.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    for _ in 0..2 {
        let withdrawn = door
            .keyed("POST", &withdraw, &market.reza, "w", &Value::Null)
            .await;
        assert_eq!(
            withdrawn.json["data"]["status"], "withdrawn",
            "{withdrawn:?}"
        );
    }
    let late = market.select("s", &choice).await;
    late.refused(StatusCode::NOT_FOUND, "NOT_FOUND");
    let compared = market.offers_seen_by(&market.sara).await;
    assert_eq!(compared[0]["status"], "withdrawn", "{compared}");
}

#[tokio::test]
async fn a_wish_is_told_to_the_seller_and_binds_nobody() {
    let market = Market::open().await;
    let (door, path) = (&market.door, market.offered().await);
    let counter = format!("{path}/counter");
    let wish = |version: u32| {
        let price = json!({ "amount": "95", "currency": "USDT" });
        json!({ "offerVersion": version, "price": price, "note": "It is worn." })
    };
    let stale = door
        .keyed("POST", &counter, &market.sara, "0", &wish(7))
        .await;
    stale.refused(StatusCode::CONFLICT, "OFFER_CHANGED");
    for _ in 0..2 {
        let told = door
            .keyed("POST", &counter, &market.sara, "c", &wish(1))
            .await;
        assert_eq!(
            told.json["data"]["counter"]["price"]["amount"], "95",
            "{told:?}"
        );
    }
    let own = market.offers_seen_by(&market.reza).await;
    assert_eq!(own[0]["counter"]["note"], "It is worn.");
    assert_eq!(own[0]["price"]["amount"], "110.5");
}

#[tokio::test]
async fn accepting_opens_one_deal_by_the_terms_that_were_read() {
    let market = Market::open().await;
    let path = market.offered().await;
    let choice = market.choice(&path).await;
    let mut other = choice.clone();
    other["token"] = json!("USDC");
    let other = market.select("s", &other).await;
    assert_eq!(other.fields(), ["token"]);

    let first = market.select("s", &choice).await;
    assert_eq!(first.status, StatusCode::OK, "{first:?}");
    let again = market.select("s", &choice).await;
    assert_eq!(again.json, first.json);
    let request = market.door.get(&market.request, &market.sara).await;
    assert_eq!(request.json["data"]["dealId"], first.json["data"]["dealId"]);
    assert_eq!(request.json["data"]["status"], "payment");
    let second = market.select("t", &choice).await;
    second.refused(StatusCode::CONFLICT, "DEAL_RUNNING");
}

#[tokio::test]
async fn terms_that_changed_since_are_not_accepted() {
    let market = Market::open().await;
    let path = market.offered().await;
    let choice = market.choice(&path).await;
    let change = json!({ "title": "Leica M7" });
    market
        .door
        .call("PATCH", &path, &market.reza, &change)
        .await;
    let stale = market.select("s", &choice).await;
    stale.refused(StatusCode::CONFLICT, "OFFER_CHANGED");
    let mut forged = market.choice(&path).await;
    forged["termsHash"] = choice["termsHash"].clone();
    let forged = market.select("t", &forged).await;
    forged.refused(StatusCode::CONFLICT, "TERMS_CHANGED");
}

#[tokio::test]
async fn what_is_found_by_words_and_who_sells() {
    let market = Market::open().await;
    let found = market.door.get("/marketplace/search?q=camera", "").await;
    assert_eq!(
        found.json["data"]["purchaseRequests"][0]["title"],
        "A used camera"
    );
    assert_eq!(found.json["data"]["categories"][0]["slug"], "cameras");
    let nothing = market.door.get("/marketplace/search", "").await;
    assert_eq!(nothing.fields(), ["q"]);
    let sellers = market.door.get("/marketplace/sellers", "").await;
    assert_eq!(sellers.json["data"][0]["maySell"], true, "{sellers:?}");
}
