//! Records of files.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{FileId, UserId};
use rusqlite::types::Value;
use storage::{FilePurpose, FileRecord, Files, InsertError, Limit, Page, PageRequest, StoreError};

use crate::document::{Document, Row, load};
use crate::sql::{Listing, Order, count, documents, execute, flag, id, prepare, rows, text, time};
use crate::store::SqliteStore;

impl Document for FileRecord {
    const KIND: &'static str = "file";
    const TABLE: &'static str = "files";
    const COLUMNS: &'static [&'static str] =
        &["owner_id", "size", "created_at", "attached_to", "is_drawn"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            id(self.owner),
            Value::Integer(count(self.size)),
            time(self.created_at),
            self.attached_to.as_ref().map_or(Value::Null, text),
            flag(self.purpose == FilePurpose::Preview),
        ]
    }
}

#[async_trait]
impl Files for SqliteStore {
    async fn insert(&self, file: &FileRecord) -> Result<(), InsertError> {
        let file = file.clone();
        self.write(move |connection| {
            if Row::of(&file).add::<FileRecord>(connection)? {
                return Ok(());
            }
            let same = load::<FileRecord>(connection, &file.key())? == Some(file);
            Err(InsertError::Exists { same })
        })
        .await
    }

    async fn find(&self, file: FileId) -> Result<Option<FileRecord>, StoreError> {
        self.read(move |connection| load(connection, &id(file)))
            .await
    }

    async fn find_many(&self, ids: &[FileId]) -> Result<Vec<FileRecord>, StoreError> {
        let ids: Vec<_> = ids.iter().copied().take(Limit::MAX.get()).collect();
        self.read(move |connection| {
            let found = ids.into_iter().map(|file| load(connection, &id(file)));
            found.filter_map(Result::transpose).collect()
        })
        .await
    }

    async fn attach(&self, file: FileId, owner: UserId, to: &str) -> Result<bool, StoreError> {
        let to = to.to_owned();
        self.record(move |connection| {
            let Some(mut file) = load::<FileRecord>(connection, &id(file))? else {
                return Ok(false);
            };
            if file.owner != owner {
                return Ok(false);
            }
            if let Some(attached) = &file.attached_to {
                return Ok(*attached == to);
            }
            file.attached_to = Some(to);
            Row::of(&file).put::<FileRecord>(connection)
        })
        .await
    }

    async fn detach(&self, file: FileId, owner: UserId, from: &str) -> Result<(), StoreError> {
        let from = from.to_owned();
        self.record(move |connection| {
            let found = load::<FileRecord>(connection, &id(file))?;
            let is_attached =
                |file: &FileRecord| file.owner == owner && file.attached_to.as_ref() == Some(&from);
            let Some(mut file) = found.filter(is_attached) else {
                return Ok(());
            };
            file.attached_to = None;
            Row::of(&file).put::<FileRecord>(connection)?;
            Ok(())
        })
        .await
    }

    async fn bytes_since(&self, owner: UserId, since: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "SELECT coalesce(sum(size), 0) FROM files \
             WHERE owner_id = ?1 AND created_at >= ?2";
        self.read(move |connection| {
            let bytes: i64 = prepare(connection, SQL)?
                .query_row((id(owner), since.unix_ms()), |row| row.get(0))?;
            Ok(bytes.unsigned_abs())
        })
        .await
    }

    async fn list_of_owner(
        &self,
        owner: UserId,
        page: PageRequest,
    ) -> Result<Page<FileRecord>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Ascending,
            filter: "owner_id = ?4 AND is_drawn = 0",
        };
        self.read(move |connection| listing.page(connection, &[id(owner)], page))
            .await
    }

    async fn list_unattached(
        &self,
        older_than: Timestamp,
        limit: Limit,
    ) -> Result<Vec<FileRecord>, StoreError> {
        const SQL: &str = "SELECT doc FROM files \
             WHERE attached_to IS NULL AND created_at < ?1 ORDER BY created_at, id LIMIT ?2";
        self.read(move |connection| {
            documents(connection, SQL, &[&older_than.unix_ms(), &rows(limit)])
        })
        .await
    }

    async fn remove_unattached(&self, file: FileId) -> Result<Vec<FileId>, StoreError> {
        const SQL: &str = "DELETE FROM files WHERE id = ?1";
        self.record(move |connection| {
            let found = load::<FileRecord>(connection, &id(file))?;
            let Some(file) = found.filter(|file| file.attached_to.is_none()) else {
                return Ok(Vec::new());
            };
            let gone: Vec<FileId> = [Some(file.id), file.preview]
                .into_iter()
                .flatten()
                .collect();
            for file in &gone {
                execute(connection, SQL, &[&id(*file)])?;
            }
            Ok(gone)
        })
        .await
    }
}
