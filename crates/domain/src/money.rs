//! Amounts: whole base units with checked arithmetic, exact parsing and printing, and fee rates.
//!
//! There is no floating point anywhere near money. An amount that would overflow, or fall below
//! zero, is `None`, and the caller has to say what that means.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount in base units of its asset (10⁻¹⁸ of a dollar for USDT on BNB Chain, 10⁻⁶ on
/// Ethereum). It does not know its asset: [`crate::Asset`] stands once in the terms of a deal.
///
/// Stored and sent as a decimal string, since neither JSON nor BSON numbers hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Units(u128);

impl Units {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of base units.
    pub const fn new(units: u128) -> Self {
        Self(units)
    }

    /// The bare number of base units.
    pub const fn get(self) -> u128 {
        self.0
    }

    /// Whether there is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` beyond 2¹²⁸.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The difference, or `None` below zero.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }

    /// What is left after `other`; nothing when `other` is more.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Adds all up, or `None` beyond 2¹²⁸.
    pub fn sum(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Reads a decimal text such as `1240.5`, exactly: any digit script, no sign, no exponent, no
    /// more places than the asset has. A comma or an Arabic thousands separator may group by three.
    ///
    /// # Errors
    /// [`AmountError`] names what is wrong, so that a form can say it.
    pub fn parse(text: &str, decimals: u8) -> Result<Self, AmountError> {
        parse_units(text, decimals)
    }

    /// Prints exactly, without grouping and without idle zeros: `1240.5`, `0.000001`.
    pub fn to_plain(self, decimals: u8) -> String {
        let (whole, fraction) = self.split(decimals);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() {
            whole
        } else {
            format!("{whole}.{fraction}")
        }
    }

    /// Prints for people: grouped by three, two places at the least, more when they are not zero:
    /// `1,240.50`. Latin digits in every language.
    pub fn to_grouped(self, decimals: u8) -> String {
        let (whole, fraction) = self.split(decimals);
        let mut fraction = fraction.trim_end_matches('0').to_owned();
        while fraction.len() < 2 {
            fraction.push('0');
        }
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            let left = whole.len().saturating_sub(index);
            if index > 0 && left.is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{grouped}.{fraction}")
    }

    /// The whole part and exactly `decimals` digits of fraction.
    fn split(self, decimals: u8) -> (String, String) {
        let places = usize::from(decimals);
        let digits = format!("{:0>width$}", self.0, width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        (whole.to_owned(), fraction.to_owned())
    }
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("no amount was given")]
    Empty,
    /// A sign, a letter, two points, misplaced grouping.
    #[error("an amount is digits with at most one decimal point")]
    Malformed,
    /// More decimal places than the asset has.
    #[error("an amount of this asset has at most {0} decimal places")]
    TooPrecise(u8),
    /// More than can be counted.
    #[error("the amount is too large")]
    TooLarge,
}

fn parse_units(text: &str, decimals: u8) -> Result<Units, AmountError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    let plain: String = text
        .chars()
        .map(plain_char)
        .collect::<Option<_>>()
        .ok_or(AmountError::Malformed)?;
    let (whole, fraction) = match plain.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (plain.as_str(), ""),
    };
    let whole = ungroup(whole).ok_or(AmountError::Malformed)?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_point = plain.contains('.');
    if whole.is_empty() || !is_digits(fraction) || (has_point && fraction.is_empty()) {
        return Err(AmountError::Malformed);
    }
    let fraction = fraction.trim_end_matches('0');
    let idle = usize::from(decimals)
        .checked_sub(fraction.len())
        .ok_or(AmountError::TooPrecise(decimals))?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(idle));
    digits.parse().map(Units).map_err(|_| AmountError::TooLarge)
}

/// Takes the digits of any script and the separators people type, to one plain form.
fn plain_char(typed: char) -> Option<char> {
    match typed {
        '.' | '\u{066b}' => Some('.'),
        ',' | '\u{066c}' => Some(','),
        other => digit_value(other).and_then(|value| char::from_digit(value, 10)),
    }
}

/// The value of a decimal digit in Latin, Arabic, Persian, Devanagari, Bengali or full-width
/// script. People type what their keyboard has.
pub fn digit_value(typed: char) -> Option<u32> {
    const ZEROS: [char; 6] = [
        '0', '\u{0660}', '\u{06f0}', '\u{0966}', '\u{09e6}', '\u{ff10}',
    ];
    ZEROS.into_iter().find_map(|zero| {
        u32::from(typed)
            .checked_sub(u32::from(zero))
            .filter(|value| *value < 10)
    })
}

/// Takes grouping commas out, when they stand where thousands are.
fn ungroup(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return whole
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let well_led = (1..=3).contains(&first.len());
    let well_grouped = groups.all(|group| group.len() == 3);
    (well_led && well_grouped)
        .then(|| whole.replace(',', ""))
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Units {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map(Self)
            .map_err(|_| de::Error::custom("base units are a decimal string"))
    }
}

/// A rate in basis points: 1/10 000.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(try_from = "u16", into = "u16")]
pub struct Bps(u16);

impl Bps {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole.
    pub const ONE: Self = Self(10_000);

    /// A rate of at most the whole.
    pub const fn new(bps: u16) -> Option<Self> {
        if bps <= 10_000 { Some(Self(bps)) } else { None }
    }

    /// The bare number of basis points.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The part of `amount` that this rate takes, rounded down. A fee is rounded against the
    /// platform, so this is also how fees are taken.
    #[must_use]
    pub fn of(self, amount: Units) -> Units {
        let rate = u128::from(self.0);
        let whole = amount.0.checked_div(10_000).unwrap_or(0);
        let rest = amount.0.checked_rem(10_000).unwrap_or(0);
        // Split so that the product cannot overflow: rate is at most 10 000.
        let large = whole.saturating_mul(rate);
        let small = rest.saturating_mul(rate).checked_div(10_000).unwrap_or(0);
        Units(large.saturating_add(small))
    }
}

impl TryFrom<u16> for Bps {
    type Error = &'static str;

    fn try_from(bps: u16) -> Result<Self, Self::Error> {
        Self::new(bps).ok_or("a rate is at most 10000 basis points")
    }
}

impl From<Bps> for u16 {
    fn from(rate: Bps) -> Self {
        rate.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_in_the_scripts_people_type() {
        for (typed, units) in [
            ("1240.5", 1_240_500_000),
            ("1,240.50", 1_240_500_000),
            ("۱٬۲۴۰٫۵", 1_240_500_000),
            ("١٢٤٠", 1_240_000_000),
            (" 0.000001 ", 1),
            ("0.0000010", 1),
            ("0", 0),
        ] {
            assert_eq!(Units::parse(typed, 6), Ok(Units(units)), "{typed}");
        }
    }

    #[test]
    fn what_is_not_exactly_an_amount_is_refused() {
        use AmountError as E;
        let huge = "9".repeat(40);
        for (typed, error) in [
            ("", E::Empty),
            ("-1", E::Malformed),
            ("1e5", E::Malformed),
            ("1.", E::Malformed),
            (".5", E::Malformed),
            ("1.2.3", E::Malformed),
            ("12,40", E::Malformed),
            (",100", E::Malformed),
            ("1.0,000", E::Malformed),
            ("0.0000001", E::TooPrecise(6)),
            (huge.as_str(), E::TooLarge),
        ] {
            assert_eq!(Units::parse(typed, 6), Err(error), "{typed}");
        }
    }

    #[test]
    fn people_see_two_places_or_as_many_as_matter() {
        assert_eq!(Units(1_240_000_000).to_grouped(6), "1,240.00");
        assert_eq!(Units(1_234_567_890_100).to_grouped(6), "1,234,567.8901");
        assert_eq!(Units(1).to_grouped(18), "0.000000000000000001");
        assert_eq!(Units(7).to_grouped(0), "7.00");
    }

    #[test]
    fn a_fee_is_rounded_down_and_never_overflows() {
        let one_percent = Bps::new(100).unwrap();
        assert_eq!(one_percent.of(Units(199)), Units(1));
        assert_eq!(Bps::ONE.of(Units(u128::MAX)), Units(u128::MAX));
        assert_eq!(Bps::new(10_001), None);
    }

    proptest! {
        #[test]
        fn printing_and_reading_is_exact(units: u128, decimals in 0u8..=18) {
            let units = Units(units);
            prop_assert_eq!(Units::parse(&units.to_plain(decimals), decimals), Ok(units));
            prop_assert_eq!(Units::parse(&units.to_grouped(decimals.max(2)), decimals.max(2)), Ok(units));
        }

        #[test]
        fn no_text_makes_the_reader_stumble(text in "\\PC{0,40}") {
            let _ = Units::parse(&text, 6);
        }

        #[test]
        fn a_part_is_never_more_than_the_whole(units: u128, bps in 0u16..=10_000) {
            prop_assert!(Bps::new(bps).unwrap().of(Units(units)) <= Units(units));
        }

        #[test]
        fn stored_amounts_come_back(units: u128) {
            let text = serde_json::to_string(&Units(units)).unwrap();
            prop_assert_eq!(serde_json::from_str::<Units>(&text).unwrap(), Units(units));
        }
    }
}
