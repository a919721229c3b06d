//! A backup of the demo, and what becomes of it.

use std::fs;
use std::path::{Path, PathBuf};

use domain::digest::Digest;
use domain::id::FileId;
use domain::ledger::{Account, Entry, Side};
use domain::{Asset, Network, Timestamp, Token, Units};
use files::DiskBlobs;
use services::Services;
use services::ports::Blobs as _;
use storage::{FilePurpose, FileRecord, LedgerEntry, Limit, PageRequest, Store};
use storage_sqlite::backup::StoreCopy;
use tempfile::TempDir;

use super::restoring::Restored;
use super::{Manifest, Onto, Places, make, restore};
use crate::cli::Role;
use crate::compose::{Composition, compose};
use crate::config::{Config, Environment};
use crate::demo;
use crate::serve::Fault;

const NOW: Timestamp = Timestamp::from_unix_ms(1_793_534_400_000);

/// The demo, running, with a file that a deal refers to.
struct Installation {
    folder: TempDir,
    composition: Composition,
    file: FileId,
}

impl Installation {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        let store_url = format!("sqlite:{}", places.store.display());
        let variable = |name: &str| match name {
            "APP_ENV" => Some("demo".to_owned()),
            "STORE_URL" => Some(store_url.clone()),
            "SIMULATOR_LISTEN" => Some("127.0.0.1:0".to_owned()),
            _ => None,
        };
        let config = Config::read(&Environment::new(&variable), Role::All).unwrap();
        let url = "http://127.0.0.1:8083";
        let composition = compose(&config, url, url).await.unwrap();
        let simulator = composition.simulator.as_ref();
        demo::fill(&composition.services, config.data_dir(), simulator)
            .await
            .unwrap();
        let file = add_file(&composition.services, &places.files).await;
        Self {
            folder,
            composition,
            file,
        }
    }

    fn places(&self) -> Places {
        places(self.folder.path())
    }

    fn store(&self) -> &dyn Store {
        &**self.composition.services.store()
    }

    fn back_up(&self) -> (PathBuf, Manifest) {
        let to = self.folder.path().join("backup");
        let manifest = make(&self.places(), &to, NOW, &mut |_, _, _| {}).unwrap();
        (to, manifest)
    }
}

fn places(folder: &Path) -> Places {
    Places {
        store: folder.join("data/amn.db"),
        files: folder.join("data/files"),
    }
}

async fn add_file(services: &Services, files: &Path) -> FileId {
    let bytes = b"a photo of the parcel";
    let page = PageRequest::first(Limit::MAX);
    let deals = services.store().deals();
    let deals = deals.list_on_desk(storage::Desk::All, page).await.unwrap();
    let deal = deals.items.first().expect("the demo has deals");
    let record = FileRecord {
        id: FileId::derived(&[b"photo"]),
        owner: deal.buyer,
        purpose: FilePurpose::Evidence,
        name: "photo.jpg".to_owned(),
        mime: "image/jpeg".to_owned(),
        size: 21,
        sha256: Digest::of(bytes),
        preview: None,
        brought_for: None,
        attached_to: Some(format!("deal:{}", deal.id)),
        created_at: NOW,
    };
    services.store().files().insert(&record).await.unwrap();
    let blobs = DiskBlobs::open(files).unwrap();
    let bytes = bytes.as_slice().into();
    blobs.put(record.id, bytes).await.unwrap();
    record.id
}

async fn restore_to(places: &Places, from: &Path, onto: Onto) -> Result<Restored, Fault> {
    restore(places, from, onto, NOW, &mut |_, _, _| {}).await
}

/// The one file of a backup's folder with this name.
fn find(folder: &Path, name: &str) -> PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().is_some_and(|found| found == name) {
                return path;
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    panic!("there is no {name}");
}

fn spoil(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_backup_of_a_running_server_restores_to_the_same_books_and_files() {
    let running = Installation::new().await;
    let (backup, manifest) = running.back_up();
    assert_eq!((manifest.files, manifest.lost_files.len()), (1, 0));
    assert!(manifest.rows["deals"] > 5, "{manifest:?}");

    let elsewhere = tempfile::tempdir().unwrap();
    let new = places(elsewhere.path());
    let looked_at = restore_to(&new, &backup, Onto::Nowhere).await.unwrap();
    assert!(!new.store.exists() && !new.files.exists(), "only looked at");

    let restored = restore_to(&new, &backup, Onto::Nothing).await.unwrap();
    let mut quiet = |_, _| {};
    let live = services::books::recompute(running.store(), &mut quiet)
        .await
        .unwrap();
    assert!(restored.books.are_right() && restored.books.payouts > 0);
    assert_eq!(restored.books, live);
    assert_eq!(restored.books, looked_at.books);
    let photo = find(&new.files, &running.file.to_string());
    assert_eq!(fs::read(photo).unwrap(), b"a photo of the parcel");
    let leftover = fs::read_dir(elsewhere.path().join("data")).unwrap();
    assert_eq!(leftover.count(), 2, "the database and the folder of files");
    running.composition.close().await;
}

#[tokio::test]
async fn a_backup_that_was_changed_is_refused_by_the_name_of_what_is_wrong() {
    let running = Installation::new().await;
    let (backup, _) = running.back_up();
    running.composition.services.store().close().await;
    let new = places(&running.folder.path().join("new"));
    let refused = async || {
        let refused = restore_to(&new, &backup, Onto::Nothing).await;
        assert!(!new.store.exists(), "nothing was restored");
        refused.unwrap_err().to_string()
    };

    let photo = find(&backup, &running.file.to_string());
    spoil(&photo);
    assert!(refused().await.contains(&running.file.to_string()));
    fs::remove_file(&photo).unwrap();
    assert!(refused().await.contains("missing"));

    let database = backup.join("amn.db");
    spoil(&database);
    let said = refused().await;
    assert!(
        said.contains("amn.db") && said.contains("SHA-256"),
        "{said}"
    );

    let manifest = backup.join("manifest.json");
    let newer = fs::read_to_string(&manifest).unwrap();
    let newer = newer.replace("\"schema\": ", "\"schema\": 9");
    fs::write(&manifest, newer).unwrap();
    assert!(refused().await.contains("use the newer program"));
    fs::remove_file(&manifest).unwrap();
    assert!(refused().await.contains("cut short"));
}

#[tokio::test]
async fn what_is_there_is_replaced_only_when_told_so_and_only_at_rest() {
    let running = Installation::new().await;
    let (backup, _) = running.back_up();
    let places = running.places();
    let refused = restore_to(&places, &backup, Onto::Nothing).await;
    let said = refused.unwrap_err().to_string();
    assert!(
        said.contains("amn.db") && said.contains("--replace"),
        "{said}"
    );
    let refused = restore_to(&places, &backup, Onto::WhatIsThere).await;
    assert!(refused.unwrap_err().to_string().contains("stop the server"));
    running.store().check().await.expect("the server goes on");
    running.composition.services.store().close().await;

    // As if an earlier restore had been killed.
    fs::write(super::beside(&places.store, ".restoring"), "half").unwrap();
    let rows = |path: &Path| StoreCopy::open(path).unwrap().counts().unwrap();
    let former = rows(&places.store);
    let restored = restore_to(&places, &backup, Onto::WhatIsThere)
        .await
        .unwrap();
    assert_eq!(rows(&restored.before.unwrap()), former);
    let store = storage_sqlite::SqliteStore::open(&places.store).unwrap();
    store.check().await.unwrap();
}

#[tokio::test]
async fn a_backup_whose_books_are_not_right_is_refused() {
    let running = Installation::new().await;
    let page = PageRequest::first(Limit::MAX);
    let deals = running.store().deals();
    let deals = deals.list_on_desk(storage::Desk::All, page).await.unwrap();
    let deal = deals.items.first().unwrap().id;
    let strange = LedgerEntry {
        id: domain::id::LedgerEntryId::derived(&[b"strange"]),
        deal,
        event_seq: 1,
        at: NOW,
        asset: Asset::new(Network::Bsc, Token::Usdt).unwrap(),
        entry: Entry {
            account: Account::Released,
            side: Side::Credit,
            units: Units::new(1),
        },
    };
    running
        .store()
        .ledger_entries()
        .add(&[strange])
        .await
        .unwrap();
    let (backup, _) = running.back_up();
    running.composition.services.store().close().await;
    let new = places(&running.folder.path().join("new"));
    let said = restore_to(&new, &backup, Onto::Nothing).await.unwrap_err();
    assert!(said.to_string().contains(&deal.to_string()), "{said}");
    assert!(!new.store.exists());
}

#[test]
fn a_backup_takes_no_folder_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let said = make(
        &places(folder.path()),
        folder.path(),
        NOW,
        &mut |_, _, _| {},
    )
    .unwrap_err();
    assert!(said.to_string().contains("name a new folder"), "{said}");
}
