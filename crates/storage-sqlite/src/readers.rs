//! Connections for reading. Each read sees one committed state and waits for no write.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::failure::Failure;
use crate::open::{OpenError, connect_reader};

/// A fixed number of connections; a read takes one and gives it back.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    idle: Arc<Mutex<Vec<Connection>>>,
    /// As many permits as connections lie idle; closed with the store.
    free: Arc<Semaphore>,
}

impl Readers {
    /// Opens `count` connections, at least one.
    pub(crate) fn open(path: &Path, count: usize) -> Result<Self, OpenError> {
        let count = count.max(1);
        let connections = (0..count)
            .map(|_| connect_reader(path))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            idle: Arc::new(Mutex::new(connections)),
            free: Arc::new(Semaphore::new(count)),
        })
    }

    /// Reads in one transaction, so that several statements see the same state.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, Failure>
    where
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
        T: Send + 'static,
    {
        let closed = || Failure::unavailable("the store is closed");
        let permit = Arc::clone(&self.free)
            .acquire_owned()
            .await
            .map_err(|_| closed())?;
        let readers = self.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let lent = Lent::take(readers).ok_or_else(closed)?;
            let answer = lent.read(work);
            drop(lent);
            // Only now: who gets the permit finds the connection.
            drop(permit);
            answer
        });
        reading
            .await
            .unwrap_or_else(|_| Err(Failure::unavailable("the read failed inside the store")))
    }

    /// Lets no further read begin, and closes each connection once it is idle.
    pub(crate) fn close(&self) {
        self.free.close();
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan; it goes back even when the read panics.
struct Lent {
    connection: Option<Connection>,
    readers: Readers,
}

impl Lent {
    fn take(readers: Readers) -> Option<Self> {
        let connection = readers.lock().pop()?;
        Some(Self {
            connection: Some(connection),
            readers,
        })
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T, Failure> {
        let connection = self
            .connection
            .as_ref()
            .expect("a connection is on loan until it is dropped");
        let transaction = connection.unchecked_transaction()?;
        let answer = work(&transaction)?;
        transaction.finish()?;
        Ok(answer)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut idle = self.readers.lock();
        // Looked at under the lock, so that closing misses no connection.
        if !self.readers.free.is_closed() {
            idle.extend(self.connection.take());
        }
    }
}
