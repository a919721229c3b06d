//! How a person wants to see and hear things.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::notification::{Channels, NotificationTopic};

/// A person's choices. Nothing about money depends on them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preferences {
    /// The language of pages and mails.
    pub language: Language,
    /// The currency that sums are roughly shown in beside their token.
    pub currency: DisplayCurrency,
    /// How dates are written; none goes by the language.
    pub calendar: Option<Calendar>,
    /// Light or dark; none goes by the device.
    pub theme: Option<Theme>,
    /// The zone that dates are written in; none is UTC.
    pub time_zone: Option<TimeZoneName>,
    /// Ways to hear of a topic, where they differ from what is usual.
    notifications: BTreeMap<NotificationTopic, Channels>,
}

impl Preferences {
    /// The first choices of somebody who reads `language`.
    pub fn of(language: Language) -> Self {
        Self {
            language,
            ..Self::default()
        }
    }

    /// The calendar that dates are written in.
    pub fn calendar(&self) -> Calendar {
        self.calendar.unwrap_or(match self.language {
            Language::En => Calendar::Gregorian,
            Language::Fa => Calendar::Jalali,
        })
    }

    /// By which ways the person hears of `topic`. News of the account itself cannot be silenced:
    /// they may be the only sign of a theft.
    pub fn channels(&self, topic: NotificationTopic) -> Channels {
        if topic == NotificationTopic::System {
            return Channels::BOTH;
        }
        self.notifications
            .get(&topic)
            .copied()
            .unwrap_or(Channels::default_of(topic))
    }

    /// Chooses the ways for a topic.
    pub fn choose(&mut self, topic: NotificationTopic, channels: Channels) {
        if channels == Channels::default_of(topic) {
            self.notifications.remove(&topic);
        } else {
            self.notifications.insert(topic, channels);
        }
    }
}

/// A currency for rough figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DisplayCurrency {
    /// United States dollar.
    #[default]
    Usd,
    /// Euro.
    Eur,
    /// Iranian rial.
    Irr,
}

impl DisplayCurrency {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Usd, Self::Eur, Self::Irr];

    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Irr => "IRR",
        }
    }

    /// The currency of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code() == code)
    }
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// 28 November 2026.
    Gregorian,
    /// The solar calendar of Iran and Afghanistan: 7 Azar 1405.
    Jalali,
}

impl Calendar {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Gregorian, Self::Jalali];

    /// The word used in forms and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Jalali => "jalali",
        }
    }

    /// The calendar of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|calendar| calendar.code() == code)
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The word used in forms, in the cookie and the REST interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// A name with the shape of those in the IANA time zone database: `Asia/Tehran`. Whether there is
/// such a zone, the database knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZoneName(String);

/// A text that names no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no name of a time zone, such as Asia/Tehran")]
pub struct InvalidTimeZoneName;

impl TimeZoneName {
    /// Takes a name.
    ///
    /// # Errors
    /// [`InvalidTimeZoneName`].
    pub fn new(name: &str) -> Result<Self, InvalidTimeZoneName> {
        let is_part = |part: &str| {
            let mut bytes = part.bytes();
            bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
        };
        if name.len() <= 64 && name.split('/').all(is_part) {
            Ok(Self(name.to_owned()))
        } else {
            Err(InvalidTimeZoneName)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TimeZoneName {
    type Error = InvalidTimeZoneName;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(&name)
    }
}

impl From<TimeZoneName> for String {
    fn from(name: TimeZoneName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Channels = Channels {
        in_app: false,
        email: false,
    };

    #[test]
    fn persian_readers_see_the_solar_calendar_unless_they_choose() {
        let mut preferences = Preferences::of(Language::Fa);
        assert_eq!(preferences.calendar(), Calendar::Jalali);
        preferences.calendar = Some(Calendar::Gregorian);
        assert_eq!(preferences.calendar(), Calendar::Gregorian);
        assert_eq!(
            Preferences::of(Language::En).calendar(),
            Calendar::Gregorian
        );
    }

    #[test]
    fn a_topic_can_be_silenced_and_heard_again() {
        let mut preferences = Preferences::default();
        preferences.choose(NotificationTopic::Offer, NONE);
        assert_eq!(preferences.channels(NotificationTopic::Offer), NONE);
        preferences.choose(NotificationTopic::Offer, Channels::BOTH);
        assert_eq!(preferences, Preferences::default());
    }

    #[test]
    fn news_of_the_account_itself_cannot_be_silenced() {
        let mut preferences = Preferences::default();
        preferences.choose(NotificationTopic::System, NONE);
        assert_eq!(
            preferences.channels(NotificationTopic::System),
            Channels::BOTH
        );
    }

    #[test]
    fn a_time_zone_has_the_shape_of_a_name_and_of_no_path() {
        for name in [
            "UTC",
            "Asia/Tehran",
            "America/Argentina/Ushuaia",
            "Etc/GMT+3",
        ] {
            assert!(TimeZoneName::new(name).is_ok(), "{name}");
        }
        for name in ["", "../etc/passwd", "/UTC", "Asia/", "Asia Tehran", "a\0"] {
            assert!(TimeZoneName::new(name).is_err(), "{name}");
        }
    }
}
