//! Names in the document: of two schemas with one name it would know one alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn no_two_schemas_have_one_name() {
    let mut known: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            for name in schemas_in(&fs::read_to_string(&path).unwrap()) {
                let other = known.insert(name.clone(), path.clone());
                assert_eq!(other, None, "{name} is in {} too", path.display());
            }
        }
    }
    assert!(known.len() > 20, "{known:?}");
}

/// What a file derives a schema for.
fn schemas_in(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_schema = false;
    for line in source.lines() {
        if line.starts_with("#[derive(") {
            is_schema = line.contains("ToSchema");
        }
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let item = line
            .strip_prefix("struct ")
            .or_else(|| line.strip_prefix("enum "));
        if let (true, Some(item)) = (is_schema, item) {
            let end = item.find(|char: char| !char.is_alphanumeric());
            names.push(item[..end.unwrap_or(item.len())].to_owned());
            is_schema = false;
        }
    }
    names
}
