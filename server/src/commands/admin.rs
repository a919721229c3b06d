//! `amn admin create`: how the first admin comes to be. There is no default account.

use std::io::BufRead as _;

use domain::password::Password;
use domain::user::PersonName;
use domain::{Email, Language, Role, Roles};
use services::people::CreateAccount;
use services::ports::Random;
use services::{Actor, Services};

use super::say;
use crate::cli::NewAdmin;
use crate::compose::compose_aside;
use crate::config::{Config, Environment};
use crate::serve::Fault;

/// Opens an account with the role of an admin.
pub async fn create(new: NewAdmin, environment: &Environment<'_>) -> Result<(), Fault> {
    let config = Config::read(environment, crate::cli::Role::All)?;
    let composition = compose_aside(&config).await?;
    let created = open_account(&composition.services, new).await;
    composition.close().await;
    created
}

async fn open_account(services: &Services, new: NewAdmin) -> Result<(), Fault> {
    let drawn = (!new.password_stdin).then(|| draw_password(services.random()));
    let password = match &drawn {
        Some(password) => password.clone(),
        None => read_password()?,
    };
    let command = CreateAccount {
        email: Email::new(&new.email)?,
        password: Password::typed(&password),
        first_name: PersonName::optional(&new.first_name)?,
        last_name: PersonName::optional(&new.last_name)?,
        roles: Roles::NONE.with(Role::Buyer).with(Role::Admin),
        language: Language::En,
    };
    let user = services.create_account(&Actor::System, command).await?;
    say(&format!("{} is an admin now.", user.email.as_str()));
    if let Some(password) = drawn {
        say(&format!("Password, shown this once: {password}"));
    }
    Ok(())
}

/// 120 random bits, in groups that a person can copy by hand.
fn draw_password(random: &dyn Random) -> String {
    let digits = hex::encode(random.bytes::<15>());
    let groups: Vec<&str> = digits
        .as_bytes()
        .chunks(5)
        .filter_map(|group| core::str::from_utf8(group).ok())
        .collect();
    groups.join("-")
}

fn read_password() -> Result<String, Fault> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
