//! What is known of stored files. The bytes lie elsewhere, under the id.

use async_trait::async_trait;
use domain::Timestamp;
use domain::digest::Digest;
use domain::id::{FileId, UserId};
use serde::{Deserialize, Serialize};

use crate::{InsertError, Limit, Page, PageRequest, StoreError};

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Which one.
    pub id: FileId,
    /// Who brought it.
    pub owner: UserId,
    /// What it is for; who may read it follows from this and from what it is attached to.
    pub purpose: FilePurpose,
    /// The name it came with, made safe.
    pub name: String,
    /// Its type by content, not by name.
    pub mime: String,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of the bytes as they came.
    pub sha256: Digest,
    /// A picture of it that is safe to show, when there is one. That picture is a file of its own,
    /// attached to this one (`file:<id>`) from the beginning.
    pub preview: Option<FileId>,
    /// What it was brought for: `deal:<id>`, `request:<id>`. Whoever sweeps files that are attached to nothing
    /// looks there first: it may refer to the file although nobody came to note that here.
    pub brought_for: Option<String>,
    /// What it was attached to: `deal:<id>`, `request:<id>`. A file that nothing refers to is removed after a
    /// while.
    pub attached_to: Option<String>,
    /// When it came.
    pub created_at: Timestamp,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePurpose {
    /// A picture of a person.
    Avatar,
    /// Shown with a request or an offer.
    Attachment,
    /// Proof in a deal; keeps its original bytes.
    Evidence,
    /// A picture made from another file.
    Preview,
}

/// Files.
#[async_trait]
pub trait Files: Send + Sync {
    /// Takes in a file's record.
    ///
    /// # Errors
    /// As [`Aggregates::insert`](crate::Aggregates::insert).
    async fn insert(&self, file: &FileRecord) -> Result<(), InsertError>;

    /// One file's record.
    async fn find(&self, id: FileId) -> Result<Option<FileRecord>, StoreError>;

    /// Those of `ids` that exist, in any order: names for a list. A hundred at the most.
    async fn find_many(&self, ids: &[FileId]) -> Result<Vec<FileRecord>, StoreError>;

    /// Attaches a person's own file to something. False when there is no such file, or when it is
    /// attached to something else.
    async fn attach(&self, id: FileId, owner: UserId, to: &str) -> Result<bool, StoreError>;

    /// Notes that something refers to a person's own file no more. Nothing happens to a file that is
    /// attached to something else, or to nothing.
    async fn detach(&self, id: FileId, owner: UserId, from: &str) -> Result<(), StoreError>;

    /// How many bytes a person has brought since a moment, for quotas.
    async fn bytes_since(&self, owner: UserId, since: Timestamp) -> Result<u64, StoreError>;

    /// What a person has brought, oldest first; pictures that were drawn of it are not among it.
    async fn list_of_owner(
        &self,
        owner: UserId,
        page: PageRequest,
    ) -> Result<Page<FileRecord>, StoreError>;

    /// Files brought before `older_than` that nothing refers to, oldest first.
    async fn list_unattached(
        &self,
        older_than: Timestamp,
        limit: Limit,
    ) -> Result<Vec<FileRecord>, StoreError>;

    /// Forgets a file that nothing refers to, and its preview, and says whose bytes may go now.
    /// Nothing when it was attached meanwhile.
    async fn remove_unattached(&self, id: FileId) -> Result<Vec<FileId>, StoreError>;
}
