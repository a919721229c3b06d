//! Refusals in words: what happened, whether the money is safe, what to do.

use domain::deal::Rejection;
use services::deals::DealError;

use super::open::failure;
use crate::page::{Failure, Page};

/// A refusal for the person who met it.
pub(in crate::pages) fn refusal(page: &Page, rejection: Rejection) -> String {
    let t = page.t();
    match rejection {
        Rejection::CodeLocked(until) => t.deal_code_locked_until(page.when.time(until)),
        Rejection::TooEarly(at) => t.deal_step_too_early(page.when.moment(at)),
        other => {
            let words = t.find_refusal(&other.code().to_ascii_lowercase());
            words.unwrap_or(t.refusal_wrong_state()).to_owned()
        }
    }
}

/// The words for an error of a step; another page when words would not help.
pub(in crate::pages) fn words(page: &Page, error: &DealError) -> Result<String, Failure> {
    match error {
        DealError::Rejected(rejection) => Ok(refusal(page, *rejection)),
        DealError::KeyReused => Ok(page.t().refusal_idempotency_key_reused().to_owned()),
        DealError::AddressNotConfirmed => Ok(page.t().refusal_address_not_confirmed().to_owned()),
        DealError::NotFound | DealError::Failed(_) => Err(failure(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn every_refusal_has_words_in_every_language() {
        for locale in Locale::ALL {
            for code in Rejection::CODES {
                let words = locale.find_refusal(&code.to_ascii_lowercase());
                // The two that name a moment are sentences with a gap.
                let has_gap = ["CODE_LOCKED", "TOO_EARLY"].contains(code);
                assert_ne!(words.is_some(), has_gap, "{code} in {locale:?}");
            }
        }
    }
}
