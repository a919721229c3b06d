//! The one thread that writes: commands that wait at the same moment share one durable commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::failure::Failure;

/// Commands that may wait; who comes later waits to be let in.
const WAITING_MAX: usize = 1_024;
/// Commands that share one commit.
const BATCH_MAX: usize = 256;

/// Hands commands to the writing thread.
#[derive(Debug)]
pub(crate) struct Writer {
    /// None once the store is closed.
    commands: Mutex<Option<mpsc::Sender<Box<dyn Command>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread on `connection`.
    pub(crate) fn start(connection: Connection) -> std::io::Result<Self> {
        let (commands, waiting) = mpsc::channel(WAITING_MAX);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(&connection, waiting))?;
        Ok(Self {
            commands: Mutex::new(Some(commands)),
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
        let command = Box::new(Pending {
            work: Some(work),
            outcome: None,
            answer,
        });
        let commands = self
            .commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let Some(commands) = commands else {
            return Err(closed().into());
        };
        if commands.send(command).await.is_err() {
            return Err(closed().into());
        }
        // Held while waiting, a sender would keep the thread from ending.
        drop(commands);
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

/// The thread's life: waits for a command, takes those that wait with it, commits, answers.
fn run(connection: &Connection, mut waiting: mpsc::Receiver<Box<dyn Command>>) {
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while waiting.blocking_recv_many(&mut batch, BATCH_MAX) > 0 {
        commit_together(connection, std::mem::take(&mut batch));
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
