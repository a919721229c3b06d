//! What is owed in several assets is compared at one reading of all deals.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::deal::{Actor, Command, Deal, DepositKey, Destination, Terms};
use domain::id::{IntentId, OfferId, RequestId};
use domain::{Asset, Network, Role, Token, Units};
use services::jobs::Job;
use services::ports::gateway::GatewayError;
use services::testing::{ManualClock, Script};
use storage::{Limit, ReconciledAsset};

use crate::dealt::{Dealt, People, asset, usd};
use crate::world::World;

/// A wallet of its own for each asset; without one, its server is away.
#[derive(Debug, Default, Clone)]
struct Wallets {
    held: Arc<Mutex<BTreeMap<Asset, Units>>>,
    asked: Arc<Mutex<Vec<Asset>>>,
}

impl Script for Wallets {
    fn balance(&self, asset: Asset) -> Result<Units, GatewayError> {
        self.asked.lock().unwrap().push(asset);
        let held = self.held.lock().unwrap().get(&asset).copied();
        held.ok_or_else(|| GatewayError::Unavailable("away".to_owned()))
    }
}

fn on(network: Network) -> Asset {
    Asset::new(network, Token::Usdt).unwrap()
}

/// A deal of another asset than the usual one, paid for.
async fn funded_in(world: &World, people: &People, asset: Asset, address: &str) {
    let usual = Dealt::open(world, people, 50, usd(100)).deal.terms;
    let terms = Terms {
        asset,
        price: asset.cents(7_000),
        network_fee: asset.network_fee(),
        seller_address: Destination::new(asset, address).unwrap(),
        ..usual
    };
    let (request, offer) = (RequestId::derived(&[b"50"]), OfferId::derived(&[b"50"]));
    let deal = Deal::open(request, 1, offer, terms, world.now()).unwrap();
    let pay = Command::DepositConfirmed {
        key: DepositKey::from_gateway("USDT", "tx-50", "0xabc"),
        intent: IntentId::derived(&[b"50"]),
        units: deal.price,
    };
    let mut dealt = Dealt::again(world, deal);
    dealt.act(Actor::System, pay);
    dealt.keep(world).await;
}

#[tokio::test]
async fn each_asset_has_its_own_line_and_only_what_lacks_is_asked_about_again() {
    let (clock, wallets) = (Arc::new(ManualClock::default()), Wallets::default());
    let gateway = Arc::new(wallets.clone());
    let world = World::at(|_| {}, |store| store, clock, gateway);
    let people = People::meet(&world).await;
    for number in [1, 2] {
        let deal = Dealt::funded(&world, &people, number, usd(100));
        deal.keep(&world).await;
    }
    let polygon = on(Network::Polygon);
    let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    funded_in(&world, &people, polygon, address).await;
    for (asset, cents) in [(asset(), 20_000), (polygon, 6_900)] {
        let held = asset.cents(cents);
        wallets.held.lock().unwrap().insert(asset, held);
    }
    world.run_job(Job::Reconciliation, "a").await.unwrap();

    let ada = world.person("ada", &[Role::Admin]).await;
    let seen = world.view_solvency(&ada.actor(), Limit::MAX).await.unwrap();
    assert!(seen.stop.is_some(), "Polygon lacks a dollar");
    let lines = seen.comparisons[0].lines.iter();
    let told = |line: &ReconciledAsset| (line.asset, line.owed, line.missing());
    let mut told: Vec<_> = lines.map(told).collect();
    told.sort();
    let mut expected = vec![
        (asset(), usd(200), Units::ZERO),
        (polygon, polygon.cents(7_000), polygon.cents(100)),
    ];
    expected.sort();
    assert_eq!(told, expected);
    let asked = wallets.asked.lock().unwrap();
    let times = |asset| asked.iter().filter(|one| **one == asset).count();
    assert_eq!((times(asset()), times(polygon)), (1, 3));
}
