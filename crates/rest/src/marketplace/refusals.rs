//! What requests and offers refuse, as problems.

use axum::http::StatusCode;
use domain::deal::TermsError;
use domain::request::Rejection;
use services::Services;
use services::offers::ShowTermsError;
use services::requests::{ChangeRequestError, ViewRequestError, WriteDraftError};

use crate::edition::changed_since;
use crate::problem::Problem;
use crate::refusals::{conflict, failed, key_reused};

/// A request or an offer that is not shown.
pub fn not_shown(error: ViewRequestError) -> Problem {
    match error {
        ViewRequestError::NotFound => Problem::not_found(),
        ViewRequestError::Failed(failure) => failed(failure),
    }
}

/// A request or an offer that is not changed.
pub fn not_changed(error: ChangeRequestError) -> Problem {
    match error {
        ChangeRequestError::NotFound => Problem::not_found(),
        ChangeRequestError::KeyReused => key_reused(),
        ChangeRequestError::Failed(failure) => failed(failure),
        ChangeRequestError::Rejected(rejection) => rejected(rejection),
    }
}

/// A draft that is not written.
pub fn not_written(services: &Services, error: WriteDraftError) -> Problem {
    match error {
        WriteDraftError::Change(error) => not_changed(error),
        error @ WriteDraftError::TooManyDrafts(_) => conflict("TOO_MANY_DRAFTS", error),
        WriteDraftError::Throttled { until } => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let detail = "too many drafts were begun here; please wait";
            Problem::new(status, "TOO_MANY_REQUESTS", detail).retry_at(until, services.now())
        }
    }
}

/// Terms that are not shown, or an offer that is not accepted.
pub fn not_agreed(error: ShowTermsError) -> Problem {
    match error {
        ShowTermsError::Change(error) => not_changed(error),
        error @ ShowTermsError::SellerUnavailable => conflict("SELLER_UNAVAILABLE", error),
    }
}

fn rejected(rejection: Rejection) -> Problem {
    use Rejection as R;
    let code = rejection.code();
    if let Some(field) = field_of(rejection) {
        return Problem::field(field, code, rejection.to_string());
    }
    match rejection {
        // Nobody learns of what is not theirs.
        R::NotTheBuyer | R::NotTheSeller | R::NoSuchOffer | R::NoSuchDeal => Problem::not_found(),
        R::RequestChanged => changed_since(),
        R::OwnRequest | R::NotInvited => {
            Problem::new(StatusCode::FORBIDDEN, code, rejection.to_string())
        }
        _ => conflict(code, rejection),
    }
}

/// The field that a refusal is about.
pub const fn field_of(rejection: Rejection) -> Option<&'static str> {
    use Rejection as R;
    Some(match rejection {
        R::NoSuchCategory => "categoryId",
        R::Quantity | R::Terms(TermsError::Quantity) => "quantity",
        R::TooManySpecifications => "specifications",
        R::TooManyTags => "tags",
        R::TooManyInvited | R::NoSuchSeller => "preferredSellerIds",
        R::InspectionDays | R::Terms(TermsError::Inspection) => "inspectionDays",
        R::Evidence | R::Terms(TermsError::Evidence) => "evidence",
        R::DeliveryDoesNotSuit => "deliveryInfo",
        R::OffersUntil => "offersUntil",
        R::DeliveryTime
        | R::Terms(
            TermsError::DeliveryTooShort | TermsError::DeliveryTooLong | TermsError::ShipByTooLate,
        ) => "deliveryTime",
        R::Networks | R::TokenNotOnNetwork | R::NoPayoutAddress(_) => "networks",
        R::ValidUntil => "validUntil",
        R::Price(..)
        | R::Terms(
            TermsError::PriceTooSmall
            | TermsError::PriceTooLarge
            | TermsError::PriceTooPrecise
            | TermsError::FeesEatPrice,
        ) => "price",
        R::AssetNotOffered => "network",
        _ => return None,
    })
}
