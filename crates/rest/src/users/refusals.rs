//! What the rules about people refuse, as problems.

use axum::http::StatusCode;
use domain::user::UserRejection;

use crate::problem::Problem;
use crate::refusals::conflict;

/// A change to a person that is not made.
pub fn rejected(rejection: UserRejection) -> Problem {
    use UserRejection as R;
    let code = rejection.code();
    match rejection {
        R::NoSuchAddress => Problem::not_found(),
        R::Deleted | R::Suspended | R::OwnAccount | R::OtherKey => {
            Problem::new(StatusCode::FORBIDDEN, code, rejection.to_string())
        }
        R::NotAnAddress | R::AddressKnown => Problem::field("address", code, rejection.to_string()),
        R::AddressLooksAlike => {
            let message = format!("{rejection}; if it is meant, send `lookAlikeAccepted`: true");
            Problem::field("address", code, message)
        }
        R::NotSuspended
        | R::MoneyInPlay
        | R::AlreadyApplied
        | R::NoApplication
        | R::ChangeWaiting { .. }
        | R::AlreadyConfirmed
        | R::AlreadyActive
        | R::TooManyAddresses
        | R::TooManyBlocked
        | R::SameRoles
        | R::NothingProposed => conflict(code, rejection),
    }
}
