//! Something that was read once and holds until anything is written.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Services;
use crate::failure::Failure;

/// What was read, and at which state of the data.
#[derive(Debug)]
pub(crate) struct Kept<T>(Mutex<Option<(u64, T)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Kept<T> {
    /// What is kept, if nothing was written since; else what `read` gives, which is kept then. A
    /// store that cannot tell whether anything was written is asked each time.
    pub(crate) async fn read<F>(&self, services: &Services, read: F) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        // Asked before anything is read: what is written meanwhile has another version.
        let Some(version) = services.data_version() else {
            return read.await;
        };
        if let Some((kept_at, kept)) = &*self.lock()
            && *kept_at == version
        {
            return Ok(kept.clone());
        }
        let fresh = read.await?;
        *self.lock() = Some((version, fresh.clone()));
        Ok(fresh)
    }

    fn lock(&self) -> MutexGuard<'_, Option<(u64, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
