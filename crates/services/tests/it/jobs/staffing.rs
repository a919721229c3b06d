//! Every dispute gets somebody to judge it, and keeps them.

use std::sync::Arc;

use domain::deal::Command;
use domain::id::DealId;
use domain::{Role, Span};
use services::jobs::Job;
use storage::Store;

use crate::dealt::{Dealt, People, stored, usd};
use crate::failing_store::{Crash, FailingStore};
use crate::market::Market;
use crate::world::World;

async fn undrawn(world: &World, people: &People) -> DealId {
    let mut dealt = Dealt::funded(world, people, 1, usd(100));
    dealt.ship().dispute();
    dealt.keep(world).await
}

#[tokio::test]
async fn a_dispute_that_nobody_could_judge_is_drawn_once_somebody_can() {
    let world = Market::new().await;
    let people = People::meet(&world).await;
    let ada = world.person("ada", &[Role::Admin]).await;
    let id = undrawn(&world, &people).await;
    world.run_job(Job::Deadlines, "a").await.unwrap();
    let resolver = async || stored(&world, id).await.dispute().unwrap().resolver;
    assert_eq!(resolver().await, None);
    assert_eq!(world.heard(&ada).await, ["Work waits for a person"]);
    world.advance(Span::minutes(1));
    let lena = world.person("lena", &[Role::Resolver]).await;
    world.run_job(Job::Deadlines, "a").await.unwrap();
    assert_eq!(resolver().await, Some(lena.user.id));
}

#[tokio::test]
async fn of_two_nodes_that_draw_at_once_the_first_one_counts() {
    let crash = Arc::new(Crash::default());
    let in_store = Arc::clone(&crash);
    let wrap = |store: Arc<dyn Store>| Arc::new(FailingStore::crashing(store, in_store)) as _;
    let world = World::over(|_| {}, wrap);
    let people = People::meet(&world).await;
    let mut candidates = Vec::new();
    for name in ["lena", "arash", "ines", "noor"] {
        candidates.push(world.person(name, &[Role::Resolver]).await.user.id);
    }
    for (number, first) in (1..).zip(candidates) {
        world.run_job(Job::Relay, "a").await.unwrap();
        let mut dealt = Dealt::funded(&world, &people, number, usd(100));
        dealt.ship().dispute();
        let id = dealt.keep(&world).await;
        dealt.system(Command::DrawResolver { resolver: first });
        crash.meanwhile(dealt.deal.clone());
        world.run_job(Job::Deadlines, "a").await.unwrap();
        let case = stored(&world, id).await;
        assert_eq!(case.dispute().unwrap().resolver, Some(first));
    }
}
