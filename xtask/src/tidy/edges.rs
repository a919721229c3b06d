//! Which of our crates may know which. A new edge is a deliberate line here.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::ground;

struct Crate {
    name: &'static str,
    /// What its code may use.
    may_use: &'static [&'static str],
    /// What its tests may use beside that.
    tests_may_use: &'static [&'static str],
}

const fn of(
    name: &'static str,
    may_use: &'static [&'static str],
    tests_may_use: &'static [&'static str],
) -> Crate {
    Crate {
        name,
        may_use,
        tests_may_use,
    }
}

/// Inwards only: `domain` knows nobody, adapters know the traits they fulfil, `server` knows all.
const CRATES: [Crate; 18] = [
    of("app", &["browser", "domain", "services"], &[]),
    of(
        "bench",
        &["domain", "http-client", "storage", "storage-sqlite"],
        &[],
    ),
    of(
        "crash",
        &[
            "domain",
            "http-client",
            "shkeeper-simulator",
            "storage",
            "storage-sqlite",
        ],
        &[],
    ),
    of("browser", &[], &[]),
    of("domain", &[], &[]),
    of(
        "drill",
        &[
            "domain",
            "gateway-shkeeper",
            "http-client",
            "services",
            "shkeeper-simulator",
            "storage",
            "storage-sqlite",
        ],
        &[],
    ),
    of("files", &["domain", "services"], &[]),
    of("frontend", &["app"], &[]),
    of(
        "gateway-shkeeper",
        &["domain", "http-client", "services"],
        &["shkeeper-simulator"],
    ),
    of("http-client", &[], &[]),
    of("mail", &["domain", "services"], &[]),
    of(
        "rest",
        &["browser", "domain", "services"],
        &[
            "gateway-shkeeper",
            "http-client",
            "shkeeper-simulator",
            "storage-sqlite",
        ],
    ),
    of(
        "server",
        &[
            "app",
            "domain",
            "drill",
            "files",
            "gateway-shkeeper",
            "mail",
            "rest",
            "services",
            "shkeeper-simulator",
            "storage",
            "storage-sqlite",
        ],
        &[],
    ),
    of(
        "services",
        &["domain", "storage"],
        &[
            "gateway-shkeeper",
            "http-client",
            "services",
            "shkeeper-simulator",
            "storage-sqlite",
        ],
    ),
    of("shkeeper-simulator", &["domain", "http-client"], &[]),
    of("storage", &["domain"], &[]),
    of("storage-sqlite", &["domain", "storage"], &[]),
    of("xtask", &[], &[]),
];

pub fn check() -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let packages = packages()?;
    let names: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    for package in &packages {
        let Some(rule) = CRATES.iter().find(|rule| rule.name == package.name) else {
            faults.push(format!("{}: not in xtask/src/tidy/edges.rs", package.name));
            continue;
        };
        let ours = |used: &[String], allowed: &[&str]| -> Vec<String> {
            used.iter()
                .map(String::as_str)
                .filter(|used| names.contains(used) && !allowed.contains(used))
                .map(|used| format!("{} may not depend on {used}", package.name))
                .collect()
        };
        faults.extend(ours(&package.uses, rule.may_use));
        let in_tests = [rule.may_use, rule.tests_may_use].concat();
        faults.extend(ours(&package.tests_use, &in_tests));
    }
    Ok(faults)
}

struct Package {
    name: String,
    uses: Vec<String>,
    tests_use: Vec<String>,
}

fn packages() -> Result<Vec<Package>> {
    let root = ground::root();
    let mut folders: Vec<PathBuf> = [
        "app",
        "bench",
        "end2end/crash",
        "frontend",
        "server",
        "xtask",
    ]
    .map(|name| root.join(name))
    .into();
    for entry in fs::read_dir(root.join("crates"))? {
        folders.push(entry?.path());
    }
    folders.sort();
    folders
        .iter()
        .map(|folder| folder.join("Cargo.toml"))
        .filter(|manifest| manifest.is_file())
        .map(|manifest| package(&fs::read_to_string(manifest)?))
        .collect()
}

fn package(manifest: &str) -> Result<Package> {
    let manifest: toml::Table = toml::from_str(manifest)?;
    let name = manifest
        .get("package")
        .and_then(|package| package.get("name")?.as_str())
        .context("a package has a name")?;
    let keys = |table: &str| -> Vec<String> {
        manifest
            .get(table)
            .and_then(toml::Value::as_table)
            .map(|table| table.keys().cloned().collect())
            .unwrap_or_default()
    };
    Ok(Package {
        name: name.to_owned(),
        uses: [keys("dependencies"), keys("build-dependencies")].concat(),
        tests_use: keys("dev-dependencies"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dependencies_between_our_crates_are_the_allowed_ones() {
        assert_eq!(check().unwrap(), Vec::<String>::new());
    }
}
