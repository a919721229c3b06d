//! The settings, read once at start. All that is wrong is reported together.

mod environment;
mod outside;
mod receipt_keys;
mod rules;
mod token_keys;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mail::SmtpSettings;
use services::CodeKey;
use services::config::SellerApproval;

pub use self::environment::Environment;
pub use self::outside::Gateway;
pub use self::receipt_keys::ReceiptKeys;
pub use self::rules::Rules;
pub use self::token_keys::TokenKeys;
use crate::backup::Places;
use crate::cli::Role;

/// Where the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppEnv {
    /// For people and their money.
    Production,
    /// For trying it out: `/dev` pages, a simulated gateway, loopback only.
    Demo,
}

impl AppEnv {
    /// The word by which `APP_ENV` says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
        }
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// Everything the environment decides.
#[derive(Debug, Clone)]
pub struct Config {
    /// `APP_ENV`.
    pub env: AppEnv,
    /// `LISTEN`, an address with a port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// `PUBLIC_URL`; without one, the address listened on.
    pub public_url: Option<String>,
    /// `STORE_URL`: the file of the embedded store.
    pub store: PathBuf,
    /// `FILES_URL`: the folder of people's files; without one, `files` beside the store.
    pub files: PathBuf,
    /// `SITE_DIR`: the built files for browsers; they lie beside the program.
    pub site_dir: PathBuf,
    /// `SECRET_KEY`: 64 hexadecimal digits. The key of every short code; the demo makes its own.
    pub secret_key: Option<CodeKey>,
    /// The keys of tokens.
    pub token_keys: TokenKeys,
    /// The keys of receipts.
    pub receipt_keys: ReceiptKeys,
    /// `TRUSTED_PROXIES`: addresses whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Arc<[IpAddr]>,
    /// `FORMS_PER_MINUTE`: how many forms one network may send to this node within a minute.
    pub forms_per_minute: u32,
    /// `LOG_FORMAT`.
    pub log_format: LogFormat,
    /// The payment gateway; the demo brings its own.
    pub gateway: Gateway,
    /// The mail server; in the demo there need not be one.
    pub mail: Option<SmtpSettings>,
    /// `HELP_ADDRESS`: where people write to for help; without one, who letters come from.
    pub help_address: String,
    /// `SELLER_APPROVAL`: who lets people sell.
    pub seller_approval: SellerApproval,
    /// Limits, fees and reviews.
    pub rules: Rules,
}

/// Every setting that is missing or wrong, a line each.
#[derive(Debug, thiserror::Error)]
#[error("the settings are not right:\n{}", .0.join("\n"))]
pub struct ConfigError(Vec<String>);

impl Config {
    /// Reads the settings for a role.
    ///
    /// # Errors
    /// Names all that are missing or wrong, and what they should be.
    pub fn read(environment: &Environment<'_>, role: Role) -> Result<Self, ConfigError> {
        let mut read = Reader {
            environment,
            wrong: Vec::new(),
        };
        let env = read.word(
            "APP_ENV",
            "production or demo",
            AppEnv::Production,
            |word| match word {
                "production" => Some(AppEnv::Production),
                "demo" => Some(AppEnv::Demo),
                _ => None,
            },
        );
        let listen = read.word(
            "LISTEN",
            "an address and a port, such as 127.0.0.1:8083",
            default_address(env, role),
            |word| word.parse().ok(),
        );
        if env == AppEnv::Demo && !listen.ip().is_loopback() {
            read.wrong
                .push("  LISTEN: the demo answers on a loopback address only".to_owned());
        }
        let gateway = outside::gateway(&mut read, env);
        let mail = outside::mail(&mut read, env);
        let store = read.store();
        let help_address = outside::help_address(&mut read, mail.as_ref());
        if role != Role::All {
            read.wrong.push(
                "  --role: must be all with the embedded store, which one process has to itself"
                    .to_owned(),
            );
        }
        let config = Self {
            gateway,
            help_address,
            mail,
            env,
            listen,
            public_url: read.public_url(env),
            secret_key: read.secret_key(env),
            token_keys: token_keys::token_keys(&mut read),
            receipt_keys: receipt_keys::receipt_keys(&mut read),
            trusted_proxies: read.trusted_proxies(),
            forms_per_minute: read.word(
                "FORMS_PER_MINUTE",
                "a number above zero",
                default_forms_per_minute(env),
                |word| word.parse().ok().filter(|number| *number > 0),
            ),
            files: read.files(&store),
            store,
            site_dir: read.site_dir(),
            seller_approval: seller_approval(&mut read, env),
            rules: rules::rules(&mut read),
            log_format: read.log_format(),
        };
        if read.wrong.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError(read.wrong))
        }
    }
}

impl Config {
    /// Reads where the store and the people's files lie, and nothing else: a backup is made and put
    /// back where no secret is known.
    ///
    /// # Errors
    /// Names what is wrong.
    pub fn places(environment: &Environment<'_>) -> Result<Places, ConfigError> {
        let mut read = Reader {
            environment,
            wrong: Vec::new(),
        };
        let store = read.store();
        let files = read.files(&store);
        if read.wrong.is_empty() {
            Ok(Places { store, files })
        } else {
            Err(ConfigError(read.wrong))
        }
    }

    /// What works, and will surprise.
    pub fn warnings(&self) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        if self.env == AppEnv::Production && self.trusted_proxies.is_empty() {
            warnings.push(
                "without TRUSTED_PROXIES everybody behind a proxy counts as one network: limits \
                 of one hit all",
            );
        }
        if let Gateway::Shkeeper(shkeeper) = &self.gateway {
            warnings.extend(shkeeper.warnings());
        }
        warnings
    }

    /// The folder of the store, where the demo keeps its other things too.
    pub fn data_dir(&self) -> &Path {
        self.store
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
    }
}

/// An admin decides, unless the settings say otherwise; the demo is to be tried at once.
fn seller_approval(read: &mut Reader<'_>, env: AppEnv) -> SellerApproval {
    let usual = match env {
        AppEnv::Production => SellerApproval::Manual,
        AppEnv::Demo => SellerApproval::Auto,
    };
    read.word(
        "SELLER_APPROVAL",
        "auto or manual",
        usual,
        |word| match word {
            "auto" => Some(SellerApproval::Auto),
            "manual" => Some(SellerApproval::Manual),
            _ => None,
        },
    )
}

/// The ports that the proxy in front knows. The demo is for this machine alone.
const fn default_address(env: AppEnv, role: Role) -> SocketAddr {
    let port = match role {
        Role::All | Role::Frontend => 8_083,
        Role::Backend => 5_001,
    };
    let address = match env {
        AppEnv::Production => Ipv4Addr::UNSPECIFIED,
        AppEnv::Demo => Ipv4Addr::LOCALHOST,
    };
    SocketAddr::new(IpAddr::V4(address), port)
}

/// People send a form every few seconds at most. Whoever tries the demo, or tests with it, sends
/// all from one address.
const fn default_forms_per_minute(env: AppEnv) -> u32 {
    match env {
        AppEnv::Production => 120,
        AppEnv::Demo => 6_000,
    }
}

struct Reader<'e> {
    environment: &'e Environment<'e>,
    wrong: Vec<String>,
}

impl Reader<'_> {
    /// A setting with a default.
    fn word<T>(
        &mut self,
        name: &str,
        expected: &str,
        default: T,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> T {
        let Some(text) = self.text(name) else {
            return default;
        };
        parse(&text).unwrap_or_else(|| {
            self.wrong.push(format!("  {name}: must be {expected}"));
            default
        })
    }

    fn public_url(&mut self, env: AppEnv) -> Option<String> {
        let expected = "https://… without a slash at the end";
        let url = self.text("PUBLIC_URL");
        let scheme = match env {
            AppEnv::Production => "https://",
            AppEnv::Demo => "http",
        };
        let good = match &url {
            Some(url) => url.starts_with(scheme) && !url.ends_with('/') && url.is_ascii(),
            None => env == AppEnv::Demo,
        };
        if !good {
            self.wrong.push(format!("  PUBLIC_URL: must be {expected}"));
        }
        url
    }

    fn trusted_proxies(&mut self) -> Arc<[IpAddr]> {
        let expected = "addresses with commas between them";
        self.word("TRUSTED_PROXIES", expected, Arc::default(), |list| {
            list.split(',')
                .map(|word| word.trim().parse().ok())
                .collect()
        })
    }

    fn secret_key(&mut self, env: AppEnv) -> Option<CodeKey> {
        let text = self.text("SECRET_KEY");
        let key = text.as_deref().and_then(parse_key);
        if key.is_none() && (text.is_some() || env == AppEnv::Production) {
            self.wrong.push(
                "  SECRET_KEY: must be 64 hexadecimal digits; `amn config secrets` prints some"
                    .to_owned(),
            );
        }
        key
    }

    fn log_format(&mut self) -> LogFormat {
        self.word(
            "LOG_FORMAT",
            "json or text",
            LogFormat::Json,
            |word| match word {
                "json" => Some(LogFormat::Json),
                "text" => Some(LogFormat::Text),
                _ => None,
            },
        )
    }

    fn store(&mut self) -> PathBuf {
        self.word(
            "STORE_URL",
            "sqlite:PATH",
            PathBuf::from("data/amn.db"),
            |url| Some(PathBuf::from(url.strip_prefix("sqlite:")?)),
        )
    }

    /// The folder of files: beside the store unless it is set.
    fn files(&mut self, store: &Path) -> PathBuf {
        let beside = store.with_file_name("files");
        self.word("FILES_URL", "file:PATH", beside, |url| {
            let path = url.strip_prefix("file://");
            Some(PathBuf::from(path.or_else(|| url.strip_prefix("file:"))?))
        })
    }

    fn site_dir(&mut self) -> PathBuf {
        let beside = || {
            let program = std::env::current_exe().unwrap_or_default();
            program.with_file_name("site")
        };
        self.text("SITE_DIR").map_or_else(beside, PathBuf::from)
    }

    /// A setting without which the program cannot start.
    fn required(&mut self, name: &str, expected: &str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.wrong
                .push(format!("  {name}: is missing; it must be {expected}"));
            String::new()
        })
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.environment
            .find(name)
            .map_err(|error| self.wrong.push(format!("  {error}")))
            .ok()
            .flatten()
    }
}

/// Reads 64 hexadecimal digits. A key of zeros is somebody's placeholder.
pub fn parse_key(text: &str) -> Option<CodeKey> {
    let mut key = [0_u8; 32];
    hex::decode_to_slice(text.trim(), &mut key).ok()?;
    (key != [0; 32]).then(|| CodeKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, String> {
        let find = |name: &str| {
            settings
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Config::read(&Environment::new(&find), Role::All).map_err(|error| error.to_string())
    }

    #[test]
    fn production_is_the_default_and_needs_what_cannot_be_guessed() {
        let key = "7".repeat(64);
        let needed = [
            ("PUBLIC_URL", "https://amn.example"),
            ("SECRET_KEY", key.as_str()),
            ("SHKEEPER_URL", "https://pay.example"),
            ("SHKEEPER_API_KEY", "wallets"),
            ("SMTP_URL", "smtp://amn:secret@mail.example:587"),
            ("SMTP_FROM", "Amn <post@amn.example>"),
        ];
        let error = read(&[]).unwrap_err();
        for (name, _) in needed {
            assert!(error.contains(name), "{name} is missing in: {error}");
        }
        let config = read(&needed).unwrap();
        assert_eq!(config.env, AppEnv::Production);
        assert_eq!(config.help_address, "post@amn.example");
        assert_eq!(config.listen.to_string(), "0.0.0.0:8083");
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let error = read(&[
            ("APP_ENV", "staging"),
            ("LISTEN", "8083"),
            ("PUBLIC_URL", "http://amn.example/"),
            ("LOG_FORMAT", "xml"),
            ("SECRET_KEY", &"0".repeat(64)),
            ("TRUSTED_PROXIES", "10.0.0.1, nginx"),
            ("STORE_URL", "postgres://db"),
            ("FORMS_PER_MINUTE", "0"),
            ("HELP_ADDRESS", "the people of Amn"),
        ])
        .unwrap_err();
        for name in [
            "APP_ENV",
            "LISTEN",
            "PUBLIC_URL",
            "LOG_FORMAT",
            "SECRET_KEY",
            "TRUSTED_PROXIES",
            "STORE_URL",
            "FORMS_PER_MINUTE",
            "HELP_ADDRESS",
        ] {
            assert!(error.contains(name), "{name} is missing in: {error}");
        }
    }

    #[test]
    fn two_processes_do_not_share_the_embedded_store() {
        let find = |name: &str| (name == "APP_ENV").then(|| "demo".to_owned());
        let environment = Environment::new(&find);
        for role in [Role::Backend, Role::Frontend] {
            let error = Config::read(&environment, role).unwrap_err();
            assert!(error.to_string().contains("--role"), "{error}");
        }
    }

    #[test]
    fn what_will_surprise_is_warned_of() {
        let config = read(&production(&[("SHKEEPER_UNSIGNED_CALLBACKS", "yes")]));
        let warnings = config.unwrap().warnings().join(" ");
        for name in ["TRUSTED_PROXIES", "SHKEEPER_UNSIGNED_CALLBACKS"] {
            assert!(warnings.contains(name), "{name} is missing in: {warnings}");
        }
        let proxied = read(&production(&[("TRUSTED_PROXIES", "10.0.0.1")]));
        let warnings = proxied.unwrap().warnings().join(" ");
        assert!(!warnings.contains("TRUSTED_PROXIES"), "{warnings}");
    }

    fn production<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        const KEY: &str = "7777777777777777777777777777777777777777777777777777777777777777";
        let mut settings = vec![
            ("PUBLIC_URL", "https://amn.example"),
            ("SECRET_KEY", KEY),
            ("SHKEEPER_URL", "https://pay.example"),
            ("SHKEEPER_API_KEY", "wallets"),
            ("SMTP_URL", "smtp://amn:secret@mail.example:587"),
            ("SMTP_FROM", "Amn <post@amn.example>"),
        ];
        settings.extend_from_slice(more);
        settings
    }

    #[test]
    fn limits_and_fees_are_settings_and_the_defaults_are_those_of_the_use_cases() {
        let usual = services::Config::new("https://amn.example", CodeKey::new([7; 32]));
        let mut settings = usual.clone();
        let rules = read(&production(&[])).unwrap().rules;
        rules.apply(&mut settings);
        assert_eq!(format!("{settings:?}"), format!("{usual:?}"));

        let changed = read(&production(&[
            ("LOCKOUT_FAILURES", "3"),
            ("PAYOUT_AUTO", "20"),
            ("PAYOUT_ONE_KEY", "100"),
            ("PLATFORM_FEE_BPS", "250"),
            ("REQUEST_REVIEW", "manual"),
        ]));
        changed.unwrap().rules.apply(&mut settings);
        assert_eq!(settings.identity.failures_before_lock, 3);
        assert_eq!(settings.money.payout_auto_cents, 2_000);
        let review = settings.marketplace.request_review;
        assert_eq!(review, services::config::RequestReview::Manual);

        let wrong = read(&production(&[
            ("PAYOUT_AUTO", "9000"),
            ("PLATFORM_FEE_BPS", "20000"),
            ("LOCKOUT_MINUTES", "0"),
        ]));
        let error = wrong.unwrap_err();
        for name in ["PAYOUT_AUTO", "PLATFORM_FEE_BPS", "LOCKOUT_MINUTES"] {
            assert!(error.contains(name), "{name} is missing in: {error}");
        }
    }

    #[test]
    fn the_demo_stays_on_this_machine() {
        assert!(read(&[("APP_ENV", "demo")]).is_ok());
        let error = read(&[("APP_ENV", "demo"), ("LISTEN", "0.0.0.0:80")]).unwrap_err();
        assert!(error.contains("loopback"), "{error}");
    }
}
