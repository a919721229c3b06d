//! A lease keeps two nodes apart, and nobody waits for one that is done.

use domain::Span;
use services::jobs::Job;

use super::scripted::{Scripted, watch};
use crate::dealt::{Dealt, People, usd};
use crate::world::World;

#[tokio::test]
async fn every_job_runs_again_at_once_also_on_another_node() {
    let world = World::new();
    for job in Job::ALL {
        for node in ["a", "a", "b"] {
            let ran = world.run_job(job, node).await.unwrap();
            assert!(ran.is_some(), "{} on {node}", job.name());
        }
    }
}

#[tokio::test]
async fn a_job_that_another_node_runs_is_left_to_it() {
    let world = World::new();
    let leases = world.store().leases();
    let (now, span) = (world.now(), Span::minutes(1));
    let other = leases.acquire("relay", "b", now, span).await.unwrap();
    assert_eq!(world.run_job(Job::Relay, "a").await.unwrap(), None);
    leases.release(&other.unwrap()).await.unwrap();
    assert!(world.run_job(Job::Relay, "a").await.unwrap().is_some());
}

#[tokio::test]
async fn a_run_that_is_longer_than_its_lease_keeps_it_by_renewing() {
    let world = Scripted::world(|_, clock| {
        clock.advance(Span::seconds(25));
        Ok(())
    });
    let people = People::meet(&world).await;
    for number in 1..=8 {
        let deal = Dealt::open(&world, &people, number, usd(100));
        let deal = deal.keep(&world).await;
        watch(&world, deal, number).await;
    }
    let report = world.run_job(Job::Polling, "a").await.unwrap().unwrap();
    assert_eq!((report.done, report.failed), (8, 0));
}
