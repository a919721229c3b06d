//! Documents with a version: the one pattern for everything that people and timers change.

use core::fmt;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{CommitError, InsertError, StoreError};

/// A document that is read, decided upon and written as one.
///
/// Everything that has to change together lies inside: state, events, ledger, the keys of the
/// commands that were carried out. What a store needs for its indexes it takes from the document
/// itself, by the functions of this crate, so that every store finds the same.
pub trait Aggregate:
    Serialize + DeserializeOwned + Clone + PartialEq + fmt::Debug + Send + Sync + 'static
{
    /// Its identifier.
    type Id: Copy + fmt::Debug + fmt::Display + Into<Uuid> + Send + Sync + 'static;

    /// What it is called in messages: `deal`.
    const KIND: &'static str;

    /// Which one it is.
    fn id(&self) -> Self::Id;

    /// How often it has been changed; only ever grows.
    fn version(&self) -> u64;
}

/// Finds, inserts and changes aggregates of one kind.
#[async_trait]
pub trait Aggregates<A: Aggregate>: Send + Sync {
    /// The newest committed version.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, id: A::Id) -> Result<Option<A>, StoreError>;

    /// Takes in a new aggregate.
    ///
    /// # Errors
    /// [`InsertError::Exists`] and [`InsertError::Conflict`] wrote nothing; after
    /// [`InsertError::Store`] repeat it, and take `Exists { same: true }` for success.
    async fn insert(&self, new: &A) -> Result<(), InsertError>;

    /// Replaces the aggregate by `changed`, in one atomic and durable write, if its stored version
    /// is still `expected`. `changed` has to have a higher version.
    ///
    /// # Errors
    /// [`CommitError::Stale`] and [`CommitError::Conflict`] wrote nothing; after
    /// [`CommitError::Store`] find it again and look for the command's key.
    async fn commit(&self, changed: &A, expected: u64) -> Result<(), CommitError>;
}
