//! The one thread that writes: commands that wait at the same moment share one durable commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::failure::Failure;

/// Commands that may wait; who comes later waits to be let in.
const WAITING_MAX: usize = 1_024;
/// Commands that share one commit.
const BATCH_MAX: usize = 256;
/// How long a command waits for others at the most, however slow the last commit was.
const PATIENCE_MAX: Duration = Duration::from_millis(5);

/// Hands commands to the writing thread.
#[derive(Debug)]
pub(crate) struct Writer {
    /// None once the store is closed.
    commands: Mutex<Option<Sender<Box<dyn Command>>>>,
    /// As many permits as further commands may wait.
    room: Arc<Semaphore>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread on `connection`.
    pub(crate) fn start(connection: Connection) -> std::io::Result<Self> {
        let (commands, waiting) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(&connection, &waiting))?;
        Ok(Self {
            commands: Mutex::new(Some(commands)),
            room: Arc::new(Semaphore::new(WAITING_MAX)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Carries out `work` and answers once it is on the disk. When `work` fails, what it did is
    /// undone and what others did stays. Dropping the future does not stop work that was handed
    /// over.
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Failure> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let permit = Arc::clone(&self.room)
            .acquire_owned()
            .await
            .expect("the room is never closed");
        let command = Box::new(Pending {
            work: Some(work),
            outcome: None,
            answer,
            _room: permit,
        });
        // Kept no longer than this: a sender would keep the thread from ending.
        let is_sent = self
            .commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .is_some_and(|commands| commands.send(command).is_ok());
        if !is_sent {
            return Err(closed().into());
        }
        answered.await.unwrap_or_else(|_| Err(closed().into()))
    }

    /// Takes no more commands, and gives the thread, which ends once it has finished those that
    /// wait. None when that was done before.
    pub(crate) fn retire(&self) -> Option<JoinHandle<()>> {
        let lock = PoisonError::into_inner;
        self.commands.lock().unwrap_or_else(lock).take();
        self.thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(thread) = self.retire() {
            join(thread);
        }
    }
}

/// Waits for the thread's end. Blocks.
pub(crate) fn join(thread: JoinHandle<()>) {
    if thread.join().is_err() {
        tracing::error!("the store's writing thread had ended by a panic");
    }
}

fn closed() -> Failure {
    Failure::unavailable("the store is closed")
}

/// Work that waits for its answer, whatever its types.
trait Command: Send {
    /// Does the work within a savepoint. False when the savepoint itself failed.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Answers: with the outcome of the work, or with what befell the whole batch.
    fn answer(self: Box<Self>, batch: Result<(), Failure>);
}

struct Pending<F, T, E> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
    _room: OwnedSemaphorePermit,
}

impl<F, T, E> Command for Pending<F, T, E>
where
    F: FnOnce(&Connection) -> Result<T, E> + Send,
    T: Send,
    E: From<Failure> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let Some(work) = self.work.take() else {
            return true;
        };
        match in_savepoint(connection, work) {
            Ok(outcome) => {
                self.outcome = Some(outcome);
                true
            }
            Err(failure) => {
                self.outcome = Some(Err(failure.into()));
                false
            }
        }
    }

    fn answer(self: Box<Self>, batch: Result<(), Failure>) {
        let outcome = match (batch, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(Failure::unavailable("the command was not carried out").into()),
            (Err(failure), _) => Err(failure.into()),
        };
        // Nobody listens when the caller was dropped; the write stands all the same.
        drop(self.answer.send(outcome));
    }
}

/// Outer error: the savepoint could not be made or ended, so the whole batch is in doubt.
fn in_savepoint<T, E: From<Failure>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<Result<T, E>, Failure> {
    let step = |sql| connection.prepare_cached(sql)?.execute([]).map(drop);
    step("SAVEPOINT command").map_err(Failure::from)?;
    let outcome = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or_else(|_| {
        tracing::error!("a command panicked in the store; it was undone");
        Err(Failure::unavailable("the command failed inside the store").into())
    });
    if outcome.is_err() {
        step("ROLLBACK TO command").map_err(Failure::from)?;
    }
    step("RELEASE command").map_err(Failure::from)?;
    Ok(outcome)
}

/// The thread's life: waits for a command, takes those that come with it, commits, answers.
fn run(connection: &Connection, waiting: &Receiver<Box<dyn Command>>) {
    let mut pace = Pace::default();
    while let Ok(first) = waiting.recv() {
        let batch = pace.gather(first, waiting);
        let (size, begun) = (batch.len(), Instant::now());
        commit_together(connection, batch);
        pace = Pace {
            size,
            length: begun.elapsed(),
        };
    }
}

/// How the last commit went.
#[derive(Debug, Clone, Copy, Default)]
struct Pace {
    /// How many commands it carried.
    size: usize,
    /// How long it took.
    length: Duration,
}

impl Pace {
    /// Takes all commands that wait. Who has just been served often comes again at once, each a
    /// moment after the other: as many as last time are waited for, though for no longer than half
    /// of what a commit takes, or the first of them would be alone in one and the others wait for it.
    fn gather(
        self,
        first: Box<dyn Command>,
        waiting: &Receiver<Box<dyn Command>>,
    ) -> Vec<Box<dyn Command>> {
        let begun = Instant::now();
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX {
            let patience = if batch.len() < self.size {
                (self.length / 2)
                    .min(PATIENCE_MAX)
                    .saturating_sub(begun.elapsed())
            } else {
                Duration::ZERO
            };
            match waiting.recv_timeout(patience) {
                Ok(next) => batch.push(next),
                Err(_) => break,
            }
        }
        batch
    }
}

fn commit_together(connection: &Connection, batch: Vec<Box<dyn Command>>) {
    let mut done: Vec<Box<dyn Command>> = Vec::with_capacity(batch.len());
    let result = transact(connection, batch, &mut done);
    if let Err(failure) = &result {
        tracing::error!(error = %failure.0, commands = done.len(), "a commit of the store failed");
        // Already ended when SQLite rolled back by itself.
        if !connection.is_autocommit() && connection.execute_batch("ROLLBACK").is_err() {
            tracing::error!("the failed commit could not be rolled back");
        }
    }
    for command in done {
        command.answer(result.clone());
    }
}

/// Runs each command of the batch; whatever fails outside of a command fails all of them, for what
/// one of them saw may have been undone.
fn transact(
    connection: &Connection,
    batch: Vec<Box<dyn Command>>,
    done: &mut Vec<Box<dyn Command>>,
) -> Result<(), Failure> {
    let begun = connection
        .prepare_cached("BEGIN IMMEDIATE")
        .and_then(|mut begin| begin.execute([]))
        .map_err(Failure::from);
    let mut sound = begun.is_ok();
    for mut command in batch {
        // A full disk makes SQLite roll everything back: then nothing more is begun.
        sound = sound && command.run(connection) && !connection.is_autocommit();
        done.push(command);
    }
    begun?;
    if !sound {
        return Err(Failure::unavailable("the transaction was rolled back"));
    }
    connection
        .prepare_cached("COMMIT")
        .and_then(|mut commit| commit.execute([]))?;
    Ok(())
}
