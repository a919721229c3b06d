//! What a deal refuses, as problems.

use axum::http::StatusCode;
use domain::deal::Rejection;
use services::Services;
use services::deals::DealError;
use utoipa::IntoResponses;
use utoipa::openapi::{RefOr, Response, ResponseBuilder};

use crate::edition::changed_since;
use crate::problem::Problem;
use crate::refusals::failed;

/// Why nothing was done in a deal.
pub fn refused(services: &Services, error: DealError) -> Problem {
    let (code, detail) = (error.code(), error.to_string());
    match error {
        DealError::NotFound => Problem::not_found(),
        DealError::Rejected(rejection) => rejected(services, rejection),
        DealError::AddressNotConfirmed => Problem::field("address", code, detail),
        DealError::KeyReused => Problem::new(StatusCode::CONFLICT, code, detail),
        DealError::Failed(failure) => failed(failure),
    }
}

/// What the deal itself says no to: 403 when another person could, 409 when the deal would have to
/// stand elsewhere.
pub fn rejected(services: &Services, rejection: Rejection) -> Problem {
    use Rejection as R;
    let (code, detail) = (rejection.code(), rejection.to_string());
    match rejection {
        R::Stale => changed_since(),
        R::BuyerOnly
        | R::SellerOnly
        | R::OtherPartyOnly
        | R::StaffOnly
        | R::SystemOnly
        | R::OwnDeal
        | R::NotYours
        | R::NotAssigned
        | R::NotThePayee
        | R::AnotherAdmin => Problem::new(StatusCode::FORBIDDEN, code, detail),
        R::NoSuchLeg | R::NoSuchProposal => Problem::new(StatusCode::NOT_FOUND, code, detail),
        R::CodeLocked(until) => {
            Problem::new(StatusCode::LOCKED, code, detail).retry_at(until, services.now())
        }
        R::TooEarly(at) => {
            let detail = format!("{detail}; not before {}", crate::moment::rfc3339(at));
            Problem::new(StatusCode::CONFLICT, code, detail).retry_at(at, services.now())
        }
        _ => Problem::new(StatusCode::CONFLICT, code, detail),
    }
}

/// The refusals that every step in a deal can meet, for the document.
#[derive(Debug)]
pub struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> std::collections::BTreeMap<String, RefOr<Response>> {
        let told = [
            (
                "400",
                "`IDEMPOTENCY_KEY_NEEDED`, `INVALID_IDEMPOTENCY_KEY`, `INVALID_IF_MATCH`",
            ),
            (
                "403",
                "Another person could: `BUYER_ONLY`, `SELLER_ONLY`, `OTHER_PARTY_ONLY`, `OWN_DEAL`",
            ),
            ("404", "`NOT_FOUND`: no such deal, or none of the caller's"),
            (
                "409",
                "`WRONG_STATE` and what else the deal says; `IDEMPOTENCY_KEY_REUSED` for another \
                 body under the same key",
            ),
            ("412", "`STALE`: the deal changed since it was read"),
        ];
        let answer = |words: &str| ResponseBuilder::new().description(words).build().into();
        told.into_iter()
            .map(|(status, words)| (status.to_owned(), answer(words)))
            .collect()
    }
}
