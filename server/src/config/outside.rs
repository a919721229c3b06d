//! Settings of what lies outside: the gateway and the mail server.

use domain::Email;
use mail::SmtpSettings;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{AppEnv, Reader};

/// The payment gateway.
#[derive(Debug, Clone)]
pub enum Gateway {
    /// A SHKeeper of the operator's.
    Shkeeper(Box<Shkeeper>),
    /// The simulator, started with the demo on a port of its own.
    Simulator {
        /// `SIMULATOR_LISTEN`; port 0 takes a free one.
        listen: std::net::SocketAddr,
    },
}

/// Where SHKeeper is and what opens it.
#[derive(Debug, Clone)]
pub struct Shkeeper {
    /// `SHKEEPER_URL`.
    pub url: Url,
    /// `SHKEEPER_API_KEY`.
    pub api_key: SecretString,
    /// `SHKEEPER_WEBHOOK_SECRET`.
    pub webhook_secret: Option<SecretString>,
    /// `SHKEEPER_PAYOUT_USER` and `SHKEEPER_PAYOUT_PASSWORD`.
    pub payout_login: Option<(String, SecretString)>,
    /// `SHKEEPER_CALLBACK_URL`, when SHKeeper reaches us by another address than people do.
    pub callback_url: Option<Url>,
    /// `SHKEEPER_UNSIGNED_CALLBACKS`: an older SHKeeper signs nothing and sends only its key.
    pub unsigned_callbacks: bool,
}

impl Shkeeper {
    /// What works, and will surprise.
    pub fn warnings(&self) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        let secret = self
            .webhook_secret
            .as_ref()
            .map(ExposeSecret::expose_secret);
        if secret.is_some_and(|secret| secret != self.api_key.expose_secret()) {
            warnings.push(
                "SHKEEPER_WEBHOOK_SECRET is not SHKEEPER_API_KEY: SHKeeper signs with the latter",
            );
        }
        if self.payout_login.is_none() {
            warnings.push("without SHKEEPER_PAYOUT_USER and _PASSWORD no payout can be sent");
        }
        if self.unsigned_callbacks {
            warnings.push(
                "SHKEEPER_UNSIGNED_CALLBACKS takes callbacks that are not signed: whoever reads \
                 one can repeat it",
            );
        }
        warnings
    }
}

pub(super) fn gateway(read: &mut Reader<'_>, env: AppEnv) -> Gateway {
    // A demo that is told of a gateway takes that one.
    if env == AppEnv::Demo && read.text("SHKEEPER_URL").is_none() {
        let listen = read.word(
            "SIMULATOR_LISTEN",
            "a loopback address and a port, such as 127.0.0.1:8084",
            std::net::SocketAddr::from(([127, 0, 0, 1], 8_084)),
            |word| {
                word.parse()
                    .ok()
                    .filter(|at: &std::net::SocketAddr| at.ip().is_loopback())
            },
        );
        return Gateway::Simulator { listen };
    }
    let url = read.required("SHKEEPER_URL", "the address of SHKeeper");
    let url = parse_url(read, "SHKEEPER_URL", &url);
    let api_key = read.required("SHKEEPER_API_KEY", "the key of SHKeeper's wallets");
    let user = read.text("SHKEEPER_PAYOUT_USER");
    let password = read.text("SHKEEPER_PAYOUT_PASSWORD");
    if user.is_some() != password.is_some() {
        read.wrong.push(
            "  SHKEEPER_PAYOUT_USER, SHKEEPER_PAYOUT_PASSWORD: must be given together".to_owned(),
        );
    }
    let callback_url = read.text("SHKEEPER_CALLBACK_URL");
    Gateway::Shkeeper(Box::new(Shkeeper {
        url,
        api_key: api_key.into(),
        webhook_secret: read.text("SHKEEPER_WEBHOOK_SECRET").map(SecretString::from),
        payout_login: user.zip(password.map(SecretString::from)),
        callback_url: callback_url.map(|url| parse_url(read, "SHKEEPER_CALLBACK_URL", &url)),
        unsigned_callbacks: read.word("SHKEEPER_UNSIGNED_CALLBACKS", "yes or no", false, |word| {
            match word {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            }
        }),
    }))
}

/// `SMTP_URL`, or `SMTP_HOST` with `SMTP_PORT`, `SMTP_USER` and `SMTP_PASS`.
pub(super) fn mail(read: &mut Reader<'_>, env: AppEnv) -> Option<SmtpSettings> {
    let url = read.text("SMTP_URL");
    let host = read.text("SMTP_HOST");
    let is_named = url.is_some() || host.is_some();
    if !is_named && env == AppEnv::Demo {
        return None;
    }
    let from = read.required("SMTP_FROM", "a mailbox such as Amn <post@example.com>");
    if !is_named {
        let form = "smtp://user:password@host:587; or set SMTP_HOST, SMTP_USER, SMTP_PASS";
        read.wrong.push(format!("  SMTP_URL: must be {form}"));
        return None;
    }
    let port = read.word("SMTP_PORT", "a port", None, |word| {
        word.parse().ok().map(Some)
    });
    let (user, password) = (read.text("SMTP_USER"), read.text("SMTP_PASS"));
    if from.is_empty() {
        return None;
    }
    let settings = match (url, host) {
        (Some(url), _) => SmtpSettings::from_url(&url, &from),
        (None, host) => {
            let host = host.unwrap_or_default();
            SmtpSettings::from_parts(&host, port, user, password, &from)
        }
    };
    settings
        .map_err(|error| read.wrong.push(format!("  {error}")))
        .ok()
}

/// `HELP_ADDRESS`; by default where letters come from. The demo mails nobody.
pub(super) fn help_address(read: &mut Reader<'_>, mail: Option<&SmtpSettings>) -> String {
    let usual = mail.map(|mail| mail.from.email.to_string());
    let usual = usual.unwrap_or_else(|| "help@amn.example".to_owned());
    read.word(
        "HELP_ADDRESS",
        "a mailbox such as help@example.com",
        usual,
        |word| Email::new(word).ok().map(|email| email.as_str().to_owned()),
    )
}

fn parse_url(read: &mut Reader<'_>, name: &str, text: &str) -> Url {
    let parsed = text
        .parse::<Url>()
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    parsed.unwrap_or_else(|| {
        if !text.is_empty() {
            read.wrong
                .push(format!("  {name}: must be an http or https address"));
        }
        Url::parse("http://127.0.0.1").expect("a constant address is one")
    })
}
