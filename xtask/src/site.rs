//! What browsers get: WASM, its glue, styles, fonts and icons, named by their content.

pub mod files;
mod wasm;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::build::Profile;
use crate::ground;
use crate::step::{quiet, step};

/// Name of the list that tells the server where each file is.
const MANIFEST: &str = "assets.txt";

/// Builds the site into `site`, unless nothing that it is made of has changed.
pub fn build(profile: Profile, site: &Path) -> Result<()> {
    let module = step("Building the WASM", || wasm::compile(profile))?;
    let inputs = fingerprint(profile, &module)?;
    let stamp = site.join(".inputs");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == inputs) {
        return Ok(());
    }
    step("Making the browser's files", || {
        clear(site)?;
        let stage = site.join("stage");
        wasm::bind(profile, &module, &stage)?;
        bundle(&stage)?;
        let manifest = publish(&stage, &site.join("pkg"))?;
        fs::write(site.join(MANIFEST), manifest)?;
        fs::remove_dir_all(&stage)?;
        files::copy_tree(&ground::root().join("public"), &site.join("public"))?;
        if profile == Profile::Release {
            files::compress_tree(site)?;
        }
        fs::write(&stamp, &inputs)?;
        Ok(())
    })
}

fn clear(site: &Path) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    fs::create_dir_all(site.join("pkg"))?;
    Ok(())
}

/// Names all inputs by one hash, so that a second build has nothing to do.
fn fingerprint(profile: Profile, module: &Path) -> Result<String> {
    let root = ground::root();
    let mut hash = Sha256::new();
    hash.update(profile.folder());
    hash.update(fs::read(module)?);
    hash.update(fs::read(root.join("package-lock.json"))?);
    for folder in ["style", "public", "app/js"] {
        for file in files::list(&root.join(folder))? {
            hash.update(file.to_string_lossy().as_bytes());
            hash.update(fs::read(&file)?);
        }
    }
    // A change of this program changes what it makes.
    let program = fs::metadata(std::env::current_exe()?)?.modified()?;
    hash.update(format!("{program:?}"));
    Ok(hex::encode(hash.finalize()))
}

/// One script (boot code, glue and snippets together: no waterfall) and one style sheet.
fn bundle(stage: &Path) -> Result<()> {
    let root = ground::root();
    fs::copy(root.join("app/js/boot.js"), stage.join("boot.js"))?;
    let mut script = esbuild();
    script
        .arg(stage.join("boot.js"))
        .args(["--format=esm", "--target=es2022"])
        .arg(format!("--outfile={}", stage.join("out/app.js").display()));
    quiet(&mut script)?;
    let mut styles = esbuild();
    styles
        .arg(root.join("style/main.css"))
        .args([
            "--loader:.woff2=file",
            "--asset-names=[name].[hash]",
            "--public-path=/pkg",
        ])
        .args(["--target=chrome123,firefox120,safari17.5"])
        .arg(format!("--outdir={}", stage.join("out").display()));
    quiet(&mut styles)?;
    fs::copy(root.join("style/icons.svg"), stage.join("out/icons.svg"))?;
    fs::rename(stage.join("app_bg.wasm"), stage.join("out/app.wasm"))?;
    fs::write(stage.join("out/font-licences.txt"), font_licences()?)?;
    Ok(())
}

/// The licence of the fonts asks to travel with them.
fn font_licences() -> Result<String> {
    let mut licences = String::new();
    for font in [
        "@fontsource-variable/atkinson-hyperlegible-next",
        "@fontsource/atkinson-hyperlegible-mono",
        "@fontsource-variable/vazirmatn",
    ] {
        let file = ground::root()
            .join("node_modules")
            .join(font)
            .join("LICENSE");
        let text = fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
        licences.extend([font, "\n\n", &text, "\n\n"]);
    }
    Ok(licences)
}

fn esbuild() -> Command {
    let mut command = Command::new(ground::npm_bin("esbuild"));
    command
        .args([
            "--bundle",
            "--minify",
            "--log-level=warning",
            "--legal-comments=none",
        ])
        .current_dir(ground::root());
    command
}

/// Moves the staged files to their public names, and says which is where.
fn publish(stage: &Path, pkg: &Path) -> Result<String> {
    let mut lines = BTreeMap::new();
    for file in files::list(&stage.join("out"))? {
        let name = files::name(&file)?;
        let public = public_name(&file, name)?;
        fs::rename(&file, pkg.join(&public.hashed))?;
        lines.insert(public.plain, public.hashed);
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|(plain, hashed)| format!("{plain}: /pkg/{hashed}\n"))
        .collect();
    Ok(lines.concat())
}

struct PublicName {
    plain: String,
    hashed: String,
}

/// `main.css` becomes `main.HASH.css`. The bundler has named fonts so already.
fn public_name(file: &Path, name: &str) -> Result<PublicName> {
    let path = PathBuf::from(name);
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let extension = path.extension().and_then(|extension| extension.to_str());
    let (Some(stem), Some(extension)) = (stem, extension) else {
        anyhow::bail!("{name} is not named NAME.EXT");
    };
    if let Some((plain, _hash)) = stem.split_once('.') {
        return Ok(PublicName {
            plain: format!("{plain}.{extension}"),
            hashed: name.to_owned(),
        });
    }
    let content = fs::read(file).with_context(|| format!("{}", file.display()))?;
    let digest = hex::encode(Sha256::digest(&content));
    let (short, _rest) = digest.split_at(16);
    Ok(PublicName {
        plain: name.to_owned(),
        hashed: format!("{stem}.{short}.{extension}"),
    })
}
