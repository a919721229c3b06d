//! `amn config check` and `amn config secrets`.

use services::ports::Random;

use super::say;
use crate::cli::Role;
use crate::config::{Config, Environment, Gateway};
use crate::ports::SystemRandom;
use crate::serve::Fault;

/// Reads every setting and says what follows from them; no secret is printed.
pub fn check(environment: &Environment<'_>, role: Role) -> Result<(), Fault> {
    let config = Config::read(environment, role)?;
    say(&format!(
        "The settings are right for {}.",
        config.env.name()
    ));
    say(&format!("  listens on  {}", config.listen));
    let public_url = config
        .public_url
        .as_deref()
        .unwrap_or("the address listened on");
    say(&format!("  reached at  {public_url}"));
    say(&format!("  store       {}", config.store.display()));
    match &config.gateway {
        Gateway::Simulator { listen } => say(&format!("  gateway     simulated, on {listen}")),
        Gateway::Shkeeper(shkeeper) => {
            say(&format!("  gateway     {}", shkeeper.url));
        }
    }
    let mail = config.mail.as_ref();
    say(&mail.map_or_else(
        || "  mail        kept, and shown at /dev/mail".to_owned(),
        |mail| format!("  mail        {}:{}", mail.host, mail.port),
    ));
    for warning in config.warnings() {
        say(&format!("  ! {warning}"));
    }
    Ok(())
}

/// Prints strong values for every secret that is ours to choose.
pub fn secrets() {
    let random: &dyn Random = &SystemRandom;
    for name in [
        "SECRET_KEY",
        "JWT_SECRET",
        "REFRESH_TOKEN_SECRET",
        "RECEIPT_KEY",
    ] {
        say(&format!("{name}={}", hex::encode(random.bytes::<32>())));
    }
}
