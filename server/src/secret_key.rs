//! The key of short codes: from the settings, or made once by the demo.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use services::CodeKey;
use services::ports::Random as _;

use crate::config::{Config, parse_key};
use crate::ports::SystemRandom;
use crate::serve::Fault;

/// The configured key. The demo keeps one beside its store, so that codes outlive a restart.
pub fn secret_key(config: &Config) -> Result<CodeKey, Fault> {
    match &config.secret_key {
        Some(key) => Ok(key.clone()),
        None => kept(&config.store.with_file_name("secret-key")),
    }
}

fn kept(file: &Path) -> Result<CodeKey, Fault> {
    if let Ok(text) = fs::read_to_string(file) {
        return parse_key(&text).ok_or_else(|| format!("{} holds no key", file.display()).into());
    }
    let mut key = [0; 32];
    SystemRandom.fill(&mut key);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(hex::encode(key).as_bytes())?;
    Ok(CodeKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_makes_its_key_once_and_keeps_it_to_itself() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/secret-key");
        let first = kept(&file).unwrap();
        let second = kept(&file).unwrap();
        assert_eq!(
            first.hash("purpose", b"subject", "418206"),
            second.hash("purpose", b"subject", "418206")
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_broken_key_is_not_replaced_in_silence() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret-key");
        fs::write(&file, "short").unwrap();
        assert!(kept(&file).is_err());
    }
}
