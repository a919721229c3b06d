//! Keeps the state in a file, so that a restart finds the invoices and the money where they were.

use std::fs;
use std::io;
use std::path::Path;

use crate::state::State;

/// Why a kept state is not taken up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    #[error("it cannot be read")]
    Io(#[from] io::Error),
    #[error("it is no state of a simulator")]
    Json(#[from] serde_json::Error),
    #[error("it was written by another version")]
    Schema,
}

/// The state that is kept there; none when there is no file.
pub(crate) fn load(path: &Path) -> Result<Option<State>, LoadError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let state: State = serde_json::from_slice(&text)?;
    if state.schema == State::SCHEMA {
        Ok(Some(state))
    } else {
        Err(LoadError::Schema)
    }
}

/// Writes the state beside the old one, then puts it in its place: whoever is killed in between
/// leaves the old or the new one, whole. A machine that loses its power may lose it; nobody's
/// money hangs on a simulator.
pub(crate) fn save(path: &Path, state: &State) -> io::Result<()> {
    let beside = path.with_extension("next");
    fs::write(&beside, serde_json::to_vec(state)?)?;
    fs::rename(&beside, path)
}
