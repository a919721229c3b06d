//! Files and folders: listing in a fixed order, copying, compressing.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What compresses well. Fonts are compressed already.
const TEXTUAL: [&str; 8] = [
    "css",
    "js",
    "wasm",
    "svg",
    "txt",
    "json",
    "webmanifest",
    "html",
];
/// Below this a compressed copy saves less than its response headers take.
const COMPRESS_BYTES_MIN: u64 = 256;

/// All files below `folder`, sorted; none when there is no such folder.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The last part of a path.
pub fn name(file: &Path) -> Result<&str> {
    file.file_name()
        .and_then(|name| name.to_str())
        .with_context(|| format!("{} has no readable name", file.display()))
}

/// Copies all files below `from` to the same places below `to`.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for file in list(from)? {
        let goal = to.join(file.strip_prefix(from)?);
        if let Some(folder) = goal.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &goal).with_context(|| format!("{}", file.display()))?;
    }
    Ok(())
}

/// Puts a `.br` and a `.gz` beside each file that gets smaller by it.
pub fn compress_tree(folder: &Path) -> Result<()> {
    for file in list(folder)? {
        let extension = file.extension().and_then(|extension| extension.to_str());
        let textual = extension.is_some_and(|extension| TEXTUAL.contains(&extension));
        if textual && fs::metadata(&file)?.len() >= COMPRESS_BYTES_MIN {
            let content = fs::read(&file)?;
            fs::write(beside(&file, "br"), brotli(&content)?)?;
            fs::write(beside(&file, "gz"), gzip(&content)?)?;
        }
    }
    Ok(())
}

/// The size of `content` as a browser receives it.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".");
    path.push(extension);
    path.into()
}
