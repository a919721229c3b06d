//! Reading what people type into the forms of a deal.

use domain::money::{AmountError, digit_value};
use domain::text::{Block, Line, TextError};
use domain::{Asset, Units};

use crate::i18n::Locale;

/// Words of one line that may be missing.
pub(in crate::pages) fn optional_line<const MAX: usize>(
    t: Locale,
    typed: &str,
) -> Result<String, String> {
    let read = Line::<MAX>::optional(typed);
    read.map(|line| line.map(String::from).unwrap_or_default())
        .map_err(|error| text_words(t, error))
}

/// Words of several lines that have to be there.
pub(in crate::pages) fn block<const MAX: usize>(t: Locale, typed: &str) -> Result<String, String> {
    let read = Block::<MAX>::new(typed).map(String::from);
    read.map_err(|error| text_words(t, error))
}

/// Why a text is not taken.
pub(super) fn text_words(t: Locale, error: TextError) -> String {
    match error {
        TextError::Empty => t.deal_field_empty().to_owned(),
        TextError::TooLong { len, max } => {
            let number = |count: usize| t.number(u64::try_from(count).unwrap_or(u64::MAX));
            t.deal_field_too_long(number(len), number(max))
        }
    }
}

/// A sum of the deal's token.
pub(in crate::pages) fn sum(t: Locale, asset: Asset, typed: &str) -> Result<Units, String> {
    Units::parse(typed, asset.decimals()).map_err(|error| match error {
        AmountError::Empty => t.deal_field_empty().to_owned(),
        AmountError::Malformed => t.deal_field_sum().to_owned(),
        AmountError::TooPrecise(places) => t.deal_field_sum_precise(u64::from(places)),
        AmountError::TooLarge => t.deal_field_sum_large().to_owned(),
    })
}

/// A whole number, in the digits of any script.
pub(in crate::pages) fn number(typed: &str) -> Option<u32> {
    let digits: Option<String> = typed
        .trim()
        .chars()
        .map(|typed| digit_value(typed).and_then(|value| char::from_digit(value, 10)))
        .collect();
    digits?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_the_digits_people_type() {
        assert_eq!(number(" ۱۲ "), Some(12));
        assert_eq!(number("7"), Some(7));
        for wrong in ["", "-1", "1.5", "seven", "99999999999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
