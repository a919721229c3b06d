//! What the jobs promise: often, one thing at a time, and nothing that fails stops the rest.

mod counting;
mod downtime;
mod leases;
mod mailing;
mod polling;
mod reconciling;
mod relaying;
mod scripted;
mod staffing;
mod status;
mod timers;

use services::jobs::Job;
use storage::Retry;

use crate::world::World;

/// A job has given something up: it waits for a person.
async fn give_up(world: &World, job: Job, subject: &str) {
    let now = world.now();
    let retry = Retry {
        job: job.name().to_owned(),
        subject: subject.to_owned(),
        attempts: 10,
        next_at: None,
        error: "again and again".to_owned(),
        first_at: now,
        last_at: now,
    };
    world.store().retries().put(&retry).await.unwrap();
}
