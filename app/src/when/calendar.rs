//! Calendars: their months and how a date of theirs is written.

use domain::user::Calendar;
use icu_calendar::Date as IcuDate;
use icu_calendar::cal::Persian;
use jiff::civil::{Date, Weekday};

use crate::i18n::Locale;

/// The calendar that readers of a language expect.
pub(super) const fn usual(locale: Locale) -> Calendar {
    match locale {
        Locale::En => Calendar::Gregorian,
        Locale::Fa => Calendar::Jalali,
    }
}

/// `28 Nov 2026`.
pub(super) fn date_text(calendar: Calendar, locale: Locale, date: Date) -> String {
    let (year, month, day) = parts(calendar, date);
    let month = month_name(calendar, locale, month);
    locale.digits(&format!("{day} {month} {year}"))
}

/// Year, month from 1, day.
fn parts(calendar: Calendar, date: Date) -> (i32, u8, u8) {
    let iso = (
        i32::from(date.year()),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    );
    match calendar {
        Calendar::Gregorian => iso,
        Calendar::Jalali => jalali(iso).unwrap_or(iso),
    }
}

fn jalali((year, month, day): (i32, u8, u8)) -> Option<(i32, u8, u8)> {
    let iso = IcuDate::try_new_iso(year, month, day).ok()?;
    let persian = iso.to_calendar(Persian);
    Some((
        persian.year().extended_year(),
        persian.month().ordinal,
        persian.day_of_month().0,
    ))
}

const ENGLISH_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const PERSIAN_MONTHS: [&str; 12] = [
    "ژانویه",
    "فوریه",
    "مارس",
    "آوریل",
    "مه",
    "ژوئن",
    "ژوئیه",
    "اوت",
    "سپتامبر",
    "اکتبر",
    "نوامبر",
    "دسامبر",
];
const JALALI_MONTHS: [&str; 12] = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];
const JALALI_MONTHS_LATIN: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];

fn month_name(calendar: Calendar, locale: Locale, month: u8) -> &'static str {
    let names = match (calendar, locale) {
        (Calendar::Gregorian, Locale::En) => ENGLISH_MONTHS,
        (Calendar::Gregorian, Locale::Fa) => PERSIAN_MONTHS,
        (Calendar::Jalali, Locale::En) => JALALI_MONTHS_LATIN,
        (Calendar::Jalali, Locale::Fa) => JALALI_MONTHS,
    };
    names
        .get(usize::from(month).saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

pub(super) const fn weekday_name(locale: Locale, weekday: Weekday) -> &'static str {
    match (locale, weekday) {
        (Locale::En, Weekday::Monday) => "Mon",
        (Locale::En, Weekday::Tuesday) => "Tue",
        (Locale::En, Weekday::Wednesday) => "Wed",
        (Locale::En, Weekday::Thursday) => "Thu",
        (Locale::En, Weekday::Friday) => "Fri",
        (Locale::En, Weekday::Saturday) => "Sat",
        (Locale::En, Weekday::Sunday) => "Sun",
        (Locale::Fa, Weekday::Monday) => "دوشنبه",
        (Locale::Fa, Weekday::Tuesday) => "سه‌شنبه",
        (Locale::Fa, Weekday::Wednesday) => "چهارشنبه",
        (Locale::Fa, Weekday::Thursday) => "پنجشنبه",
        (Locale::Fa, Weekday::Friday) => "جمعه",
        (Locale::Fa, Weekday::Saturday) => "شنبه",
        (Locale::Fa, Weekday::Sunday) => "یکشنبه",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_years_of_iran_turn_at_the_spring_equinox() {
        for (gregorian, jalali) in [
            (date(2026, 3, 20), "29 Esfand 1404"),
            (date(2026, 3, 21), "1 Farvardin 1405"),
            (date(2025, 3, 20), "30 Esfand 1403"),
            (date(2025, 3, 21), "1 Farvardin 1404"),
            (date(1979, 2, 11), "22 Bahman 1357"),
            (date(2033, 3, 20), "1 Farvardin 1412"),
        ] {
            assert_eq!(date_text(Calendar::Jalali, Locale::En, gregorian), jalali);
        }
    }
}
