//! The first page of somebody who is signed in.

use std::sync::Arc;

use domain::Span;
use domain::deal::{Actor, Command, Party, State, TaskKind};
use domain::id::DealId;
use services::dashboard::{Dashboard, DeskCounts, OwnDeal, Part};
use storage::Store;

use crate::dealt::{Dealt, People, asset, usd};
use crate::failing_store::{Blind, FailingStore};
use crate::world::World;

fn ids(deals: &Part<Vec<OwnDeal>>) -> Vec<DealId> {
    let deals = deals.as_ref().unwrap();
    deals.iter().map(|own| own.deal.id).collect()
}

async fn of_buyer(world: &World, people: &People) -> Dashboard {
    world.view_dashboard(&people.buyer.actor()).await.unwrap()
}

#[tokio::test]
async fn somebody_new_has_nothing_to_do_and_no_money_held() {
    let world = World::new();
    let people = People::meet(&world).await;
    let dashboard = of_buyer(&world, &people).await;
    assert!(ids(&dashboard.needs_you).is_empty() && ids(&dashboard.waiting).is_empty());
    assert!(dashboard.held.unwrap().is_empty() && ids(&dashboard.recent).is_empty());
    assert_eq!(dashboard.desks.unwrap(), DeskCounts::default());
    let visitor = world.view_dashboard(&services::Actor::Visitor).await;
    assert!(visitor.is_err(), "a visitor has none");
}

#[tokio::test]
async fn what_needs_the_person_comes_by_its_deadline_and_the_rest_waits() {
    let world = World::new();
    let people = People::meet(&world).await;
    let first = Dealt::open(&world, &people, 1, usd(50)).keep(&world).await;
    world.advance(Span::minutes(5));
    let second = Dealt::open(&world, &people, 2, usd(60)).keep(&world).await;
    let funded = Dealt::funded(&world, &people, 3, usd(100));
    let funded = funded.keep(&world).await;

    let dashboard = of_buyer(&world, &people).await;
    assert_eq!(ids(&dashboard.needs_you), [first, second]);
    let task = dashboard.needs_you.unwrap().first().unwrap().task.unwrap();
    assert_eq!(task.kind, TaskKind::Pay);
    assert_eq!(ids(&dashboard.waiting), [funded]);
    let waiting = dashboard.waiting.unwrap();
    let waiting = waiting.first().unwrap();
    assert_eq!((waiting.party, waiting.task), (Party::Buyer, None));
    assert_eq!(waiting.other, people.seller.user.display_name());

    let of_seller = world.view_dashboard(&people.seller.actor()).await.unwrap();
    assert_eq!(ids(&of_seller.needs_you), [funded], "the seller is to ship");
    assert_eq!(ids(&of_seller.waiting), [first, second]);
}

#[tokio::test]
async fn money_held_is_summed_by_token_and_side() {
    let world = World::new();
    let people = People::meet(&world).await;
    for (number, price) in [(1, 100), (2, 40)] {
        Dealt::funded(&world, &people, number, usd(price))
            .keep(&world)
            .await;
    }
    Dealt::open(&world, &people, 3, usd(7)).keep(&world).await;
    let dashboard = of_buyer(&world, &people).await;
    let held = dashboard.held.unwrap();
    let [held] = &held[..] else {
        panic!("one token: {held:?}");
    };
    assert_eq!(held.asset, asset());
    assert_eq!((held.buying, held.selling), (usd(140), usd(0)));
    let of_seller = world.view_dashboard(&people.seller.actor()).await.unwrap();
    let held = of_seller.held.unwrap();
    let held = held.first().unwrap();
    assert_eq!((held.buying, held.selling), (usd(0), usd(140)));
}

#[tokio::test]
async fn what_is_over_stands_under_what_ended_lately() {
    let world = World::new();
    let people = People::meet(&world).await;
    let over = Dealt::open(&world, &people, 1, usd(50))
        .buyer(Command::Cancel)
        .keep(&world)
        .await;
    let dashboard = of_buyer(&world, &people).await;
    assert_eq!(ids(&dashboard.recent), [over]);
    let ended = dashboard.recent.unwrap();
    let ended = ended.first().unwrap();
    assert_eq!(ended.deal.state, State::Cancelled);
    assert!(ids(&dashboard.needs_you).is_empty() && ids(&dashboard.waiting).is_empty());
}

#[tokio::test]
async fn staff_see_how_much_lies_on_their_desks() {
    let world = World::new();
    let people = People::meet(&world).await;
    let ruth = world.person("ruth", &[domain::Role::Resolver]).await;
    let ada = world.person("ada", &[domain::Role::Admin]).await;
    Dealt::funded(&world, &people, 1, usd(100))
        .dispute()
        .act(
            Actor::System,
            Command::DrawResolver {
                resolver: ruth.user.id,
            },
        )
        .keep(&world)
        .await;
    let desks = world
        .view_dashboard(&ruth.actor())
        .await
        .unwrap()
        .desks
        .unwrap();
    assert_eq!((desks.cases, desks.rulings), (Some(1), Some(0)));
    assert_eq!((desks.payouts, desks.unclear), (None, None));
    let desks = world
        .view_dashboard(&ada.actor())
        .await
        .unwrap()
        .desks
        .unwrap();
    assert_eq!((desks.payouts, desks.unclear), (Some(0), Some(0)));
    assert_eq!((desks.cases, desks.rulings), (None, None));
}

#[tokio::test]
async fn a_resolvers_desk_counts_the_cases_that_its_list_shows() {
    let world = World::new();
    let people = People::meet(&world).await;
    let ruth = world.person("ruth", &[domain::Role::Resolver]).await;
    let resolver = ruth.user.id;
    let mut dealt = Dealt::funded(&world, &people, 1, usd(100));
    dealt.dispute();
    dealt.system(Command::DrawResolver { resolver });
    let key = dealt.deal.deposits[0].key.clone();
    // Nothing is to be ruled while the chain makes up its mind.
    dealt.system(Command::DepositReversed { key });
    assert_eq!(dealt.deal.state, State::Suspended);
    dealt.keep(&world).await;
    let desks = world
        .view_dashboard(&ruth.actor())
        .await
        .unwrap()
        .desks
        .unwrap();
    assert_eq!(desks.cases, Some(0));
}

#[tokio::test]
async fn a_list_that_cannot_be_read_leaves_the_rest_of_the_page() {
    let blind = Arc::new(Blind::default());
    let in_store = Arc::clone(&blind);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::blind(store, in_store)) as _;
    let world = World::over(|_| {}, wrap);
    let people = People::meet(&world).await;
    let open = Dealt::open(&world, &people, 1, usd(50)).keep(&world).await;
    let funded = Dealt::funded(&world, &people, 2, usd(100));
    let funded = funded.keep(&world).await;

    // What needs the caller, what is live, what is over: in this order.
    blind.to(&[0]);
    let dashboard = of_buyer(&world, &people).await;
    assert!(dashboard.needs_you.is_err());
    assert_eq!(ids(&dashboard.waiting), [funded]);

    blind.to(&[1]);
    let dashboard = of_buyer(&world, &people).await;
    assert!(dashboard.waiting.is_err() && dashboard.held.is_err());
    assert_eq!(ids(&dashboard.needs_you), [open]);
    assert!(ids(&dashboard.recent).is_empty());

    blind.to(&[0, 1, 2]);
    let dashboard = of_buyer(&world, &people).await;
    assert!(dashboard.recent.is_err());
    assert!(dashboard.to_compare.unwrap().is_empty());
}

#[tokio::test]
async fn a_desk_that_cannot_be_counted_leaves_the_rest_of_the_page() {
    let blind = Arc::new(Blind::default());
    let in_store = Arc::clone(&blind);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::blind(store, in_store)) as _;
    let world = World::over(|_| {}, wrap);
    let ruth = world.person("ruth", &[domain::Role::Resolver]).await;
    blind.to(&[3]);
    let dashboard = world.view_dashboard(&ruth.actor()).await.unwrap();
    assert!(dashboard.desks.is_err());
    assert!(ids(&dashboard.needs_you).is_empty() && ids(&dashboard.waiting).is_empty());
}
