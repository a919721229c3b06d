//! Keys that the demo draws at its first start and keeps with its data.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use services::ports::Random;

use crate::serve::Fault;

/// The demo's keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Secrets {
    /// The simulator's API key.
    pub gateway_key: String,
    /// The simulator's admin password.
    pub payout_password: String,
    /// Where the simulator's addresses and transactions come from.
    pub simulator_seed: u64,
}

impl Secrets {
    /// Reads the keys of this data folder, or draws them.
    pub fn load(data_dir: &Path, random: &dyn Random) -> Result<Self, Fault> {
        let path = data_dir.join("demo-secrets.json");
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)
                .map_err(|error| format!("{} cannot be read: {error}", path.display()))?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let secrets = Self::draw(random);
                write_private(&path, &serde_json::to_vec_pretty(&secrets)?)?;
                Ok(secrets)
            }
            Err(error) => Err(format!("{} cannot be read: {error}", path.display()).into()),
        }
    }

    fn draw(random: &dyn Random) -> Self {
        let word = || hex::encode(random.bytes::<16>());
        Self {
            gateway_key: word(),
            payout_password: word(),
            simulator_seed: u64::from_be_bytes(random.bytes()),
        }
    }
}

/// Writes a file that nobody but this user can read.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options
        .open(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}
