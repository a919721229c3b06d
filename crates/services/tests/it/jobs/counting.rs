//! Whoever looks after the house sees which job does what.

use domain::Span;
use services::jobs::{Job, JobCount};
use services::ports::gateway::GatewayError;

use super::scripted::{Scripted, watch};
use crate::dealt::{Dealt, People, usd};

#[tokio::test]
async fn runs_and_what_they_did_are_counted_for_each_job() {
    let world = Scripted::world(|watched, _| {
        if watched.address.ends_with('1') {
            return Err(GatewayError::Unreadable("no list".to_owned()));
        }
        Ok(())
    });
    let people = People::meet(&world).await;
    for number in 1..=2 {
        let deal = Dealt::open(&world, &people, number, usd(100));
        let deal = deal.keep(&world).await;
        watch(&world, deal, number).await;
    }
    let count = |job| {
        let counts = world.job_counts();
        counts.into_iter().find(|count| count.job == job).unwrap()
    };
    world.run_job(Job::Polling, "a").await.unwrap();
    world.advance(Span::seconds(1));
    world.run_job(Job::Polling, "a").await.unwrap();
    let expected = JobCount {
        job: Job::Polling,
        runs: 2,
        done: 1,
        failed: 1,
        last_at: Some(world.now()),
    };
    assert_eq!(count(Job::Polling), expected);
    assert_eq!((count(Job::Mail).runs, count(Job::Mail).last_at), (0, None));
}
