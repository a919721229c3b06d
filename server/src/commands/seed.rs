//! `amn seed`: the demo's people, requests, offers and deals, without serving them.

use super::say;
use crate::compose::{compose, own_url};
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
    let url = own_url(&config);
    // With the demo's own gateway, on its usual port: beside a running demo there is none to start.
    let composition = compose(&config, &url, &url).await?;
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
