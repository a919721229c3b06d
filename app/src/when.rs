//! Moments, as people read them: in their zone, calendar, language and digits.

mod calendar;

use domain::user::{Calendar, Preferences};
use domain::{Span, Timestamp};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::i18n::Locale;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How one person reads time.
#[derive(Debug, Clone)]
pub struct When {
    locale: Locale,
    calendar: Calendar,
    zone: TimeZone,
}

impl When {
    /// The usual way of a language, in UTC: for people we know nothing of.
    pub fn usual(locale: Locale) -> Self {
        Self {
            locale,
            calendar: calendar::usual(locale),
            zone: TimeZone::UTC,
        }
    }

    /// The way that a person has chosen, in a language.
    pub fn chosen(locale: Locale, preferences: &Preferences) -> Self {
        let when = Self::usual(locale);
        let calendar = preferences.calendar.unwrap_or(when.calendar);
        let when = when.calendar(calendar);
        match &preferences.time_zone {
            Some(zone) => when.zone(zone.as_str()),
            None => when,
        }
    }

    /// With a calendar of one's own choice.
    #[must_use]
    pub const fn calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// In a zone of the IANA database; an unknown name leaves things as they are.
    #[must_use]
    pub fn zone(mut self, name: &str) -> Self {
        if let Ok(zone) = TimeZone::get(name) {
            self.zone = zone;
        }
        self
    }

    /// `Sat 28 Nov 2026, 14:00 (UTC+3:30)`.
    pub fn moment(&self, at: Timestamp) -> String {
        let (local, offset) = self.local(at);
        let weekday = calendar::weekday_name(self.locale, local.weekday());
        let day = calendar::date_text(self.calendar, self.locale, local.date());
        let clock = self.clock(local);
        let zone = zone_name(offset);
        let comma = match self.locale {
            Locale::En => ',',
            Locale::Fa => '،',
        };
        // The offset reads from left to right in every language.
        format!("{weekday} {day}{comma} {clock} (\u{2066}{zone}\u{2069})")
    }

    /// `28 Nov 2026`.
    pub fn date(&self, at: Timestamp) -> String {
        calendar::date_text(self.calendar, self.locale, self.local(at).0.date())
    }

    /// `14:00`.
    pub fn time(&self, at: Timestamp) -> String {
        self.clock(self.local(at).0)
    }

    /// `in 3 days`, `2 hours ago`, `now`: the largest unit that fits, rounded down, so that no
    /// deadline looks farther away than it is.
    pub fn from_now(&self, at: Timestamp, now: Timestamp) -> String {
        let t = self.locale;
        if at >= now {
            match self.length(at.since(now)) {
                Some(length) => t.when_in(length),
                None => t.when_now().to_owned(),
            }
        } else {
            match self.length(now.since(at)) {
                Some(length) => t.when_ago(length),
                None => t.when_now().to_owned(),
            }
        }
    }

    /// `3 days`; nothing below a minute.
    pub fn length(&self, span: Span) -> Option<String> {
        let t = self.locale;
        let count = |unit_ms: i64| u64::try_from(span.ms() / unit_ms).unwrap_or(0);
        match span.ms() {
            ..MINUTE_MS => None,
            MINUTE_MS..HOUR_MS => Some(t.when_minutes(count(MINUTE_MS))),
            HOUR_MS..DAY_MS => Some(t.when_hours(count(HOUR_MS))),
            DAY_MS.. => Some(t.when_days(count(DAY_MS))),
        }
    }

    fn local(&self, at: Timestamp) -> (DateTime, Offset) {
        let at = instant(at);
        let offset = self.zone.to_offset(at);
        (offset.to_datetime(at), offset)
    }

    fn clock(&self, local: DateTime) -> String {
        self.locale
            .digits(&format!("{:02}:{:02}", local.hour(), local.minute()))
    }
}

/// For machines: `2026-11-28T10:30:00Z`.
pub fn iso(at: Timestamp) -> String {
    instant(at).to_string()
}

/// Moments outside of jiff's ten thousand years are no moments of a deal.
fn instant(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.unix_ms()).unwrap_or_default()
}

/// `UTC`, `UTC+3:30`, `UTC−5`, in Latin digits: this is a name, not a number.
fn zone_name(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-28 10:30 UTC, a Saturday.
    const NOON_ISH: Timestamp = Timestamp::from_unix_ms(1_795_861_800_000);

    #[test]
    fn a_moment_names_its_day_and_its_zone() {
        let english = When::usual(Locale::En);
        assert_eq!(
            english.moment(NOON_ISH),
            "Sat 28 Nov 2026, 10:30 (\u{2066}UTC\u{2069})"
        );
        assert_eq!(
            english.zone("Asia/Tehran").moment(NOON_ISH),
            "Sat 28 Nov 2026, 14:00 (\u{2066}UTC+3:30\u{2069})"
        );
    }

    #[test]
    fn persian_readers_have_their_calendar_and_digits() {
        let persian = When::usual(Locale::Fa).zone("Asia/Tehran");
        assert_eq!(
            persian.moment(NOON_ISH),
            "شنبه ۷ آذر ۱۴۰۵، ۱۴:۰۰ (\u{2066}UTC+3:30\u{2069})"
        );
        assert_eq!(
            persian.calendar(Calendar::Gregorian).date(NOON_ISH),
            "۲۸ نوامبر ۲۰۲۶"
        );
    }

    #[test]
    fn zones_west_of_greenwich_have_a_minus() {
        let western = When::usual(Locale::En).zone("America/St_Johns");
        assert!(western.moment(NOON_ISH).contains("UTC\u{2212}3:30"));
    }

    #[test]
    fn an_unknown_zone_is_utc() {
        let nowhere = When::usual(Locale::En).zone("Mars/Olympus");
        assert!(nowhere.moment(NOON_ISH).contains("(\u{2066}UTC\u{2069})"));
    }

    #[test]
    fn time_left_is_rounded_down() {
        let english = When::usual(Locale::En);
        for (span, text) in [
            (Span::seconds(59), "now"),
            (Span::minutes(1), "in 1 minute"),
            (Span::minutes(119), "in 1 hour"),
            (Span::hours(47), "in 1 day"),
            (Span::days(3), "in 3 days"),
        ] {
            assert_eq!(english.from_now(NOON_ISH.plus(span), NOON_ISH), text);
        }
        let past = NOON_ISH.minus(Span::hours(2));
        assert_eq!(english.from_now(past, NOON_ISH), "2 hours ago");
    }
}
