//! Where the browser's files are: their names carry their content's hash.

use std::collections::BTreeMap;
use std::fmt;

/// Paths of the built files, read once at start.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The style sheet.
    pub styles: String,
    /// Boot code and glue of the islands.
    pub script: String,
    /// The islands themselves.
    pub wasm: String,
    /// The sprite of icons.
    pub icons: String,
    /// The text font for Latin script.
    pub font_latin: String,
    /// The text font for Arabic script.
    pub font_arabic: String,
}

/// A file that the build did not list.
#[derive(Debug, PartialEq, Eq)]
pub struct MissingAsset(&'static str);

impl fmt::Display for MissingAsset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the list of built files does not have {}", self.0)
    }
}

impl std::error::Error for MissingAsset {}

impl Assets {
    /// Reads the list that the build writes: a line `name: path` for each file.
    pub fn parse(manifest: &str) -> Result<Self, MissingAsset> {
        let paths: BTreeMap<&str, &str> = manifest
            .lines()
            .filter_map(|line| line.split_once(": "))
            .collect();
        let path = |name: &'static str| {
            paths
                .get(name)
                .map(|path| (*path).to_owned())
                .ok_or(MissingAsset(name))
        };
        Ok(Self {
            styles: path("main.css")?,
            script: path("app.js")?,
            wasm: path("app.wasm")?,
            icons: path("icons.svg")?,
            font_latin: path("atkinson-hyperlegible-next-latin-wght-normal.woff2")?,
            font_arabic: path("vazirmatn-arabic-wght-normal.woff2")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_not_built_is_named() {
        assert_eq!(
            Assets::parse("app.js: /pkg/app.1.js\n").unwrap_err(),
            MissingAsset("main.css")
        );
    }
}
