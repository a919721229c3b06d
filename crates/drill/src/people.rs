//! The people of a house.

use std::sync::Arc;

use domain::challenge::SixDigits;
use domain::id::UserId;
use domain::password::Password;
use domain::user::PersonName;
use domain::{Email, Language, Network, Role, Roles};
use services::identity::{SignIn, SignedIn};
use services::payout_addresses::{AddAddress, ConfirmAddress};
use services::people::CreateAccount;
use services::ports::Mail;
use services::testing::CapturingMailer;
use services::{Actor, Client, Services};
use storage::{Limit, SessionKind};

use crate::Fault;

const PASSWORD: &str = "tall ships sail at dawn";
/// Networks that everybody is paid on.
pub(crate) const NETWORKS: [Network; 2] = [Network::Polygon, Network::Tron];

/// Somebody with an account.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) id: UserId,
    pub(crate) actor: Actor,
    number: u8,
}

impl Somebody {
    /// Where they are paid on a network.
    pub(crate) fn address(&self, network: Network) -> String {
        let bytes = [self.number; 20];
        match network {
            Network::Tron => {
                let mut payload = vec![0x41];
                payload.extend(bytes);
                bs58::encode(payload).with_check().into_string()
            }
            Network::Bsc | Network::Ethereum | Network::Polygon => {
                format!("0x{}", hex::encode(bytes))
            }
        }
    }
}

/// Everybody who trades or helps in a house.
#[derive(Debug)]
pub(crate) struct People {
    pub(crate) buyers: Vec<Somebody>,
    pub(crate) sellers: Vec<Somebody>,
    pub(crate) resolvers: Vec<Somebody>,
    pub(crate) admins: Vec<Somebody>,
}

impl People {
    pub(crate) async fn meet(
        services: &Services,
        mailer: &Arc<CapturingMailer>,
    ) -> Result<Self, Fault> {
        let mut number = 0x10;
        let mut people = Self {
            buyers: Vec::new(),
            sellers: Vec::new(),
            resolvers: Vec::new(),
            admins: Vec::new(),
        };
        for (role, count) in [
            (Role::Buyer, 4),
            (Role::Seller, 6),
            (Role::Resolver, 3),
            (Role::Admin, 2),
        ] {
            for _ in 0..count {
                number += 1;
                let somebody = join(services, role, number).await?;
                match role {
                    Role::Seller => {
                        add_addresses(services, mailer, &somebody).await?;
                        people.sellers.push(somebody);
                    }
                    Role::Resolver => people.resolvers.push(somebody),
                    Role::Admin => people.admins.push(somebody),
                    Role::Buyer | Role::Support => {
                        add_addresses(services, mailer, &somebody).await?;
                        people.buyers.push(somebody);
                    }
                }
            }
        }
        Ok(people)
    }
}

async fn join(services: &Services, role: Role, number: u8) -> Result<Somebody, Fault> {
    let name = format!("person{number}");
    let email = Email::new(&format!("{name}@example.com"))?;
    let roles: Roles = [Role::Buyer, role].into_iter().collect();
    let create = CreateAccount {
        email: email.clone(),
        password: Password::typed(PASSWORD),
        first_name: Some(PersonName::new("Somebody")?),
        last_name: None,
        roles,
        language: Language::En,
    };
    services.create_account(&Actor::System, create).await?;
    let sign_in = SignIn {
        email,
        password: Password::typed(PASSWORD),
    };
    let client = client(number)?;
    let signed_in: SignedIn = services.sign_in(&Actor::Visitor, &client, sign_in).await?;
    let actor = signed_in.actor();
    let id = signed_in.user.id;
    Ok(Somebody { id, actor, number })
}

fn client(number: u8) -> Result<Client, Fault> {
    Ok(Client {
        ip: format!("198.51.100.{number}").parse()?,
        user_agent: "Fire drill".into(),
        language: Language::En,
        device: None,
        kind: SessionKind::Browser,
    })
}

async fn add_addresses(
    services: &Services,
    mailer: &Arc<CapturingMailer>,
    somebody: &Somebody,
) -> Result<(), Fault> {
    for network in NETWORKS {
        let add = AddAddress {
            network,
            address: somebody.address(network),
            label: None,
            password: Password::typed(PASSWORD),
            look_alike_accepted: true,
        };
        mailer.take();
        let client = client(somebody.number)?;
        let added = services
            .add_payout_address(&somebody.actor, &client, add)
            .await?;
        services.deliver_mail(&Actor::System, Limit::MAX).await?;
        let code = mailer.take().iter().find_map(code_in);
        let confirm = ConfirmAddress {
            id: added.id,
            code: code.ok_or("no code was mailed")?,
        };
        services
            .confirm_payout_address(&somebody.actor, confirm)
            .await?;
    }
    Ok(())
}

/// A code stands on a line of its own.
fn code_in(mail: &Mail) -> Option<SixDigits> {
    mail.text.lines().find_map(|line| SixDigits::new(line).ok())
}
