//! What can be paid with, and addresses.

use domain::{Asset, Network, Token};
use serde_json::json;
use services::ports::PaymentGateway as _;
use services::ports::gateway::{AddressRequest, GatewayError};

use crate::world::{World, bsc, gateway, intent, tron, units};

#[tokio::test]
async fn every_asset_we_know_is_on_the_list() {
    let world = World::new().await;
    let assets = world.gateway.available_assets().await.unwrap();
    assert_eq!(assets, Asset::all().collect::<Vec<_>>());
}

#[tokio::test]
async fn the_list_needs_no_key_and_names_coins_twice() {
    let world = World::new().await;
    let (status, list) = world.shop_get("/crypto").await;
    assert_eq!(status, 200);
    assert_eq!(list["status"], "success");
    let names: Vec<&str> = list["crypto"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    for name in [
        "BNB-USDT",
        "BNB-USDC",
        "ETH-USDT",
        "ETH-USDC",
        "BNB",
        "ETH",
        "MATIC",
        "POLYGON-USDT",
        "POLYGON-USDC",
        "TRX",
        "USDT",
        "USDC",
        "BTC",
        "LTC",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    let row = json!({"name": "USDT", "display_name": "TRC20 USDT"});
    assert!(list["crypto_list"].as_array().unwrap().contains(&row));
}

#[tokio::test]
async fn the_bare_ticker_is_the_one_on_tron() {
    let world = World::new().await;
    let watched = world.invoice("deal", tron(), "20").await;
    assert!(Network::Tron.has_shape_of_address(&watched.address));
}

#[tokio::test]
async fn an_invoice_asks_for_two_per_cent_more_and_due_stays_ours() {
    let world = World::new().await;
    let body = json!({
        "external_id": "107", "fiat": "USD", "amount": "18.25",
        "callback_url": "https://shop.example/hook",
    });
    let (status, invoice) = world.shop_post("/ETH-USDT/payment_request", body).await;
    assert_eq!(status, 200);
    assert_eq!(invoice["status"], "success");
    assert_eq!(invoice["amount"], "18.615");
    assert_eq!(invoice["exchange_rate"], "1");
    assert_eq!(invoice["recalculate_after"], 0);
    assert_eq!(invoice["display_name"], "ERC20 USDT");
    assert!(invoice["id"].is_u64());
    // The gateway shows neither the amount nor the rate: there is nobody to believe them.
}

#[tokio::test]
async fn asking_again_keeps_the_address_and_updates_the_amount() {
    let world = World::new().await;
    let first = world.invoice("deal", bsc(), "20").await;
    let again = world.invoice("deal", bsc(), "25").await;
    assert_eq!(first.address, again.address);
    let (_, listed) = world
        .shop_get(&format!("/invoices/{}", first.external_id))
        .await;
    assert_eq!(listed["invoices"].as_array().unwrap().len(), 1);
    assert_eq!(listed["invoices"][0]["amount_fiat"], "25");
}

#[tokio::test]
async fn another_intent_another_callback_url_or_another_fiat_is_another_invoice() {
    let world = World::new().await;
    let ask = async |id: &str, url: &str, fiat: &str| {
        let body = json!({
            "external_id": id, "fiat": fiat, "amount": "20", "callback_url": url,
        });
        let (_, invoice) = world.shop_post("/BNB-USDT/payment_request", body).await;
        invoice["wallet"].as_str().unwrap().to_owned()
    };
    let one = ask("1", "https://a.example", "USD").await;
    assert_eq!(one, ask("1", "https://a.example", "USD").await);
    let mut others = vec![
        one,
        ask("2", "https://a.example", "USD").await,
        ask("1", "https://b.example", "USD").await,
        ask("1", "https://a.example", "EUR").await,
    ];
    others.sort_unstable();
    others.dedup();
    assert_eq!(others.len(), 4);
}

#[tokio::test]
async fn an_earlier_address_stays_alive_when_the_coin_changes() {
    let world = World::new().await;
    let early = world.invoice("deal", bsc(), "20").await;
    let late = world.invoice("deal", tron(), "20").await;
    assert_ne!(early.address, late.address);
    world.pay(&early, json!({"amount": "20"})).await;
    assert_eq!(world.confirmed(&early).await, units(bsc(), "20"));
}

#[tokio::test]
async fn fiat_is_upper_case() {
    let world = World::new().await;
    let body = json!({
        "external_id": "1", "fiat": "usd", "amount": "1", "callback_url": "https://a.example",
    });
    let (status, answer) = world.shop_post("/BNB-USDT/payment_request", body).await;
    assert_eq!(status, 200, "an error is a 200");
    assert_eq!(answer["status"], "error");
    let (_, quote) = world
        .shop_post("/BNB-USDT/quote", json!({"fiat": "USD", "amount": "100"}))
        .await;
    assert_eq!(quote["amount_crypto"], "102");
}

#[tokio::test]
async fn a_wrong_key_is_told_from_a_refusal_although_it_comes_as_a_200() {
    let world = World::new().await;
    let mut settings = world.settings.clone();
    settings.api_key = "a wrong key".to_owned().into();
    let stranger = gateway(settings);
    let asked = stranger
        .request_address(&AddressRequest {
            external_id: intent("deal"),
            asset: bsc(),
            due: units(bsc(), "20"),
        })
        .await;
    assert_eq!(
        asked,
        Err(GatewayError::Credentials("Bad API key".to_owned()))
    );
    assert!(matches!(
        stranger.balance(bsc()).await,
        Err(GatewayError::Credentials(_))
    ));
    let watched = world.invoice("deal", bsc(), "20").await;
    assert!(matches!(
        stranger.observed_transfers(&watched).await,
        Err(GatewayError::Credentials(_))
    ));
}

#[tokio::test]
async fn while_the_gateway_is_down_nothing_is_known() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    world.control("/outage", json!({"down": true})).await;
    assert!(matches!(
        world.gateway.observed_transfers(&watched).await,
        Err(GatewayError::Unavailable(_))
    ));
    world.control("/outage", json!({"down": false})).await;
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "20"));
}

#[tokio::test]
async fn an_empty_wallet_is_a_bare_zero_and_is_read_as_one() {
    let world = World::new().await;
    assert_eq!(world.balance(bsc()).await, units(bsc(), "1000"));
    let fill = json!({"crypto": "BNB-USDT", "amount": "0"});
    world.control("/wallet", fill).await;
    let (_, told) = world.shop_get("/BNB-USDT/balance").await;
    assert!(told["amount_crypto"].is_number());
    assert!(world.balance(bsc()).await.is_zero());
}

#[tokio::test]
async fn an_address_is_only_taken_with_a_right_checksum() {
    let world = World::new().await;
    let usdc = Asset::new(Network::Polygon, Token::Usdc).unwrap();
    let watched = world.invoice("deal", usdc, "20").await;
    let typed = watched.address.to_lowercase();
    let normal = world.gateway.normal_address(Network::Polygon, &typed);
    assert_eq!(normal.as_deref(), Ok(watched.address.as_str()));
}
