//! The command line of `amn`.

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::receipt::PublicKey;

/// Amn: a marketplace where strangers trade safely.
///
/// Settings come from environment variables; each may be given as `NAME`, or as `NAME_FILE`, naming a
/// file that holds the value.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `amn` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve until told to stop (SIGTERM or Ctrl-C): what is being answered is finished first.
    Serve(ServeOptions),
    /// Ask a running server whether it is ready; the exit code is the answer.
    Healthcheck {
        /// Where it listens.
        #[arg(long, default_value = "http://127.0.0.1:8083/api/health")]
        url: String,
    },
    /// Look at the settings, or make secrets for them.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Accounts with the role of an admin.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Check a deal's receipt, without a server: exits with 0 if it is unchanged, with 1 if it was
    /// altered or signed by another key, with 2 if it is no receipt.
    VerifyReceipt(VerifyReceipt),
    /// Back up the database and the people's files into a new folder, while the server runs.
    Backup(BackupOptions),
    /// Put a backup back. The server must not run. Nothing changes unless all of it is right.
    Restore(RestoreOptions),
    /// Hold a fire drill: made-up people trade on a store and a gateway of their own while things
    /// go wrong on purpose, and every invariant is given a figure. Touches nothing else.
    Drill(DrillOptions),
    /// Print the OpenAPI document of `/api`.
    Openapi,
    /// Fill the demo (`APP_ENV=demo`): people, 60 requests with offers, deals in every state. The
    /// server does the same at its start; a second time adds nothing.
    Seed,
}

/// What can be asked of the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Name everything that is missing or wrong, and say what the settings amount to.
    Check(ServeOptions),
    /// Print strong values for the secrets that you choose yourself.
    Secrets,
}

/// What can be done about admins.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Open an account with the role of an admin; this is how the first one comes to be.
    Create(NewAdmin),
}

/// A new admin.
#[derive(Debug, Args)]
pub struct NewAdmin {
    /// The mailbox.
    #[arg(long)]
    pub email: String,
    /// First name.
    #[arg(long, default_value = "")]
    pub first_name: String,
    /// Last name.
    #[arg(long, default_value = "")]
    pub last_name: String,
    /// Read the password from standard input, one line; otherwise one is drawn and shown once.
    #[arg(long)]
    pub password_stdin: bool,
}

/// Which receipt to check.
#[derive(Debug, Args)]
pub struct VerifyReceipt {
    /// The file; `-` reads standard input.
    pub file: PathBuf,
    /// The key that must have signed it, as `/verify` of the place shows it; may be given more than
    /// once. Without one the receipt is checked by the key that it carries itself.
    #[arg(long, value_name = "KEY")]
    pub key: Vec<PublicKey>,
}

/// Where a backup goes.
#[derive(Debug, Args)]
pub struct BackupOptions {
    /// A folder that is not there yet.
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
}

/// Which backup is put back, and how.
#[derive(Debug, Args)]
pub struct RestoreOptions {
    /// The folder that `amn backup` made.
    #[arg(long, value_name = "FOLDER")]
    pub from: PathBuf,
    /// Take the place of what is there; its database is kept beside.
    #[arg(long)]
    pub replace: bool,
    /// Only look whether it could be restored.
    #[arg(long, conflicts_with = "replace")]
    pub check: bool,
}

/// How large a fire drill is.
#[derive(Debug, Args)]
pub struct DrillOptions {
    /// How many journeys of a buyer and a seller are played.
    #[arg(long, default_value_t = 1_000)]
    pub journeys: u32,
    /// Brings back the people, choices and troubles of an earlier drill.
    #[arg(long)]
    pub seed: Option<u64>,
}

/// How to serve.
#[derive(Debug, Clone, Copy, Args)]
pub struct ServeOptions {
    /// Which part of Amn this process is.
    #[arg(long, value_enum, default_value_t = Role::All)]
    pub role: Role,
}

/// A part of Amn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Everything in one process, on the embedded store.
    All,
    /// REST, sockets, webhooks, background jobs.
    Backend,
    /// Pages and the files they use.
    Frontend,
}

/// Says on standard error why the program ends. The log may not be set up yet.
#[expect(
    clippy::print_stderr,
    reason = "the last words of a command are for the person who called it"
)]
pub fn complain(error: &(dyn Error + 'static)) {
    eprintln!("amn: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}
