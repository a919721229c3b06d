//! The demo fills itself, once, by the rules that hold for everybody.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Role;
use domain::deal::{Deal, State};
use services::Actor;
use services::seed::{DemoCast, Payer, SeedError};
use shkeeper_simulator::Simulator;
use storage::{Browse, Limit, PageRequest, RequestSummary};

use crate::bank::world_with_gateway;
use crate::world::{World, email};

struct SimulatedPayer(Simulator);

#[async_trait]
impl Payer for SimulatedPayer {
    async fn pay(&self, address: &str, amount: &str) -> Result<(), String> {
        let paid = self.0.pay_unheard(address, amount);
        paid.map_err(|error| error.to_string())
    }

    async fn pass_blocks(&self) {
        self.0.advance();
    }
}

async fn deals_of(world: &World, names: &[&str]) -> Vec<Deal> {
    let mut found = BTreeMap::new();
    for name in names {
        let actor = world.sign_in_as(&world.client(), name).await.actor();
        let page = PageRequest::first(Limit::MAX);
        let own = world
            .list_own_deals(&actor, storage::Side::Buying, None, page)
            .await
            .unwrap();
        for summary in own.items {
            let deal = world.store().deals().find(summary.id).await.unwrap();
            found.insert(summary.id, deal.unwrap());
        }
    }
    found.into_values().collect()
}

#[tokio::test]
async fn the_demo_has_a_deal_in_every_state_that_needs_no_fault_of_a_chain() {
    let (world, gateway) = world_with_gateway().await;
    let cast = cast(&world).await;
    world.person("ruth", &[Role::Resolver]).await;
    world.person("ada", &[Role::Admin]).await;
    let payer = SimulatedPayer(gateway.simulator().clone());
    let fill = || world.seed_demo(&Actor::System, &cast, Some(&payer));
    fill().await.unwrap();
    let deals = deals_of(&world, &["bahar", "omid"]).await;

    for deal in &deals {
        assert_eq!(deal.check(), Ok(()), "{}", deal.terms.goods.title);
        assert!(deal.updated_at <= world.now());
    }
    for state in [
        State::AwaitingPayment,
        State::Underpaid,
        State::Funded,
        State::InDelivery,
        State::Inspection,
        State::Disputed,
        State::Ruled,
        State::Settling,
        State::Released,
        State::Refunded,
        State::Split,
        State::Expired,
        State::Cancelled,
    ] {
        assert!(
            deals.iter().any(|deal| deal.state == state),
            "none is {state:?}"
        );
    }
    assert!(deals.iter().any(|deal| deal.hold.is_some()), "one is held");
    assert!(
        deals
            .iter()
            .any(|deal| !deal.balance(domain::ledger::Account::Late).is_zero()),
        "money came late to one"
    );
    fill().await.unwrap();
    assert_eq!(deals_of(&world, &["bahar", "omid"]).await, deals);
}

async fn cast(world: &World) -> DemoCast {
    for name in ["bahar", "omid"] {
        world.person(name, &[Role::Buyer]).await;
    }
    for name in ["sara", "daniel"] {
        world.person(name, &[Role::Buyer, Role::Seller]).await;
    }
    DemoCast {
        buyers: [email("bahar"), email("omid")],
        sellers: [email("sara"), email("daniel")],
    }
}

async fn open_requests(world: &World) -> Vec<RequestSummary> {
    let page = PageRequest::first(Limit::MAX);
    let found = world
        .browse_requests(&Actor::Visitor, &Browse::default(), page)
        .await
        .unwrap();
    found.items.into_iter().map(|card| card.request).collect()
}

#[tokio::test]
async fn the_demo_has_sixty_open_requests_with_offers_and_filling_it_again_adds_nothing() {
    let world = World::new();
    let cast = cast(&world).await;
    world.seed_demo(&Actor::System, &cast, None).await.unwrap();
    let first = open_requests(&world).await;
    assert_eq!(first.len(), 60);
    let offers: u32 = first.iter().map(|request| request.offers).sum();
    assert!(offers >= 50, "{offers} offers");
    for request in &first {
        assert!(request.published_at.unwrap() < world.now());
        assert!(request.offers_until.unwrap() > world.now());
    }
    world.seed_demo(&Actor::System, &cast, None).await.unwrap();
    assert_eq!(open_requests(&world).await, first);
}

#[tokio::test]
async fn the_demos_people_find_something_of_their_own() {
    let world = World::new();
    let cast = cast(&world).await;
    world.seed_demo(&Actor::System, &cast, None).await.unwrap();
    let page = PageRequest::first(Limit::MAX);
    let client = world.client();
    for name in ["bahar", "omid"] {
        let buyer = world.sign_in_as(&client, name).await.actor();
        let own = world.list_own_requests(&buyer, None, page).await.unwrap();
        assert!(own.items.iter().any(|request| request.offers > 0), "{name}");
    }
    for name in ["sara", "daniel"] {
        let seller = world.sign_in_as(&client, name).await.actor();
        let own = world.list_own_offers(&seller, true, page).await.unwrap();
        assert!(!own.items.is_empty(), "{name}");
        let feed = world
            .read_feed(&seller, &Browse::default(), page)
            .await
            .unwrap();
        assert!(feed.open_offers < 5, "{name} can still offer");
    }
    world
        .relay_requests(&Actor::System, Limit::MAX)
        .await
        .unwrap();
    let mails = world.mails().await;
    assert!(
        mails
            .iter()
            .all(|mail| !mail.to.as_str().contains("people.amn")),
        "only the cast"
    );
}

#[tokio::test]
async fn without_its_cast_the_demo_is_not_filled() {
    let world = World::new();
    let cast = DemoCast {
        buyers: [email("bahar"), email("omid")],
        sellers: [email("sara"), email("daniel")],
    };
    let refused = world.seed_demo(&Actor::System, &cast, None).await;
    assert!(matches!(refused, Err(SeedError::NoSuchPerson(_))));
    let refused = world.seed_demo(&Actor::Visitor, &cast, None).await;
    assert!(matches!(refused, Err(SeedError::Failed(_))));
}
