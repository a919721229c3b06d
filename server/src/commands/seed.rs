//! `amn seed`: the demo's people, requests, offers and deals, without serving them.

use super::say;
use crate::compose::compose_aside;
use crate::config::{AppEnv, Config, Environment};
use crate::demo;
use crate::serve::Fault;

/// Fills the demo where something of it is missing.
pub async fn seed(environment: &Environment<'_>) -> Result<(), Fault> {
    let config = Config::read(environment, crate::cli::Role::All)?;
    if config.env != AppEnv::Demo {
        return Err("only a demo is filled: set APP_ENV=demo".into());
    }
    let data_dir = config.data_dir().to_owned();
    let composition = compose_aside(config).await?;
    let filled = demo::fill(
        &composition.services,
        &data_dir,
        composition.simulator.as_ref(),
    )
    .await;
    composition.close().await;
    let people = filled?.len();
    let passwords = data_dir.join("demo-accounts.json");
    say(&format!(
        "The demo is filled; the passwords of its {people} people are in {}.",
        passwords.display()
    ));
    Ok(())
}
