//! Time that passes at once, for whoever tries the demonstration.

use domain::Span;
use storage::StoreError;

use super::JobReport;
use crate::Services;
use crate::ports::MovableClock;

/// Shorter than the gap between two signs of life that counts as downtime.
const STEP: Span = Span::minutes(9);

impl Services {
    /// Puts `clock`, the one that these use cases go by, forward by `span`, as if the jobs had run
    /// all the while: on the way signs of life are given, timers run and are told of. So it is not
    /// taken for downtime, and what follows from a timer has its time too.
    ///
    /// # Errors
    /// [`StoreError`]; the time until then has passed.
    pub async fn pass_time(
        &self,
        clock: &dyn MovableClock,
        span: Span,
    ) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        self.beat(None).await?;
        let mut left = span;
        while left > Span::ZERO {
            let step = left.min(STEP);
            clock.put_forward(step);
            self.beat(None).await?;
            self.run_timers(None, &mut report).await?;
            loop {
                let relayed = self.relay_events(None).await?;
                report.failed = report.failed.saturating_add(relayed.failed);
                if relayed.done == 0 {
                    break;
                }
            }
            left = left.minus(step);
        }
        Ok(report)
    }
}
