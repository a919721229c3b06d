//! Refusals about requests and offers, in the reader's language, beside the field they are about.

use domain::money::AmountError;
use domain::price::BudgetError;
use domain::request::Rejection;
use domain::text::TextError;
use services::requests::{ChangeRequestError, ViewRequestError};

use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::Failure;

/// The message of a refusal by its code.
pub(crate) fn message(t: Locale, code: &str) -> String {
    let known = t.find_request_refusal(&code.to_ascii_lowercase());
    known.map_or_else(|| code.to_owned(), ToOwned::to_owned)
}

/// What is wrong with a text.
pub(crate) fn text(t: Locale, error: TextError) -> String {
    let number = |count: usize| t.number(u64::try_from(count).unwrap_or(u64::MAX));
    match error {
        TextError::Empty => t.request_refusal_empty().to_owned(),
        TextError::TooLong { len, max } => t.trouble_too_long(number(len), number(max)),
    }
}

/// What is wrong with an amount.
pub(crate) const fn amount(t: Locale, error: AmountError) -> &'static str {
    match error {
        AmountError::Empty => t.request_refusal_amount_empty(),
        AmountError::Malformed => t.request_refusal_amount_malformed(),
        AmountError::TooPrecise(_) => t.request_refusal_amount_too_precise(),
        AmountError::TooLarge => t.request_refusal_amount_too_large(),
    }
}

/// What is wrong with a budget.
pub(crate) fn budget(t: Locale, error: BudgetError) -> String {
    message(t, error.code())
}

/// Puts a refusal beside the field it is about, or on top; hands on what is no refusal.
///
/// # Errors
/// [`Failure`] of the whole page.
pub(crate) fn refuse(
    t: Locale,
    errors: &mut Errors,
    error: ChangeRequestError,
) -> Result<(), Failure> {
    let code = error.code();
    match error {
        ChangeRequestError::NotFound => Err(Failure::NotFound),
        ChangeRequestError::Failed(failure) => Err(failure.into()),
        ChangeRequestError::KeyReused => {
            errors.add_whole(message(t, code));
            Ok(())
        }
        ChangeRequestError::Rejected(rejection) => {
            match field(rejection) {
                Some(field) => errors.add(field, message(t, code)),
                None => errors.add_whole(message(t, code)),
            }
            Ok(())
        }
    }
}

/// The field that a refusal is about; forms name their fields accordingly.
const fn field(rejection: Rejection) -> Option<&'static str> {
    Some(match rejection {
        Rejection::NoSuchCategory => "category",
        Rejection::Prohibited => "title",
        Rejection::Quantity => "quantity",
        Rejection::TooManySpecifications => "specifications",
        Rejection::TooManyTags => "tags",
        Rejection::InspectionDays => "inspection",
        Rejection::Evidence => "evidence",
        Rejection::DeliveryDoesNotSuit => "way",
        Rejection::OffersUntil => "offers_days",
        Rejection::Networks | Rejection::TokenNotOnNetwork | Rejection::NoPayoutAddress(_) => {
            "networks"
        }
        Rejection::ValidUntil => "valid",
        Rejection::Price(..) => "price",
        Rejection::DeliveryTime
        | Rejection::Terms(
            domain::deal::TermsError::DeliveryTooShort
            | domain::deal::TermsError::DeliveryTooLong
            | domain::deal::TermsError::ShipByTooLate,
        ) => "delivery",
        _ => return None,
    })
}

impl From<ViewRequestError> for Failure {
    fn from(error: ViewRequestError) -> Self {
        match error {
            ViewRequestError::NotFound => Self::NotFound,
            ViewRequestError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ChangeRequestError> for Failure {
    /// For pages that only read: what the rules refuse to show is not there.
    fn from(error: ChangeRequestError) -> Self {
        match error {
            ChangeRequestError::Failed(failure) => failure.into(),
            ChangeRequestError::NotFound
            | ChangeRequestError::Rejected(_)
            | ChangeRequestError::KeyReused => Self::NotFound,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::deal::TermsError;
    use domain::{Network, request::Part};

    use super::*;
    use Rejection as R;

    /// Every refusal of the terms.
    const TERMS: &[TermsError] = &[
        TermsError::SameParty,
        TermsError::PriceTooSmall,
        TermsError::PriceTooLarge,
        TermsError::PriceTooPrecise,
        TermsError::FeesEatPrice,
        TermsError::DeliveryTooShort,
        TermsError::DeliveryTooLong,
        TermsError::ShipByTooLate,
        TermsError::Inspection,
        TermsError::Quantity,
        TermsError::Evidence,
    ];

    /// Every refusal of a request.
    const REQUESTS: &[R] = &[
        R::NotTheBuyer,
        R::OwnRequest,
        R::NotInvited,
        R::NotTheSeller,
        R::AccountNeeded,
        R::NotADraft,
        R::NotOpen,
        R::NotInReview,
        R::OffersClosed,
        R::DealRunning,
        R::Finished,
        R::RequestChanged,
        R::Incomplete(Part::What),
        R::Incomplete(Part::Delivery),
        R::Incomplete(Part::Conditions),
        R::NoSuchCategory,
        R::Quantity,
        R::TooManySpecifications,
        R::TooManyTags,
        R::TooManyAttachments,
        R::TooManyInvited,
        R::InspectionDays,
        R::Evidence,
        R::DeliveryDoesNotSuit,
        R::OffersUntil,
        R::NoSuchOffer,
        R::OfferExists,
        R::TooManyOffersOfSeller,
        R::RequestFull,
        R::NewSellerLimit,
        R::DeliveryTime,
        R::Networks,
        R::TokenNotOnNetwork,
        R::NoPayoutAddress(Network::Bsc),
        R::ValidUntil,
        R::TooManyRevisions,
        R::NothingChanged,
        R::OfferAccepted,
        R::OfferChanged,
        R::OfferOutdated,
        R::OfferExpired,
        R::AssetNotOffered,
        R::TermsChanged,
        R::TooManyAttempts,
        R::NoSuchDeal,
        R::NotReopenable,
    ];

    #[test]
    fn every_refusal_has_its_words_in_every_language() {
        let codes = REQUESTS
            .iter()
            .map(|rejection| rejection.code())
            .chain(TERMS.iter().map(|error| error.code()));
        for code in codes {
            for t in Locale::ALL {
                assert_ne!(message(t, code), code, "{code} in {}", t.code());
            }
        }
    }
}
