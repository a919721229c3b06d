//! The demo fills itself, once, by the rules that hold for everybody.

use domain::Role;
use services::Actor;
use services::seed::{DemoCast, SeedError};
use storage::{Browse, Limit, PageRequest, RequestSummary};

use crate::world::{World, email};

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
    world.seed_demo(&Actor::System, &cast).await.unwrap();
    let first = open_requests(&world).await;
    assert_eq!(first.len(), 60);
    let offers: u32 = first.iter().map(|request| request.offers).sum();
    assert!(offers >= 50, "{offers} offers");
    for request in &first {
        assert!(request.published_at.unwrap() < world.now());
        assert!(request.offers_until.unwrap() > world.now());
    }
    world.seed_demo(&Actor::System, &cast).await.unwrap();
    assert_eq!(open_requests(&world).await, first);
}

#[tokio::test]
async fn the_demos_people_find_something_of_their_own() {
    let world = World::new();
    let cast = cast(&world).await;
    world.seed_demo(&Actor::System, &cast).await.unwrap();
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
    let refused = world.seed_demo(&Actor::System, &cast).await;
    assert!(matches!(refused, Err(SeedError::NoSuchPerson(_))));
    let refused = world.seed_demo(&Actor::Visitor, &cast).await;
    assert!(matches!(refused, Err(SeedError::Failed(_))));
}
