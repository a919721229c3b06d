//! What only the demonstration has: keys of its own, a simulated gateway, people to sign in as.

mod accounts;
mod clock;
mod secrets;

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{Email, Role, Timestamp};
use services::ports::Clock;
use services::seed::{DemoCast, Payer};
use services::{Actor, Services};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};

use self::accounts::{DemoAccount, make_accounts};
pub use self::clock::DemoClock;
pub use self::secrets::Secrets;
use crate::serve::Fault;

/// How often the simulator looks at its clock: a person who plays the payer should not wait.
const TICK: Duration = Duration::from_secs(2);

/// Starts the simulated gateway. What happened in it survives a restart.
pub async fn start_simulator(
    listen: SocketAddr,
    data_dir: &Path,
    secrets: &Secrets,
    clock: Arc<dyn Clock>,
) -> Result<Running, Fault> {
    let config = Config {
        api_key: secrets.gateway_key.clone(),
        payout_user: "admin".to_owned(),
        payout_password: secrets.payout_password.clone(),
        seed: secrets.simulator_seed,
        confirmations: 1,
        ticks: Ticks::Every(TICK),
        callback_timeout: Duration::from_secs(10),
        state_file: Some(data_dir.join("simulator.json")),
        opening_balance: 1_000_000,
        payouts_by_hand: false,
        clock: TimeSource::new(move || Timestamp::unix_ms(clock.now())),
    };
    let running = Simulator::spawn(config, listen).await;
    Ok(running.map_err(|error| format!("the simulator cannot start on {listen}: {error}"))?)
}

/// The simulator's payer, who pays the deals that the demo begins with.
struct SimulatedPayer(Simulator);

#[async_trait]
impl Payer for SimulatedPayer {
    async fn pay(&self, address: &str, amount: &str) -> Result<(), String> {
        let paid = self.0.pay_unheard(address, amount);
        paid.map_err(|error| error.to_string())
    }

    async fn pass_blocks(&self) {
        self.0.advance();
    }
}

/// Makes the people of the demo and what they have done so far, where it is missing.
pub async fn fill(
    services: &Services,
    data_dir: &Path,
    simulator: Option<&Running>,
) -> Result<Vec<DemoAccount>, Fault> {
    let accounts = make_accounts(services, data_dir).await?;
    let payer = simulator.map(|running| SimulatedPayer(running.simulator().clone()));
    let payer = payer.as_ref().map(|payer| payer as &dyn Payer);
    services
        .seed_demo(&Actor::System, &cast(&accounts)?, payer)
        .await?;
    Ok(accounts)
}

/// Fills the demo and says how to reach it.
pub async fn prepare(
    services: &Services,
    data_dir: &Path,
    public_url: &str,
    simulator: Option<&Running>,
) -> Result<(), Fault> {
    let accounts = fill(services, data_dir, simulator).await?;
    let mut welcome = format!("\nAmn is at {public_url}\n");
    if let Some(simulator) = simulator {
        writeln!(welcome, "Play the payer at http://{}", simulator.address())?;
    }
    writeln!(
        welcome,
        "Read everybody's mail at {public_url}/dev/mail\n\
         Let hours and days pass at {public_url}/dev/clock\n\nSign in as:"
    )?;
    for account in accounts {
        let DemoAccount {
            role,
            email,
            password,
        } = account;
        writeln!(welcome, "  {role:<9} {email:<22} {password}")?;
    }
    greet(&welcome);
    Ok(())
}

/// Those who take part in the demo's trade from the beginning.
fn cast(accounts: &[DemoAccount]) -> Result<DemoCast, Fault> {
    let of = |role: Role| {
        let emails = accounts
            .iter()
            .filter(|account| account.role == role.code());
        let emails: Result<Vec<Email>, _> =
            emails.map(|account| Email::new(&account.email)).collect();
        <[Email; 2]>::try_from(emails?)
            .map_err(|_| Fault::from("demo-accounts.json is not of this demo; start with --fresh"))
    };
    Ok(DemoCast {
        buyers: of(Role::Buyer)?,
        sellers: of(Role::Seller)?,
    })
}

#[expect(
    clippy::print_stderr,
    reason = "the person who started the demo reads it"
)]
fn greet(welcome: &str) {
    eprintln!("{welcome}");
}
