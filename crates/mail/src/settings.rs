//! Where the mail server is and how it is spoken to.

use core::fmt;
use std::net::IpAddr;

use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

/// A mail server, and who letters come from.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub security: Security,
    /// How we show who we are, if the server asks.
    pub credentials: Option<Credentials>,
    /// Who letters come from.
    pub from: Mailbox,
}

/// How a connection is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Begins in the clear and turns to TLS before anything is said; usual on port 587. A server
    /// that does not offer it gets no mail.
    StartTls,
    /// TLS from the first byte; usual on port 465.
    Tls,
    /// None, for a relay on this very machine only.
    Plain,
}

/// A user name and a password.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

/// What is wrong with the settings. The values themselves are not shown: one is a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not of the form that is asked for.
    #[error("SMTP_URL is smtp://user:password@host:587 or smtps://user:password@host:465")]
    Url,
    /// A server without a name.
    #[error("SMTP_HOST is the name of the mail server")]
    Host,
    /// Half of the credentials.
    #[error("SMTP_USER and SMTP_PASS are given together or not at all")]
    Credentials,
    /// Nobody to come from.
    #[error("SMTP_FROM is a mailbox such as Amn <post@example.com>")]
    From,
    /// Letters hold codes; they do not cross a network in the clear.
    #[error("a mail server elsewhere is spoken to by TLS only")]
    PlainElsewhere,
}

const STARTTLS_PORT: u16 = 587;
const TLS_PORT: u16 = 465;

impl SmtpSettings {
    /// Reads `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465` (TLS);
    /// characters with a meaning in URLs are percent-encoded. `smtp` to a loopback address is
    /// spoken in the clear.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn from_url(url: &str, from: &str) -> Result<Self, SettingsError> {
        let url = Url::parse(url).map_err(|_| SettingsError::Url)?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(SettingsError::Url)?;
        let security = match url.scheme() {
            "smtps" => Security::Tls,
            "smtp" if is_loopback(host) => Security::Plain,
            "smtp" => Security::StartTls,
            _ => return Err(SettingsError::Url),
        };
        let decoded = |text: &str| {
            let text = percent_decode_str(text).decode_utf8();
            text.map(String::from).map_err(|_| SettingsError::Url)
        };
        let user = Some(url.username()).filter(|user| !user.is_empty());
        let user = user.map(decoded).transpose()?;
        let password = url.password().map(decoded).transpose()?;
        Self::checked(host, url.port(), security, user, password, from)
    }

    /// Takes the settings one by one. Port 465 means TLS from the first byte, any other STARTTLS,
    /// and a loopback address without a password the clear.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn from_parts(
        host: &str,
        port: Option<u16>,
        user: Option<String>,
        password: Option<String>,
        from: &str,
    ) -> Result<Self, SettingsError> {
        let security = match port {
            Some(TLS_PORT) => Security::Tls,
            _ if is_loopback(host) && password.is_none() => Security::Plain,
            _ => Security::StartTls,
        };
        Self::checked(host, port, security, user, password, from)
    }

    fn checked(
        host: &str,
        port: Option<u16>,
        security: Security,
        user: Option<String>,
        password: Option<String>,
        from: &str,
    ) -> Result<Self, SettingsError> {
        if host.trim().is_empty() {
            return Err(SettingsError::Host);
        }
        if security == Security::Plain && !is_loopback(host) {
            return Err(SettingsError::PlainElsewhere);
        }
        let credentials = match (user, password) {
            (None, None) => None,
            (Some(user), Some(password)) => Some(Credentials {
                user,
                password: password.into(),
            }),
            (None, Some(_)) | (Some(_), None) => return Err(SettingsError::Credentials),
        };
        let usual = match security {
            Security::Tls => TLS_PORT,
            Security::StartTls | Security::Plain => STARTTLS_PORT,
        };
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: port.unwrap_or(usual),
            security,
            credentials,
            from: from.parse().map_err(|_| SettingsError::From)?,
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::StartTls => "STARTTLS",
            Self::Tls => "TLS",
            Self::Plain => "no encryption",
        })
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    const FROM: &str = "Amn <post@amn.example>";

    #[test]
    fn a_url_says_it_all() {
        let read = SmtpSettings::from_url("smtps://us%40er:p%3Ass@mail.example", FROM).unwrap();
        assert_eq!((read.host.as_str(), read.port), ("mail.example", 465));
        assert_eq!(read.security, Security::Tls);
        let credentials = read.credentials.unwrap();
        assert_eq!(credentials.user, "us@er");
        assert_eq!(credentials.password.expose_secret(), "p:ss");

        let read = SmtpSettings::from_url("smtp://u:p@mail.example:2525", FROM).unwrap();
        assert_eq!((read.port, read.security), (2525, Security::StartTls));
        let read = SmtpSettings::from_url("smtp://mail.example", FROM).unwrap();
        assert_eq!((read.port, read.security), (587, Security::StartTls));
    }

    #[test]
    fn parts_say_the_same() {
        let parts = |host, port, password: Option<&str>| {
            let user = password.map(|_| "u".to_owned());
            SmtpSettings::from_parts(host, port, user, password.map(Into::into), FROM)
                .map(|read| (read.port, read.security))
        };
        let tls = parts("mail.example", Some(465), Some("p"));
        assert_eq!(tls, Ok((465, Security::Tls)));
        let starttls = parts("mail.example", None, Some("p"));
        assert_eq!(starttls, Ok((587, Security::StartTls)));
        let here = parts("127.0.0.1", Some(1025), None);
        assert_eq!(here, Ok((1025, Security::Plain)));
        let here_with_password = parts("localhost", Some(1025), Some("p"));
        assert_eq!(here_with_password, Ok((1025, Security::StartTls)));
    }

    #[test]
    fn what_is_wrong_is_named_and_no_value_shown() {
        use SettingsError as E;
        for (url, error) in [
            ("http://mail.example", E::Url),
            ("mail.example:587", E::Url),
            ("smtp://", E::Url),
            ("smtp://secret@mail.example", E::Credentials),
        ] {
            let refused = SmtpSettings::from_url(url, FROM).unwrap_err();
            assert_eq!(refused, error, "{url}");
            assert!(!refused.to_string().contains("secret"));
        }
        let nobody = SmtpSettings::from_url("smtp://mail.example", "nobody");
        assert_eq!(nobody.unwrap_err(), E::From);
        let read = SmtpSettings::from_url("smtp://u:hunter2@mail.example", FROM);
        assert!(!format!("{read:?}").contains("hunter2"));
    }
}
