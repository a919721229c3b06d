//! `amn backup` and `amn restore`.

use services::books::Books;
use services::ports::Clock as _;

use super::{Tenths, say};
use crate::backup::{Manifest, Onto, make, restore};
use crate::cli::{BackupOptions, RestoreOptions};
use crate::config::{Config, Environment};
use crate::ports::SystemClock;
use crate::serve::Fault;

/// Makes a backup beside a running server.
pub fn backup(options: &BackupOptions, environment: &Environment<'_>) -> Result<(), Fault> {
    let places = Config::places(environment)?;
    let mut tenths = Tenths::default();
    let mut progress = |what: &str, done, all| tenths.tell(what, done, all);
    let manifest = make(&places, &options.to, SystemClock.now(), &mut progress)?;
    say(&format!(
        "Backed up to {}.\n{}",
        options.to.display(),
        contents(&manifest)
    ));
    if manifest.lost_files.is_empty() {
        return Ok(());
    }
    let lost: Vec<String> = manifest
        .lost_files
        .iter()
        .map(ToString::to_string)
        .collect();
    Err(format!(
        "the backup is whole, but files that deals refer to are lost or changed in {}: {}",
        places.files.display(),
        lost.join(", ")
    )
    .into())
}

/// Puts a backup back, and says what its books come to.
pub async fn put_back(
    options: &RestoreOptions,
    environment: &Environment<'_>,
) -> Result<(), Fault> {
    let places = Config::places(environment)?;
    let onto = match (options.check, options.replace) {
        (true, _) => Onto::Nowhere,
        (false, true) => Onto::WhatIsThere,
        (false, false) => Onto::Nothing,
    };
    let mut tenths = Tenths::default();
    let mut progress = |what: &str, done, all| tenths.tell(what, done, all);
    let now = SystemClock.now();
    let restored = restore(&places, &options.from, onto, now, &mut progress).await?;
    let done = match onto {
        Onto::Nowhere => format!("{} can be restored.", options.from.display()),
        Onto::Nothing | Onto::WhatIsThere => format!(
            "Restored {} to {} and {}.",
            options.from.display(),
            places.store.display(),
            places.files.display()
        ),
    };
    say(&format!(
        "{done}\n{}\n{}",
        contents(&restored.manifest),
        told(&restored.books)
    ));
    if let Some(before) = restored.before {
        say(&format!(
            "The database that was there before is {}; remove it when you need it no more.",
            before.display()
        ));
    }
    Ok(())
}

fn contents(manifest: &Manifest) -> String {
    let rows: Vec<String> = manifest
        .rows
        .iter()
        .map(|(table, rows)| format!("{rows} {table}"))
        .collect();
    format!(
        "Made at {}, schema {}, {} bytes of database ({}), {} files of {} bytes.",
        manifest.made_at,
        manifest.schema,
        manifest.database_bytes,
        rows.join(", "),
        manifest.files,
        manifest.file_bytes
    )
}

/// What books come to, in lines.
fn told(books: &Books) -> String {
    let mut lines = vec![format!(
        "Books computed anew: {} deals ({} over), {} deposits, {} payouts, {} listed ledger \
         entries, {} audit entries in an unbroken chain.",
        books.deals,
        books.settled_deals,
        books.deposits,
        books.payouts,
        books.ledger_entries,
        books.audit_entries
    )];
    lines.extend(books.assets.iter().map(|(asset, of_asset)| {
        let places = asset.decimals();
        format!(
            "  {asset}: debits {} = credits {}",
            of_asset.debits.to_plain(places),
            of_asset.credits.to_plain(places)
        )
    }));
    lines.push(format!("Faults: {}.", books.faults.len()));
    lines.join("\n")
}
