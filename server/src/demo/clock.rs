//! The demo's clock: that of the machine, put forward by whoever tries deadlines.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::{Span, Timestamp};
use services::ports::{Clock, MovableClock};

use crate::ports::SystemClock;
use crate::serve::Fault;

/// How far it is ahead is kept with the demo's data, whose moments would lie in the future else.
#[derive(Debug)]
pub struct DemoClock {
    ahead_ms: AtomicI64,
    kept: Mutex<PathBuf>,
}

impl DemoClock {
    /// The clock of this data folder.
    ///
    /// # Errors
    /// When what is kept there cannot be read.
    pub fn load(data_dir: &Path) -> Result<Self, Fault> {
        let path = data_dir.join("demo-clock-ahead-ms");
        let ahead_ms = match fs::read_to_string(&path) {
            Ok(text) => text
                .trim()
                .parse()
                .map_err(|error| format!("{} cannot be read: {error}", path.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display()).into()),
        };
        Ok(Self {
            ahead_ms: AtomicI64::new(ahead_ms),
            kept: Mutex::new(path),
        })
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let ahead = Span::from_ms(self.ahead_ms.load(Ordering::SeqCst));
        SystemClock.now().plus(ahead)
    }
}

impl MovableClock for DemoClock {
    fn put_forward(&self, by: Span) {
        let path = self
            .kept
            .lock()
            .expect("invariant: nothing panics under this lock");
        let before = Span::from_ms(self.ahead_ms.load(Ordering::SeqCst));
        let ahead_ms = before.plus(by).ms();
        // Kept first: a clock that goes back at the next start would upset every deadline.
        if let Err(error) = fs::write(&*path, ahead_ms.to_string()) {
            tracing::error!(%error, "the demo's clock stays: its place cannot be kept");
            return;
        }
        self.ahead_ms.store(ahead_ms, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_put_forward_stays_so_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let clock = DemoClock::load(folder.path()).unwrap();
        let before = clock.now();
        clock.put_forward(Span::hours(1));
        clock.put_forward(Span::days(1));
        let ahead = Span::hours(25);
        assert!(clock.now().since(before) >= ahead);
        let again = DemoClock::load(folder.path()).unwrap();
        assert!(again.now().since(before) >= ahead);
    }

    #[test]
    fn a_broken_note_of_it_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("demo-clock-ahead-ms"), "soon").unwrap();
        let error = DemoClock::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("demo-clock-ahead-ms"), "{error}");
    }
}
