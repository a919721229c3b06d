//! People to sign in as: fresh passwords, printed once and kept in `demo-accounts.json`.

use std::path::Path;

use domain::password::Password;
use domain::user::PersonName;
use domain::{Email, Language, Role, Roles};
use serde::{Deserialize, Serialize};
use services::people::{CreateAccount, CreateAccountError};
use services::{Actor, Services};

use super::secrets::write_private;
use crate::serve::Fault;

/// Somebody to sign in as.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoAccount {
    /// What they may be.
    pub role: String,
    /// Their mailbox; mail to it can be read at `/dev/mail`.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// Who there is: role, mailbox, first and last name, language.
const PEOPLE: [(Role, &str, &str, &str, Language); 8] = [
    (
        Role::Buyer,
        "bahar@amn.example",
        "Bahar",
        "Karimi",
        Language::En,
    ),
    (
        Role::Buyer,
        "omid@amn.example",
        "امید",
        "رضایی",
        Language::Fa,
    ),
    (
        Role::Seller,
        "sara@amn.example",
        "Sara",
        "Cameras",
        Language::En,
    ),
    (
        Role::Seller,
        "daniel@amn.example",
        "Daniel",
        "Weber",
        Language::En,
    ),
    (
        Role::Resolver,
        "ruth@amn.example",
        "Ruth",
        "Adler",
        Language::En,
    ),
    (
        Role::Resolver,
        "kaveh@amn.example",
        "Kaveh",
        "Nouri",
        Language::En,
    ),
    (Role::Admin, "ada@amn.example", "Ada", "Byrne", Language::En),
    (
        Role::Admin,
        "niklas@amn.example",
        "Niklas",
        "Holm",
        Language::En,
    ),
];

/// Makes the demo's people where they are missing, and says who they are.
pub async fn make_accounts(
    services: &Services,
    data_dir: &Path,
) -> Result<Vec<DemoAccount>, Fault> {
    let path = data_dir.join("demo-accounts.json");
    if let Ok(bytes) = std::fs::read(&path) {
        return Ok(serde_json::from_slice(&bytes)?);
    }
    let mut accounts = Vec::new();
    for (role, email, first_name, last_name, language) in PEOPLE {
        let password = hex::encode(services.random().bytes::<8>());
        let command = CreateAccount {
            email: Email::new(email)?,
            password: Password::typed(&password),
            first_name: PersonName::optional(first_name)?,
            last_name: PersonName::optional(last_name)?,
            roles: Roles::NONE.with(Role::Buyer).with(role),
            language,
        };
        match services.create_account(&Actor::System, command).await {
            Ok(_) => {}
            Err(CreateAccountError::AddressTaken) => {
                return Err("demo-accounts.json is gone; start with --fresh".into());
            }
            Err(error) => return Err(error.into()),
        }
        let (role, email) = (role.code().to_owned(), email.to_owned());
        accounts.push(DemoAccount {
            role,
            email,
            password,
        });
    }
    write_private(&path, &serde_json::to_vec_pretty(&accounts)?)?;
    Ok(accounts)
}
