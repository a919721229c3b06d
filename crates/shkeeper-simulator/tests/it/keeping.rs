//! What survives a restart, and what a seed repeats.

use std::fs;

use serde_json::json;
use shkeeper_simulator::{OpenError, Simulator};

use crate::world::{World, config};

/// A journey with payments, troubles and payouts.
async fn journey(world: &World) {
    let rates = json!({"lost": 300, "doubled": 300, "delayed": 300, "reordered": 500});
    world.control("/faults", rates).await;
    for number in 0..4 {
        let address = world.invoice(&number.to_string()).await;
        let wish = json!({"address": address, "amount": "7"});
        world.control("/pay", wish).await;
    }
    let fault = json!({"fault": "error_after"});
    world.control("/payout-faults", fault).await;
    world.payout_request("lost").await;
    world.payout("kept").await;
    world.control("/tick", json!({})).await;
}

impl World {
    /// A payout request whose answer does not matter.
    async fn payout_request(&self, external_id: &str) {
        let body = json!({
            "external_id": external_id, "destination": crate::world::PAYEE,
            "amount": "5", "fee": "1",
        });
        let request = self.http.post(self.url("/api/v1/BNB-USDT/payout"));
        let request = request.basic_auth("admin", Some("password")).json(&body);
        drop(request.send().await.unwrap());
    }
}

#[tokio::test]
async fn a_restart_finds_everything_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("simulator.json");
    let first = World::new(config(1, Some(&file))).await;
    journey(&first).await;
    let before = first.state().await;
    first.simulator.stop().await;

    let second = World::new(config(1, Some(&file))).await;
    assert_eq!(second.state().await, before);
    let fresh = second.invoice("after the restart").await;
    let known = before.to_string();
    assert!(!known.contains(&fresh), "an address is never given twice");
}

#[tokio::test]
async fn a_payout_that_left_is_kept_before_anybody_hears_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("simulator.json");
    let world = World::new(config(1, Some(&file))).await;
    let fault = json!({"fault": "cut_after"});
    world.control("/payout-faults", fault).await;
    let body =
        json!({"external_id": "1", "destination": crate::world::PAYEE, "amount": "5", "fee": "1"});
    let request = world.http.post(world.url("/api/v1/BNB-USDT/payout"));
    let request = request.basic_auth("admin", Some("password")).json(&body);
    let answer = match request.send().await {
        Ok(answer) => answer.bytes().await.map(drop),
        Err(error) => Err(error),
    };
    assert!(answer.is_err(), "the connection broke");
    // Nothing more is done by this one: what is on the disk has to be enough.
    let other = World::new(config(1, Some(&file))).await;
    let (_, balances) = other.get("/control/balances").await;
    assert!(balances.contains(r#""BNB-USDT":"995""#), "{balances}");
}

#[tokio::test]
async fn the_same_seed_repeats_the_same_journey_and_another_does_not() {
    let mut states = Vec::new();
    for seed in [1, 1, 2] {
        let world = World::new(config(seed, None)).await;
        journey(&world).await;
        states.push(world.state().await);
    }
    let [one, same, other] = <[_; 3]>::try_from(states).unwrap();
    assert_eq!(one, same);
    assert_ne!(one, other);
}

#[tokio::test]
async fn a_state_that_cannot_be_read_is_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("simulator.json");
    for broken in ["", "{}", "not json"] {
        fs::write(&file, broken).unwrap();
        let opened = Simulator::open(config(1, Some(&file)));
        assert!(matches!(opened, Err(OpenError::State { .. })), "{broken:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), broken);
    }
}

#[tokio::test]
async fn a_wish_that_cannot_be_met_is_refused_with_a_reason() {
    let world = World::new(config(1, None)).await;
    let address = world.invoice("1").await;
    for (path, wish, status) in [
        ("/pay", json!({"address": "nowhere"}), 404),
        ("/pay", json!({"address": address, "amount": "0"}), 422),
        ("/pay", json!({"address": address, "amount": "x"}), 422),
        ("/pay", json!({"address": address, "crypto": "USDT"}), 422),
        ("/pay", json!({"address": address, "typo": 1}), 422),
        ("/transactions/none/confirm", json!({}), 404),
        ("/payouts/none/pay", json!({}), 404),
        ("/faults", json!({"typo": 1}), 422),
    ] {
        let (answered, said) = world.control(path, wish).await;
        assert_eq!(answered.as_u16(), status, "{path} {said}");
        assert!(said.get("error").is_some(), "{path}");
    }
}

#[tokio::test]
async fn what_is_past_cannot_be_turned_back() {
    let world = World::new(config(1, None)).await;
    let address = world.invoice("1").await;
    let wish = json!({"address": address, "seen": "unconfirmed"});
    let (_, paid) = world.control("/pay", wish).await;
    let txid = paid.get("txid").unwrap().as_str().unwrap();
    let turn = async |turn: &str| {
        let path = format!("/transactions/{txid}/{turn}");
        world.control(&path, json!({})).await.0.as_u16()
    };
    assert_eq!(turn("reorganise").await, 409, "it is in no block");
    assert_eq!(turn("confirm").await, 200);
    assert_eq!(turn("drop").await, 409);
    assert_eq!(turn("replace").await, 409);
    assert_eq!(turn("reorganise").await, 200);
    assert_eq!(turn("confirm").await, 409);
}
