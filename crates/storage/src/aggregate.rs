//! Documents with a version: the one pattern for everything that people and timers change.

use core::fmt;
use core::ops::Deref;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{BoxError, CommitError, InsertError, StoreError};

/// A document that is read, decided upon and written as one.
///
/// Everything that has to change together lies inside: state, events, ledger, the keys of the
/// commands that were carried out. What a store needs for its indexes it takes from the document
/// itself, by the functions of this crate, so that every store finds the same.
pub trait Aggregate:
    Serialize + DeserializeOwned + Clone + PartialEq + fmt::Debug + Send + Sync + 'static
{
    /// Its identifier.
    type Id: Copy + fmt::Debug + fmt::Display + From<Uuid> + Into<Uuid> + Send + Sync + 'static;

    /// What it is called in messages: `deal`.
    const KIND: &'static str;

    /// Which one it is.
    fn id(&self) -> Self::Id;

    /// How often it has been changed; only ever grows.
    fn version(&self) -> u64;

    /// Checks what must always hold of it, as far as its kind has such rules and does not keep them
    /// by itself.
    ///
    /// # Errors
    /// What does not hold: a fault of ours.
    fn invariants(&self) -> Result<(), BoxError> {
        Ok(())
    }
}

/// An aggregate of which everything holds that must. Stores are handed nothing else to write.
#[derive(Debug)]
pub struct Sound<'a, A>(&'a A);

impl<'a, A: Aggregate> Sound<'a, A> {
    /// Checks an aggregate, for one write of it.
    ///
    /// # Errors
    /// [`StoreError::Unsound`], which is logged here: nobody may get it and say nothing.
    pub fn check(aggregate: &'a A) -> Result<Self, StoreError> {
        aggregate.invariants().map_err(|breach| {
            let (kind, id) = (A::KIND, aggregate.id());
            tracing::error!(kind, %id, %breach, "what would break an invariant is not written");
            StoreError::Unsound {
                kind,
                id: id.to_string(),
                source: breach,
            }
        })?;
        Ok(Self(aggregate))
    }
}

impl<A> Deref for Sound<'_, A> {
    type Target = A;

    fn deref(&self) -> &A {
        self.0
    }
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
    async fn insert(&self, new: &A) -> Result<(), InsertError> {
        self.write_new(Sound::check(new)?).await
    }

    /// Replaces the aggregate by `changed`, in one atomic and durable write, if its stored version
    /// is still `expected`. `changed` has to have a higher version.
    ///
    /// # Errors
    /// [`CommitError::Stale`] and [`CommitError::Conflict`] wrote nothing; after
    /// [`CommitError::Store`] find it again and look for the command's key.
    async fn commit(&self, changed: &A, expected: u64) -> Result<(), CommitError> {
        self.write_changed(Sound::check(changed)?, expected).await
    }

    /// What a store does for [`insert`](Self::insert), which it leaves as it is.
    ///
    /// # Errors
    /// As [`insert`](Self::insert).
    async fn write_new(&self, new: Sound<'_, A>) -> Result<(), InsertError>;

    /// What a store does for [`commit`](Self::commit), which it leaves as it is.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    async fn write_changed(&self, changed: Sound<'_, A>, expected: u64) -> Result<(), CommitError>;
}
