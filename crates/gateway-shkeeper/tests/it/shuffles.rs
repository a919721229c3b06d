//! Whatever happens to callbacks, what is read afterwards is the same.

use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::world::{World, bsc, units};

/// How one journey is disturbed.
fn troubles() -> impl Strategy<Value = Value> {
    (0u16..400, 0u16..400, 0u16..400, 0u16..400, 0u16..1_000).prop_map(
        |(lost, doubled, delayed, wrong_signature, reordered)| {
            json!({
                "lost": lost,
                "doubled": doubled,
                "delayed": delayed,
                "wrong_signature": wrong_signature,
                "reordered": reordered,
            })
        },
    )
}

async fn journey(seed: u64, troubles: Value) -> (domain::Units, usize, usize) {
    let world = World::with(|_| {}, |config| config.seed = seed).await;
    world.control("/faults", troubles).await;
    let watched = world.invoice("deal", bsc(), "30").await;
    for part in ["10", "12", "8"] {
        world.pay(&watched, json!({"amount": part})).await;
    }
    let waiting = json!({"amount": "5", "seen": "unconfirmed"});
    world.pay(&watched, waiting).await;
    for _ in 0..3 {
        world.pass_s(60);
        world.tick().await;
    }
    world.control("/faults", json!({})).await;
    world.tick().await;
    world.tick().await;
    let quiet = world.shop.heard().len();
    world.tick().await;
    let after = world.shop.heard().len();
    let confirmed = world.confirmed(&watched).await;
    (
        confirmed,
        world.observed(&watched).await.len(),
        after - quiet,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn lost_doubled_reordered_delayed_or_forged_callbacks_end_alike(
        seed: u64,
        troubles in troubles(),
    ) {
        let outcome = Runtime::new().unwrap().block_on(journey(seed, troubles));
        prop_assert_eq!(outcome, (units(bsc(), "30"), 4, 0));
    }
}
