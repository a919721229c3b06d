//! Runs the jobs until the process is told to stop.

use std::sync::Arc;
use std::time::Duration;

use services::Services;
use services::jobs::Job;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// After a run that failed altogether a job waits this long, and twice as long each further time.
const PAUSE_MIN: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// The running jobs of this process.
#[derive(Debug)]
pub struct Jobs {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Jobs {
    /// Starts every job. `holder` names this process among all nodes, now and earlier.
    pub fn start(services: &Arc<Services>, holder: &str) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        for job in Job::ALL {
            let runner = Runner {
                services: Arc::clone(services),
                job,
                holder: holder.to_owned(),
                commits: services.commits(),
                stop: stop.clone(),
            };
            tasks.spawn(runner.run());
        }
        Self { tasks, stop }
    }

    /// Lets every job finish what it has begun, and ends.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a job ended badly");
            }
        }
    }
}

struct Runner {
    services: Arc<Services>,
    job: Job,
    holder: String,
    commits: watch::Receiver<()>,
    stop: CancellationToken,
}

impl Runner {
    async fn run(mut self) {
        let mut pause = PAUSE_MIN;
        while !self.stop.is_cancelled() {
            // A panic of one run, such as a breach of an invariant, must not end the job. The run is
            // a task of its own and is awaited to its end: a store's future is never dropped.
            let (services, job, holder) =
                (Arc::clone(&self.services), self.job, self.holder.clone());
            let run = tokio::spawn(async move { services.run_job(job, &holder).await });
            let rest = match run.await {
                // What fails waits on its own; the rest of the work does not wait with it.
                Ok(Ok(Some(report))) if report.failed == 0 && report.done > 0 && job.goes_on() => {
                    Duration::ZERO
                }
                Ok(Ok(_)) => {
                    pause = PAUSE_MIN;
                    self.rest()
                }
                Ok(Err(error)) => {
                    tracing::warn!(job = job.name(), %error, "a job could not run");
                    grow(&mut pause, &self.services)
                }
                Err(error) => {
                    tracing::error!(job = job.name(), %error, "a job stopped in the middle");
                    grow(&mut pause, &self.services)
                }
            };
            self.wait(rest).await;
        }
    }

    fn rest(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.job.rest().ms()).unwrap_or(1_000))
    }

    /// Waits, unless there is new work or the process stops.
    async fn wait(&mut self, rest: Duration) {
        let wakes = self.job.wakes_on_commit() && rest <= self.rest();
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = tokio::time::sleep(rest) => {}
            _ = self.commits.changed(), if wakes => {}
        }
    }
}

/// The next pause: twice the last one, and up to as much again by lot, so that nodes do not come
/// back together.
fn grow(pause: &mut Duration, services: &Services) -> Duration {
    *pause = (*pause * 2).min(PAUSE_MAX);
    let spread = u32::try_from(pause.as_millis()).unwrap_or(u32::MAX).max(1);
    *pause + Duration::from_millis(u64::from(services.random().below(spread)))
}
