//! How callbacks come: again until they are acknowledged, twice, late, wrongly signed or never.

use serde_json::json;
use services::ports::gateway::CallbackRefusal;

use crate::world::{World, bsc, units};

#[tokio::test]
async fn only_202_acknowledges() {
    for not_enough in [200, 204, 302, 404, 500] {
        let world = World::new().await;
        world.shop.answers(not_enough);
        let watched = world.invoice("deal", bsc(), "20").await;
        world.pay(&watched, json!({"amount": "20"})).await;
        world.tick().await;
        world.tick().await;
        assert_eq!(world.shop.heard().len(), 3, "{not_enough} comes again");
        world.shop.answers(202);
        world.tick().await;
        world.tick().await;
        assert_eq!(world.shop.heard().len(), 4, "202 ends it");
    }
}

#[tokio::test]
async fn what_comes_again_is_signed_anew() {
    let world = World::new().await;
    world.shop.answers(500);
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    world.pass_s(3_600);
    world.tick().await;
    let heard = world.shop.heard();
    let old = heard[0].verified(&world.gateway, world.now());
    assert_eq!(old, Err(CallbackRefusal::Stale { off_s: 3_600 }));
    assert!(heard[1].verified(&world.gateway, world.now()).is_ok());
}

#[tokio::test]
async fn a_replay_changes_nothing() {
    let world = World::new().await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    let before = world.observed(&watched).await;
    let callback = world.shop.heard().pop().unwrap();
    for _ in 0..3 {
        assert!(callback.verified(&world.gateway, world.now()).is_ok());
        assert_eq!(world.observed(&watched).await, before);
    }
}

#[tokio::test]
async fn a_lost_callback_is_found_by_polling() {
    let world = World::new().await;
    world.control("/faults", json!({"lost": 1_000})).await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    world.tick().await;
    assert!(world.shop.heard().is_empty(), "it never comes");
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "20"));
}

#[tokio::test]
async fn a_doubled_callback_says_the_same_twice() {
    let world = World::new().await;
    world.control("/faults", json!({"doubled": 1_000})).await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    let heard = world.shop.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].body, heard[1].body);
    assert_eq!(world.confirmed(&watched).await, units(bsc(), "20"));
}

#[tokio::test]
async fn a_callback_held_up_too_long_is_refused_and_a_fresh_one_follows() {
    let world = World::new().await;
    world.control("/faults", json!({"delayed": 1_000})).await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    assert!(world.shop.heard().is_empty());
    world.control("/faults", json!({})).await;
    world.pass_s(301);
    world.tick().await;
    let heard = world.shop.heard();
    assert_eq!(heard.len(), 2);
    let held_up = heard[0].verified(&world.gateway, world.now());
    assert_eq!(held_up, Err(CallbackRefusal::Stale { off_s: 301 }));
    assert!(heard[1].verified(&world.gateway, world.now()).is_ok());
    world.tick().await;
    assert_eq!(world.shop.heard().len(), 2, "acknowledged");
}

#[tokio::test]
async fn a_wrongly_signed_callback_is_refused_and_a_right_one_follows() {
    let world = World::new().await;
    world
        .control("/faults", json!({"wrong_signature": 1_000}))
        .await;
    let watched = world.invoice("deal", bsc(), "20").await;
    world.pay(&watched, json!({"amount": "20"})).await;
    let heard = world.shop.heard();
    let verified = heard[0].verified(&world.gateway, world.now());
    assert_eq!(verified, Err(CallbackRefusal::BadSignature));
    world.control("/faults", json!({})).await;
    world.tick().await;
    let right = world.shop.heard().pop().unwrap();
    assert!(right.verified(&world.gateway, world.now()).is_ok());
}

#[tokio::test]
async fn reordered_callbacks_all_arrive() {
    let world = World::new().await;
    world.shop.answers(500);
    let mut order = Vec::new();
    for number in 0..8 {
        let watched = world.invoice(&number.to_string(), bsc(), "20").await;
        order.push(watched.external_id.to_string());
        world.pay(&watched, json!({"amount": "20"})).await;
    }
    world.control("/faults", json!({"reordered": 1_000})).await;
    let before = world.shop.heard().len();
    world.tick().await;
    let told: Vec<String> = world.shop.heard()[before..]
        .iter()
        .map(|heard| heard.json()["external_id"].as_str().unwrap().to_owned())
        .collect();
    assert_ne!(told, order);
    let sorted = |mut ids: Vec<String>| {
        ids.sort_unstable();
        ids
    };
    assert_eq!(sorted(told), sorted(order));
}
