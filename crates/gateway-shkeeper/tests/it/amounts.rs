//! Amounts over the wire.

use domain::Units;
use serde_json::json;

use crate::world::{World, bsc, tron, units};

#[tokio::test]
async fn an_amount_of_18_decimals_is_exact_to_the_tenth_place_and_lost_beyond() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    let wish = json!({"amount": "19.123456789123456789"});
    world.pay(&watched, wish).await;
    let told = world.confirmed(&watched).await;
    assert_eq!(told, units(bsc(), "19.1234567891"));
}

#[tokio::test]
async fn any_price_of_six_places_arrives_exact_on_every_chain() {
    let world = World::new().await;
    for (number, price) in ["20.000001", "999999.999999", "841839.110529", "1000000"]
        .into_iter()
        .enumerate()
    {
        for asset in [bsc(), tron()] {
            let name = format!("{number} on {asset}");
            let watched = world.invoice(&name, asset, price).await;
            world.pay(&watched, json!({})).await;
            let told = world.confirmed(&watched).await;
            assert_eq!(told, units(asset, price), "{name}");
        }
    }
}

#[tokio::test]
async fn what_is_due_reaches_the_gateway_exact() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "123456.654321").await;
    let path = format!("/invoices/{}", watched.external_id);
    let (_, listed) = world.shop_get(&path).await;
    assert_eq!(listed["invoices"][0]["amount_fiat"], "123456.654321");
}

#[tokio::test]
async fn a_balance_is_exact_to_the_tenth_place() {
    let world = World::new().await;
    let fill = json!({"crypto": "BNB-USDT", "amount": "1234.000000000123456789"});
    world.control("/wallet", fill).await;
    assert_eq!(
        world.balance(bsc()).await,
        Units::new(1_234_000_000_000_100_000_000)
    );
}
