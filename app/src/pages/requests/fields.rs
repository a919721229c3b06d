//! Reading what was typed into forms about requests and offers.

use domain::money::Units;
use domain::text::{Block, Line};
use domain::{Asset, money::digit_value};

use super::refusals;
use crate::form::Errors;
use crate::i18n::Locale;

/// The fields of a form, read one by one; what is wrong is noted beside each.
pub(crate) struct Reader<'e> {
    pub(crate) t: Locale,
    pub(crate) errors: &'e mut Errors,
}

impl Reader<'_> {
    pub(crate) fn line<const MAX: usize>(
        &mut self,
        field: &'static str,
        text: &str,
    ) -> Option<Line<MAX>> {
        let read = Line::new(text).map_err(|error| refusals::text(self.t, error));
        self.errors.take(field, read)
    }

    pub(crate) fn block<const MAX: usize>(
        &mut self,
        field: &'static str,
        text: &str,
    ) -> Option<Block<MAX>> {
        let read = Block::new(text).map_err(|error| refusals::text(self.t, error));
        self.errors.take(field, read)
    }

    /// A line that may stay empty.
    pub(crate) fn line_or_none<const MAX: usize>(
        &mut self,
        field: &'static str,
        text: &str,
    ) -> Option<Line<MAX>> {
        let read = Line::optional(text).map_err(|error| refusals::text(self.t, error));
        self.errors.take(field, read).flatten()
    }

    /// A text that may stay empty.
    pub(crate) fn block_or_none<const MAX: usize>(
        &mut self,
        field: &'static str,
        text: &str,
    ) -> Option<Block<MAX>> {
        let read = Block::optional(text).map_err(|error| refusals::text(self.t, error));
        self.errors.take(field, read).flatten()
    }

    /// A whole number, in digits of any script.
    pub(crate) fn number<N: TryFrom<u64>>(
        &mut self,
        field: &'static str,
        text: &str,
        refusal: &'static str,
    ) -> Option<N> {
        let number = whole_number(text).and_then(|number| N::try_from(number).ok());
        self.errors.take(field, number.ok_or(refusal))
    }

    /// An amount with at most six decimal places, in digits of any script.
    pub(crate) fn amount(&mut self, field: &'static str, text: &str) -> Option<Units> {
        let read = Units::parse(text, Asset::PRICE_PLACES)
            .map_err(|error| refusals::amount(self.t, error));
        self.errors.take(field, read)
    }

    /// One of the choices of a select or of radio cards.
    pub(crate) fn choice<C>(&mut self, field: &'static str, choice: Option<C>) -> Option<C> {
        self.errors
            .take(field, choice.ok_or(self.t.request_refusal_choose()))
    }
}

/// A whole number without sign, in digits of any script.
pub(crate) fn whole_number(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 12 {
        return None;
    }
    text.chars().try_fold(0_u64, |number, typed| {
        let digit = digit_value(typed)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_the_digits_people_type() {
        for typed in ["120", "۱۲۰", "١٢٠", " 120 "] {
            assert_eq!(whole_number(typed), Some(120), "{typed}");
        }
        for typed in ["", "-1", "1.5", "1e3", "ten", "9999999999999"] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }
}
