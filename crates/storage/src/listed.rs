//! Lists of aggregates: under which words each is found, and what a list shows of it.
//!
//! Stores keep these words in one index, whatever they are: a table of words beside the documents,
//! or an index over a field that is a list. So a new list is a new word, not a new index, and a
//! page costs the same at any depth.

use std::collections::BTreeSet;
use std::fmt::{self, Debug};

use async_trait::async_trait;
use domain::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Aggregate, Page, PageRequest, StoreError};

/// An aggregate that appears in lists.
pub trait Listed: Aggregate {
    /// What a list shows of it.
    type Summary: Serialize + DeserializeOwned + Debug + Send + Sync + 'static;

    /// What a list shows of it now.
    fn summary(&self) -> Self::Summary;

    /// Where it stands in lists, which go by this, newest first. Should not change often.
    fn listed_at(&self) -> Timestamp;

    /// The lists that it is in.
    fn tags(&self) -> BTreeSet<Tag>;
}

/// The name of a list: `party:<user>`, `state:disputed`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

impl Tag {
    /// The list of everything of a kind.
    pub fn all() -> Self {
        Self("all".to_owned())
    }

    /// The list of those that have `value` as their `name`.
    pub fn new(name: &str, value: impl fmt::Display) -> Self {
        Self(format!("{name}:{value}"))
    }

    /// The list of those that are also of a narrower kind.
    #[must_use]
    pub fn and(self, name: &str, value: impl fmt::Display) -> Self {
        Self(format!("{}/{name}:{value}", self.0))
    }

    /// The name as it is indexed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads lists by their tags. The repositories' own lists are made of this; a use case calls those.
#[async_trait]
pub trait Lists<A: Listed>: Send + Sync {
    /// What has **all** of `tags`, newest first. The first tag should be the rarest: the list goes
    /// along it. No tag lists nothing.
    async fn list_tagged(
        &self,
        tags: Vec<Tag>,
        page: PageRequest,
    ) -> Result<Page<A::Summary>, StoreError>;

    /// How many a list holds.
    async fn count_tagged(&self, tag: Tag) -> Result<u64, StoreError> {
        let counted = self.count_each(vec![tag]).await?;
        Ok(counted.into_iter().sum())
    }

    /// How many each of these lists holds, in their order, asked at once.
    async fn count_each(&self, tags: Vec<Tag>) -> Result<Vec<u64>, StoreError>;

    /// How many of a list stand between each two neighbours of `bounds`, the first included: one
    /// count less than there are bounds. Costs as much as is counted, so ask for days and not years.
    async fn count_between(&self, tag: Tag, bounds: Vec<Timestamp>)
    -> Result<Vec<u64>, StoreError>;
}

/// An aggregate with events that were not relayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undispatched<I> {
    /// Which one.
    pub id: I,
    /// Events up to this number have been relayed.
    pub after: u64,
}

/// An aggregate whose events are relayed: its event log is its outbox.
pub trait Eventful: Aggregate {
    /// The number of its last event.
    fn last_seq(&self) -> u64;

    /// When it last changed; who waits longest is relayed first.
    fn changed_at(&self) -> Timestamp;

    /// Puts in how far it has been relayed, if it has a place for that.
    fn set_dispatched(&mut self, seq: u64);
}

/// How far events have been relayed. This lies outside of the version: relaying an event makes
/// nobody's commit stale, and no commit moves it.
#[async_trait]
pub trait Outbox<A: Eventful>: Send + Sync {
    /// Aggregates with events that were not relayed, longest waiting first. One that cannot be
    /// relayed stays in the list: read on past it.
    async fn list_undispatched(
        &self,
        page: PageRequest,
    ) -> Result<Page<Undispatched<A::Id>>, StoreError>;

    /// Notes that events up to `seq` were relayed. Only moves forward.
    async fn mark_dispatched(&self, id: A::Id, seq: u64) -> Result<(), StoreError>;
}
