//! `cargo xtask dev`: the demo, built and started again at each change.

use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::ground;
use crate::run::{self, Options};
use crate::site;

/// How often the source files are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(400);
const WATCHED: [&str; 6] = ["app", "crates", "frontend", "public", "server", "style"];

/// Runs until it is interrupted.
pub fn dev(options: &Options) -> Result<()> {
    options.clear()?;
    loop {
        let seen = newest()?;
        let mut server = start(options);
        while newest()? <= seen {
            sleep(LOOK_EVERY);
        }
        if let Some(server) = &mut server {
            // The server loses nothing by being killed, and the next one shall not wait.
            server.kill()?;
            server.wait()?;
        }
    }
}

/// Builds and starts; a build that fails says why and waits for the next change.
fn start(options: &Options) -> Option<Child> {
    let started = options
        .build()
        .and_then(|binary| Ok(run::demo(&binary).spawn()?));
    started
        .inspect_err(|error| eprintln!("\n{error:#}\nwaiting for a change"))
        .ok()
}

fn newest() -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for folder in WATCHED {
        for file in site::files::list(&ground::root().join(folder))? {
            if let Ok(changed) = file.metadata().and_then(|data| data.modified()) {
                newest = newest.max(changed);
            }
        }
    }
    Ok(newest)
}
